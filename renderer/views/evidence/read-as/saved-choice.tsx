import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { toAppError } from '#shared/contract/errors.ts';
import type { KnowledgeCheck } from '#shared/contract/inspection.ts';
import { KNOWLEDGE_WORDS } from '#shared/model/knowledge/kinds.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { useSession } from '../../../state/session.ts';
import { Button } from '../../../widgets/button.tsx';

interface SavedChoiceProps {
  readonly kind: 'mapping' | 'log-format';
  /** A text that the engine has found usable. */
  readonly onText: (text: string, check: KnowledgeCheck) => void;
}

/** Largest file that is read as a mapping or a configuration. Units: bytes. */
const MAX_FILE = 1_000_000;

/** Takes a mapping or log format from those saved with the case, or from a file. */
export function SavedChoice({ kind, onText }: SavedChoiceProps) {
  const knowledge = useEngineQuery('knowledge.list', {});
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const saved = knowledge.data?.filter((row) => row.kind === kind) ?? [];
  const take = (text: string): void => {
    setProblem(undefined);
    useSession
      .getState()
      .client?.call('knowledge.check', { kind, text })
      .then(
        (check) => {
          if (check.problem === undefined) onText(text, check);
          else setProblem(check.problem);
        },
        (thrown: unknown) => {
          setProblem(toAppError(thrown).message);
        },
      );
  };
  return (
    <div className="saved-choice">
      {saved.length === 0 ? null : (
        <select
          className="field"
          aria-label={`A ${KNOWLEDGE_WORDS[kind]} saved with the case`}
          value=""
          onChange={(event) => {
            const row = saved.find(({ name }) => name === event.target.value);
            if (row?.text !== undefined) take(row.text);
          }}
        >
          <option value="">Saved with the case…</option>
          {saved.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
      <Button onClick={() => input.current?.click()}>
        <Upload size={14} strokeWidth={1.5} aria-hidden="true" />
        From a file…
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={`File with a ${KNOWLEDGE_WORDS[kind]}`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file === undefined) return;
          if (file.size > MAX_FILE) setProblem(`${file.name} is too large to be a ${KNOWLEDGE_WORDS[kind]}`);
          else
            file.text().then(take, (thrown: unknown) => {
              setProblem(toAppError(thrown).message);
            });
        }}
      />
      {problem === undefined ? null : (
        <span className="severity-high" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
