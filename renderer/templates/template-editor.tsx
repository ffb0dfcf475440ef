import './templates.css';
import { useState } from 'react';
import type { TemplatePlaces } from '#shared/contract/templates.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReadOnly } from '../state/read-only.ts';
import { noteRename } from '../state/template-editor.ts';
import { Answer } from '../widgets/answer.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatPlural } from '../widgets/format.ts';
import { Modal } from '../widgets/modal.tsx';
import { ApplyBar } from './apply-bar.tsx';
import { editPlace, EMPTY_DRAFT, nameOfSegment, toChanges, type Draft } from './draft.ts';
import { PinAndReason } from './pin-and-reason.tsx';
import { PlacePanel } from './place-panel.tsx';
import { PreviewTable, usePreview } from './preview-table.tsx';
import { idAfter } from './renamed.ts';
import { StandingRules } from './standing-rules.tsx';

interface TemplateEditorProps {
  /** The id of the endpoint. */
  readonly endpoint: string;
  readonly onClose: () => void;
}

const DECIDED: Readonly<Record<TemplatePlaces['decidedBy'], string>> = {
  description: 'An API description has this path. It comes before any rule, so nothing can be changed here.',
  grpc: 'The path names a gRPC service and its method, so nothing can be changed here.',
  pin: 'This template is pinned.',
  rules: 'This template was learned from the paths, under rules of yours.',
  learned: 'This template was learned from the paths.',
};

/** What decided a template that no rule changes, in a few words. */
const FIXED_BY: Readonly<Partial<Record<TemplatePlaces['decidedBy'], string>>> = {
  description: 'An API description decides this',
  grpc: 'A gRPC path is not learned',
};

/** A dialog in which the analyst merges, splits, renames and pins the template of an endpoint, and sees first what that would change. */
export function TemplateEditor({ endpoint, onClose }: TemplateEditorProps) {
  const places = useEngineQuery('templates.places', { endpoint });
  return (
    <Modal
      wide
      title="Path templates"
      about={
        <span className="mono">
          <EvidenceText text={endpoint} />
        </span>
      }
      onClose={onClose}
    >
      <Answer query={places} what="the template">
        {(data) => <Editor endpoint={endpoint} data={data} onClose={onClose} />}
      </Answer>
    </Modal>
  );
}

interface EditorProps extends TemplateEditorProps {
  readonly data: TemplatePlaces;
}

function Editor({ endpoint, data, onClose }: EditorProps) {
  const { host, template } = data;
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [chosen, setChosen] = useState(() => firstPlace(data));
  const readOnly = useReadOnly();
  const disabled = readOnly ?? FIXED_BY[data.decidedBy];
  const changes = toChanges(data, draft);
  const preview = usePreview(host, changes);
  const place = data.places[chosen];
  const onApplied = (): void => {
    const after = preview.data === undefined || preview.stale ? undefined : idAfter(endpoint, data, preview.data);
    if (after !== undefined) noteRename(endpoint, after);
  };
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
      <PreviewTable isFixed={data.decidedBy in FIXED_BY} changes={changes} preview={preview} />
      <ApplyBar host={host} changes={changes} disabled={readOnly} onApplied={onApplied} onClose={onClose} />
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
