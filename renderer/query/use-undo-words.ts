import { describeChange } from '#shared/contract/review-words.ts';
import { useReviewStack, type ReviewStep } from '../state/review-stack.ts';
import { useDetectorTitles } from './use-titles.ts';

/** What Undo and Redo would do in words: `tagged 3 calls "exfil"`. They hold text of the analyst, which may be pasted evidence. */
export interface UndoWords {
  readonly undoLabel: string | undefined;
  readonly redoLabel: string | undefined;
}

/** The detector of a finding: ids are made as `detector:hash`. */
const detectorOf = (finding: string): string => finding.split(':', 1)[0] ?? finding;

/** The last changes in words; a finding goes by the name of its detector, for an id tells nobody what was decided. */
export function useUndoWords(): UndoWords {
  const titleOf = useDetectorTitles();
  const nameOf = (finding: string): string => {
    const detector = detectorOf(finding);
    const title = titleOf(detector);
    return title === detector ? finding : `“${title}”`;
  };
  const words = (step: ReviewStep | undefined) => step && describeChange(step.change, step.changed, nameOf);
  return {
    undoLabel: words(useReviewStack((state) => state.undo.at(-1))),
    redoLabel: words(useReviewStack((state) => state.redo.at(-1))),
  };
}
