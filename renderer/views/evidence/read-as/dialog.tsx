import './read-as.css';
import { Download } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { toAppError, type AppError } from '#shared/contract/errors.ts';
import type { InspectedSource } from '#shared/contract/inspection.ts';
import type { SourceRow } from '#shared/contract/rows.ts';
import type { Mapping } from '#shared/model/mapping.ts';
import { saveText } from '../../../host/download.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { useSession } from '../../../state/session.ts';
import { ErrorPanel } from '../../../widgets/error-panel.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { Modal } from '../../../widgets/modal.tsx';
import { RecordPreview } from '../../../widgets/call/record-preview.tsx';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { isZone } from '../../../widgets/zone.ts';
import { ZoneField } from '../../../widgets/zone-field.tsx';
import { draftOf, toChoice, type Draft, type Mode } from './choice.ts';
import { MappingEditor } from './mapping-editor.tsx';
import { toSaved } from './mapping-edit.ts';
import { FileMissing, RereadState } from './reread-parts.tsx';
import { SavedChoice } from './saved-choice.tsx';
import { useReread } from './use-reread.ts';
import { useSettled } from '../../../query/use-settled.ts';
import { Button } from '../../../widgets/button.tsx';

const MODES: readonly { readonly mode: Mode; readonly label: string }[] = [
  { mode: 'format', label: 'A format' },
  { mode: 'log-format', label: 'A log format string' },
  { mode: 'mapping', label: 'A field mapping' },
];

const EMPTY: Mapping = { name: 'mapping', requires: [], fields: {} };

/** Says how a source is to be read, with its first records as they would be, and reads it again. */
export function ReadAsDialog({ source, onClose }: { readonly source: SourceRow; readonly onClose: () => void }) {
  const [given, setGiven] = useState<Draft | undefined>(undefined);
  const [name, setName] = useState('');
  const [save, setSave] = useState(false);
  const [saveError, setSaveError] = useState<AppError | undefined>(undefined);
  const reread = useReread(source);
  const files = reread.files === undefined ? {} : { files: [...reread.files] };
  const base = useEngineQuery('host.inspect', { source: source.name, ...files });

  // Until something was entered the draft follows what the first look proposes.
  const start = draftOf(source);
  const isProposed = source.format === undefined && base.data?.[0]?.proposal !== undefined;
  const draft = given ?? (isProposed ? { ...start, mode: 'mapping' } : start);
  const choice = toChoice(draft);
  const settled = useSettled(choice);
  const trial = useEngineQuery('host.inspect', { source: source.name, ...files, ...settled }, { enabled: base.data !== undefined });
  const found = trial.data?.[0] ?? base.data?.[0];
  const mapping = draft.mapping ?? found?.proposal?.mapping ?? base.data?.[0]?.proposal?.mapping ?? EMPTY;
  const change = (to: Partial<Draft>): void => {
    setGiven({ ...draft, ...to });
  };

  const { job } = reread;
  useEffect(() => {
    if (job.kind === 'done') onClose();
  }, [job.kind, onClose]);

  const submit = async (): Promise<void> => {
    setSaveError(undefined);
    const settledName = name.trim() === '' ? source.name.slice(-180) : name.trim();
    const final = draft.mode === 'mapping' ? toChoice({ ...draft, mapping: { ...mapping, name: settledName } }) : choice;
    if (final === undefined) return;
    try {
      if (save && draft.mode !== 'format') {
        const text = draft.mode === 'mapping' ? JSON.stringify(toSaved(mapping, settledName)) : draft.logFormat;
        await useSession.getState().client?.call('knowledge.add', { kind: draft.mode, name: settledName, text });
      }
      reread.start(final);
    } catch (thrown) {
      setSaveError(toAppError(thrown));
    }
  };

  const isMissing = base.error?.code === 'unavailable' && reread.files === undefined;
  return (
    <Modal
      wide
      title={
        <>
          Read <EvidenceText text={source.name} /> as…
        </>
      }
      about="What is chosen here is stored with the source and stands in the report. What the case holds of it now is withdrawn first."
      onClose={onClose}
    >
      {isMissing ? (
        <FileMissing source={source} reread={reread} />
      ) : base.error !== undefined ? (
        <ErrorPanel error={base.error} title="The source could not be looked at" onRetry={base.reload} />
      ) : found === undefined ? (
        base.data === undefined ? (
          <Skeleton lines={6} label="the source" />
        ) : (
          <p className="muted">The files that are at hand do not hold this source.</p>
        )
      ) : (
        <div className="read-as">
          <div className="read-as-head">
            <div className="segmented" role="group" aria-label="How to read it">
              {MODES.map(({ mode, label }) => (
                <button
                  key={mode}
                  type="button"
                  aria-pressed={mode === draft.mode}
                  onClick={() => {
                    change({ mode });
                  }}
                >
                  {label}
                </button>
              ))}
            </div>
            <ZoneField
              value={draft.zone}
              onChange={(zone) => {
                change({ zone });
              }}
            />
            <label className="check">
              <input
                type="checkbox"
                checked={draft.windows1252}
                onChange={(event) => {
                  change({ windows1252: event.target.checked });
                }}
              />
              Text is Windows-1252
            </label>
          </div>
          <Editor draft={draft} found={found} base={base.data?.[0]} mapping={mapping} onChange={change} />
          <FirstLines lines={found.lines} open={draft.mode !== 'mapping' && found.preview.every(({ call }) => call === undefined)} />
          {trial.error === undefined ? (
            choice === undefined ? null : (
              <RecordPreview inspected={found} stale={trial.stale || trial.loading || settled !== choice} />
            )
          ) : (
            <p className="severity-high" role="alert">
              <EvidenceText text={trial.error.message} />
            </p>
          )}
          {draft.mode === 'format' ? null : (
            <div className="read-as-save">
              <label className="check">
                <input
                  type="checkbox"
                  checked={save}
                  onChange={(event) => {
                    setSave(event.target.checked);
                  }}
                />
                Save with the case, for every later import
              </label>
              <input
                className="field"
                aria-label="Name to save it under"
                placeholder="Name"
                value={name}
                maxLength={190}
                onChange={(event) => {
                  setName(event.target.value);
                }}
              />
              {draft.mode === 'mapping' ? (
                <Button
                  onClick={() => {
                    saveText(
                      `${JSON.stringify(toSaved(mapping, name.trim() === '' ? 'mapping' : name.trim()), null, 2)}\n`,
                      'mapping.json',
                    );
                  }}
                >
                  <Download size={14} strokeWidth={1.5} aria-hidden="true" />
                  Export the mapping
                </Button>
              ) : null}
            </div>
          )}
          {saveError === undefined ? null : <ErrorPanel error={saveError} title="It could not be saved with the case" />}
        </div>
      )}
      <RereadState reread={reread} />
      <div className="dialog-foot">
        <Button onClick={onClose}>Close</Button>
        <Button
          primary
          disabled={found === undefined || choice === undefined || !isZone(draft.zone) || job.kind === 'running'}
          onClick={() => {
            void submit();
          }}
        >
          Read again like this
        </Button>
      </div>
    </Modal>
  );
}

interface EditorProps {
  readonly draft: Draft;
  readonly found: InspectedSource;
  readonly base: InspectedSource | undefined;
  readonly mapping: Mapping;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Editor({ draft, found, base, mapping, onChange }: EditorProps) {
  switch (draft.mode) {
    case 'format':
      return <FormatChoice draft={draft} found={found} onChange={onChange} />;
    case 'log-format':
      return (
        <div className="read-as-editor">
          <label className="field-label">
            log_format (nginx) or LogFormat (Apache) string, or the directive as it stands in the configuration
            <textarea
              className="field"
              rows={3}
              spellCheck={false}
              placeholder={'$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent $request_time'}
              value={draft.logFormat}
              onChange={(event) => {
                onChange({ logFormat: event.target.value });
              }}
            />
          </label>
          <SavedChoice
            kind="log-format"
            onText={(logFormat) => {
              onChange({ logFormat });
            }}
          />
        </div>
      );
    case 'mapping':
      if (found.fields.length === 0)
        return <p className="muted">It has neither JSON records nor a table at its start, so there are no fields to map.</p>;
      return (
        <div className="read-as-editor">
          <MappingEditor
            mapping={mapping}
            fields={found.fields}
            proposal={found.proposal ?? base?.proposal}
            onChange={(changed) => {
              onChange({ mapping: changed });
            }}
          />
          <SavedChoice
            kind="mapping"
            onText={(_text, check) => {
              if (check.mapping !== undefined) onChange({ mapping: check.mapping });
            }}
          />
        </div>
      );
  }
}

/** All formats by title; without one the content decides, as in an import. */
function FormatChoice({ draft, found, onChange }: Pick<EditorProps, 'draft' | 'found' | 'onChange'>) {
  const formats = useEngineQuery('formats.list', {});
  const rows = useDeferredValue(formats.data) ?? [];
  const chosen = rows.find(({ id }) => id === draft.format);
  return (
    <div className="read-as-editor">
      <label className="field-label">
        Format
        <select
          className="field"
          value={draft.format}
          onChange={(event) => {
            onChange({ format: event.target.value });
          }}
        >
          <option value="">
            What the content says{found.format === undefined || draft.format !== '' ? '' : `: ${found.format.title}`}
          </option>
          {[...rows]
            .sort((a, b) => a.title.localeCompare(b.title, 'en'))
            .map(({ id, title }) => (
              <option key={id} value={id}>
                {title} ({id})
              </option>
            ))}
        </select>
      </label>
      <p className="muted">
        {chosen === undefined ? <EvidenceText text={found.why} /> : `Holds ${chosen.holds}.`}
        {found.layers.length === 0 ? '' : ` Inside ${found.layers.join(', inside ')}.`}
      </p>
    </div>
  );
}

function FirstLines({ lines, open }: { readonly lines: readonly string[]; readonly open: boolean }) {
  if (lines.length === 0) return null;
  return (
    <details className="first-lines" open={open}>
      <summary>First lines as they stand, secrets masked</summary>
      <ol className="mono">
        {lines.map((line, index) => (
          <li key={index}>
            <EvidenceText text={line} />
          </li>
        ))}
      </ol>
    </details>
  );
}
