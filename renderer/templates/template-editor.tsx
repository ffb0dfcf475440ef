import './templates.css';
import { useState } from 'react';
import type { TemplatePlaces } from '#shared/contract/templates.ts';
import { MAX_PATTERN, MAX_RULE_NOTE } from '#shared/model/template-rule.ts';
import { useAnalysis } from '../query/use-analysis.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReview } from '../query/use-review.ts';
import { useReadOnly } from '../state/read-only.ts';
import { useReviewStack } from '../state/review-stack.ts';
import { Answer } from '../widgets/answer.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatPlural } from '../widgets/format.ts';
import { Modal } from '../widgets/modal.tsx';
import { editPlace, EMPTY_DRAFT, nameOfSegment, toChanges, type Draft } from './draft.ts';
import { PlacePanel } from './place-panel.tsx';
import { PreviewTable } from './preview-table.tsx';
import { StandingRules } from './standing-rules.tsx';

interface TemplateEditorProps {
  /** In lower case, as endpoints have it; empty for calls that name none. */
  readonly host: string;
  readonly template: string;
  readonly onClose: () => void;
}

const DECIDED: Readonly<Record<TemplatePlaces['decidedBy'], string>> = {
  description: 'An API description has this path. It comes before any rule, so nothing can be changed here.',
  pin: 'This template is pinned.',
  rules: 'This template was learned from the paths, under rules of yours.',
  learned: 'This template was learned from the paths.',
};

/** A dialog in which the analyst merges, splits, renames and pins the template of an endpoint, and sees first what that would change. */
export function TemplateEditor({ host, template, onClose }: TemplateEditorProps) {
  const places = useEngineQuery('templates.places', { host, template });
  return (
    <Modal
      wide
      title="Path templates"
      about={
        <span className="mono">
          <EvidenceText text={`${host}${template}`} />
        </span>
      }
      onClose={onClose}
    >
      <Answer query={places} what="the template">
        {(data) => <Editor host={host} template={template} data={data} onClose={onClose} />}
      </Answer>
    </Modal>
  );
}

interface EditorProps extends TemplateEditorProps {
  readonly data: TemplatePlaces;
}

function Editor({ host, template, data, onClose }: EditorProps) {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [chosen, setChosen] = useState(() => firstPlace(data));
  const readOnly = useReadOnly();
  const disabled = readOnly ?? (data.decidedBy === 'description' ? 'An API description decides this' : undefined);
  const changes = toChanges(data, draft);
  const place = data.places[chosen];
  return (
    <div className="template-editor">
      <p className="muted">
        {DECIDED[data.decidedBy]} {formatPlural(data.calls, 'call')}
        {data.methods.length === 0 ? '' : ` by ${data.methods.join(', ')}`}. {readOnly === undefined ? '' : `${readOnly}.`}
      </p>
      <PlacePicker places={data.places.map(({ segment }) => segment)} edited={draft.places} chosen={chosen} onChoose={setChosen} />
      {place === undefined ? null : (
        <PlacePanel
          key={chosen}
          place={place}
          edit={draft.places.get(chosen)}
          disabled={disabled}
          onEdit={(edit) => {
            setDraft(editPlace(draft, chosen, edit));
          }}
        />
      )}
      <PinAndReason template={template} pinned={data.pin?.pattern} draft={draft} disabled={disabled} onDraft={setDraft} />
      <StandingRules
        host={host}
        removed={draft.removed}
        disabled={readOnly}
        onRemove={(removed) => {
          setDraft({ ...draft, removed });
        }}
      />
      <PreviewTable host={host} changes={changes} />
      <ApplyBar host={host} changes={changes} disabled={readOnly} onClose={onClose} />
    </div>
  );
}

/** The place that an analyst most likely comes for: the last parameter, else the last word. */
function firstPlace({ places }: TemplatePlaces): number {
  const last = places.findLastIndex(({ segment }) => nameOfSegment(segment) !== undefined);
  return last < 0 ? Math.max(0, places.length - 1) : last;
}

interface PlacePickerProps {
  readonly places: readonly string[];
  readonly edited: ReadonlyMap<number, unknown>;
  readonly chosen: number;
  readonly onChoose: (at: number) => void;
}

/** The template as its segments, one of which is looked at. */
function PlacePicker({ places, edited, chosen, onChoose }: PlacePickerProps) {
  return (
    <ol className="place-picker mono" aria-label="Places of the path">
      {places.map((segment, at) => (
        <li key={at}>
          <span aria-hidden="true">/</span>
          <button
            type="button"
            className="place-button"
            aria-pressed={at === chosen}
            onClick={() => {
              onChoose(at);
            }}
          >
            <EvidenceText text={segment === '' ? '(empty)' : segment} />
            {edited.has(at) ? <span aria-label=", changed"> •</span> : null}
          </button>
        </li>
      ))}
    </ol>
  );
}

interface PinProps {
  readonly template: string;
  readonly pinned: string | undefined;
  readonly draft: Draft;
  readonly disabled: string | undefined;
  readonly onDraft: (draft: Draft) => void;
}

function PinAndReason({ template, pinned, draft, disabled, onDraft }: PinProps) {
  const pin = draft.pin ?? pinned ?? '';
  return (
    <div className="template-pin">
      <label className="place-choice" title={disabled}>
        <input
          type="checkbox"
          disabled={disabled !== undefined}
          checked={pin !== ''}
          onChange={(event) => {
            onDraft({ ...draft, pin: event.target.checked ? template : '' });
          }}
        />
        Pin: paths that fit take this template
      </label>
      <input
        type="text"
        className="field mono"
        aria-label="The pinned template"
        spellCheck={false}
        maxLength={MAX_PATTERN}
        disabled={disabled !== undefined || pin === ''}
        title={disabled}
        value={pin}
        onChange={(event) => {
          // An emptied field is no longer a pin; a pattern begins with a slash.
          onDraft({ ...draft, pin: event.target.value });
        }}
      />
      <label className="field-label">
        Reason
        <input
          type="text"
          className="field"
          placeholder="Kept with the rule; may stay empty"
          maxLength={MAX_RULE_NOTE}
          disabled={disabled !== undefined}
          title={disabled}
          value={draft.note}
          onChange={(event) => {
            onDraft({ ...draft, note: event.target.value });
          }}
        />
      </label>
    </div>
  );
}

interface ApplyBarProps {
  readonly host: string;
  readonly changes: ReturnType<typeof toChanges>;
  readonly disabled: string | undefined;
  readonly onClose: () => void;
}

function ApplyBar({ host, changes, disabled, onClose }: ApplyBarProps) {
  const { change } = useReview();
  const [work, analyse] = useAnalysis();
  const { set, remove, problem } = changes;
  const isReady = disabled === undefined && problem === undefined && set.length + remove.length > 0;
  const apply = async (thenAnalyse: boolean): Promise<void> => {
    await change({ kind: 'templates', host, set, remove });
    onClose();
    // What was refused stands on the screen; there is nothing new to analyse.
    if (thenAnalyse && useReviewStack.getState().error === undefined) analyse();
  };
  return (
    <div className="dialog-foot">
      <p className="muted template-foot">Endpoints and findings follow with the next analysis. Undo takes the change back.</p>
      <button type="button" className="button" onClick={onClose}>
        Cancel
      </button>
      <button
        type="button"
        className="button"
        disabled={!isReady}
        title={disabled}
        onClick={() => {
          void apply(false);
        }}
      >
        Apply
      </button>
      <button
        type="button"
        className="button button-primary"
        disabled={!isReady || work.kind === 'running'}
        title={disabled ?? (work.kind === 'running' ? 'An analysis is running' : undefined)}
        onClick={() => {
          void apply(true);
        }}
      >
        Apply and analyse
      </button>
    </div>
  );
}
