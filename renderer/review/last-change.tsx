import { useReview } from '../query/use-review.ts';
import { useDetectorTitles } from '../query/use-titles.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';

/** Ids of findings, `detector:number`, as the names of their detectors: an id tells nobody what was decided. */
const nameFindings = (label: string, titleOf: (detector: string) => string): string =>
  label.replaceAll(/(?<=\bfinding )([a-z0-9-]+):[^\s:]+/g, (id, detector: string) => {
    const title = titleOf(detector);
    return title === detector ? id : `“${title}”`;
  });

/** The analyst's last change in words, with Undo beside it: nobody has to know a key to take something back. */
export function LastChange() {
  const { undoLabel, undo } = useReview();
  const titleOf = useDetectorTitles();
  return (
    <span className="last-change" role="status">
      {undoLabel === undefined ? null : (
        <>
          <span className="last-change-text">
            You <EvidenceText text={nameFindings(undoLabel, titleOf)} />
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
