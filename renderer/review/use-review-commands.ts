import { keysFor } from '../state/built-in-keys.ts';
import { useReview } from '../query/use-review.ts';
import { useUndoWords } from '../query/use-undo-words.ts';
import { useCommands } from '../state/commands.ts';
import { showReviewDialog } from '../state/review-dialog.ts';
import { useSession } from '../state/session.ts';

/** Undo and redo of the analyst's own changes, on every screen. */
export function useReviewCommands(): void {
  const { undo, redo } = useReview();
  const { undoLabel, redoLabel } = useUndoWords();
  const hasCase = useSession((state) => state.openCase !== undefined);
  const group = 'Your changes';
  useCommands([
    {
      id: 'undo',
      title: undoLabel === undefined ? 'Undo' : `Undo: ${undoLabel}`,
      group,
      keys: keysFor('undo'),
      enabled: hasCase && undoLabel !== undefined,
      reason: 'Nothing of yours to take back',
      run: () => {
        void undo();
      },
    },
    {
      id: 'redo',
      title: redoLabel === undefined ? 'Redo' : `Redo: ${redoLabel}`,
      group,
      keys: keysFor('redo'),
      enabled: hasCase && redoLabel !== undefined,
      reason: 'Nothing was taken back',
      run: () => {
        void redo();
      },
    },
    {
      id: 'show-changes',
      title: 'Show your changes',
      group,
      enabled: hasCase,
      reason: 'Opens with a case',
      run: () => {
        showReviewDialog({ kind: 'log' });
      },
    },
  ]);
}
