import { Minus, Plus } from 'lucide-react';
import { CopyButton } from '../copy-button.tsx';

/** Adds a condition to the query: `host:api.acme.test`, or with a minus to exclude. */
export type OnClause = (clause: string) => void;

interface ValueToolsProps {
  /** What the value is, in few words: "status". */
  readonly name: string;
  /** The condition that the value fits; absent where none can say it. */
  readonly clause: string | undefined;
  readonly onClause: OnClause;
  /** The exact value, to copy it. */
  readonly copy?: string | undefined;
}

/** Include, exclude and copy, right beside the value that they are about. */
export function ValueTools({ name, clause, onClause, copy }: ValueToolsProps) {
  return (
    <span className="fact-tools">
      {clause === undefined ? null : (
        <>
          <button
            type="button"
            className="icon-button"
            aria-label={`Only calls with this ${name}`}
            title="Include in the query"
            onClick={() => {
              onClause(clause);
            }}
          >
            <Plus size={14} strokeWidth={1.5} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={`No calls with this ${name}`}
            title="Exclude from the query"
            onClick={() => {
              onClause(`-${clause}`);
            }}
          >
            <Minus size={14} strokeWidth={1.5} aria-hidden="true" />
          </button>
        </>
      )}
      {copy === undefined ? null : <CopyButton text={copy} label={`Copy ${name}`} />}
    </span>
  );
}
