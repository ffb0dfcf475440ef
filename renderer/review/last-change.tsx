import { useReview } from '../query/use-review.ts';
import { useUndoWords } from '../query/use-undo-words.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';

/** The analyst's last change in words, with Undo beside it: nobody has to know a key to take something back. */
export function LastChange() {
  const { undo } = useReview();
  const { undoLabel } = useUndoWords();
  return (
    <span className="last-change" role="status">
      {undoLabel === undefined ? null : (
        <>
          <span className="last-change-text">
            You <EvidenceText text={undoLabel} />
          </span>
          <button
            type="button"
            className="link"
            onClick={() => {
              void undo();
            }}
          >
            Undo
          </button>
        </>
      )}
    </span>
  );
}
