import { useReview } from '../../../query/use-review.ts';
import { useUndoWords } from '../../../query/use-undo-words.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';

interface UndoLineProps {
  /** True for the labels of changes that were made here; others are taken back where they were made, or by Ctrl+Z. */
  readonly isOurs: (label: string) => boolean;
}

/** What the analyst changed last on a card, with the way back, and why a change was refused. */
export function UndoLine({ isOurs }: UndoLineProps) {
  const { undo, error, clearError } = useReview();
  const { undoLabel } = useUndoWords();
  const label = undoLabel !== undefined && isOurs(undoLabel) ? undoLabel : undefined;
  return (
    <>
      <p role="status" className="ident-undo">
        {label === undefined ? null : (
          <button type="button" className="link" onClick={() => void undo()}>
            Undo: <EvidenceText text={label} />
          </button>
        )}
      </p>
      {error === undefined ? null : (
        <p role="alert" className="severity-high">
          The change was not made: <EvidenceText text={error.message} />{' '}
          <button type="button" className="link" onClick={clearError}>
            Dismiss
          </button>
        </p>
      )}
    </>
  );
}
