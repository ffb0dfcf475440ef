import { Upload } from 'lucide-react';
import { useId, useRef, useState, type DragEvent } from 'react';
import { KNOWLEDGE_KINDS, KNOWLEDGE_WORDS, type KnowledgeKind } from '#shared/model/knowledge/kinds.ts';
import { Button } from '../../../widgets/button.tsx';

interface KnowledgeDropProps {
  /** Why nothing can be added now. */
  readonly disabled: string | undefined;
  readonly onFiles: (kind: KnowledgeKind, files: readonly File[]) => void;
}

/** What a file of each kind looks like. */
const SHAPES: Readonly<Record<KnowledgeKind, string>> = {
  iam: 'CSV with a header, or JSON: principal (or consumer, client_id), owner, addresses, kind, scopes, roles, status',
  jwks: 'JSON with keys (RFC 7517), public ones only',
  'key-directory': 'JSON with keys (Web Bot Auth), as an agent publishes it',
  ranges: 'JSON as vendors publish it, or one CIDR a line with “# date: 2026-10-01” and “# agents: GPTBot”',
  sigma: 'YAML, one or more rules for web servers, proxies or APIs, and correlations of them',
  mapping: 'JSON that says which fields of a record make a call',
  'log-format': 'the log_format of nginx or the LogFormat of Apache',
};

/** Takes files of one kind, by the browser's dialog or by a drop, which here is no evidence. */
export function KnowledgeDrop({ disabled, onFiles }: KnowledgeDropProps) {
  const [kind, setKind] = useState<KnowledgeKind>('iam');
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const field = useId();
  const give = (files: FileList | null): void => {
    if (disabled === undefined && files !== null && files.length > 0) onFiles(kind, [...files]);
  };
  const hold = (event: DragEvent, isOver: boolean): void => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <div
      className={over ? 'knowledge-drop over' : 'knowledge-drop'}
      data-takes-files
      onDragEnter={(event) => {
        hold(event, true);
      }}
      onDragOver={(event) => {
        hold(event, true);
      }}
      onDragLeave={(event) => {
        hold(event, false);
      }}
      onDrop={(event) => {
        hold(event, false);
        give(event.dataTransfer.files);
      }}
    >
      <label htmlFor={field}>Add a</label>
      <select
        id={field}
        className="field"
        value={kind}
        onChange={(event) => {
          const chosen = KNOWLEDGE_KINDS.find((each) => each === event.target.value);
          if (chosen !== undefined) setKind(chosen);
        }}
      >
        {(Object.keys(SHAPES) as KnowledgeKind[]).map((each) => (
          <option key={each} value={each}>
            {KNOWLEDGE_WORDS[each]}
          </option>
        ))}
      </select>
      <Button disabled={disabled} onClick={() => input.current?.click()}>
        <Upload size={14} strokeWidth={1.5} aria-hidden="true" />
        Choose a file…
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        className="visually-hidden"
        tabIndex={-1}
        aria-label={`File with a ${KNOWLEDGE_WORDS[kind]}`}
        onChange={(event) => {
          give(event.target.files);
          event.target.value = '';
        }}
      />
      <p className="muted">or drop it here. Shape: {SHAPES[kind]}.</p>
    </div>
  );
}
