import { useAnalysis } from '../query/use-analysis.ts';
import { useReview } from '../query/use-review.ts';
import { useReviewStack } from '../state/review-stack.ts';
import { Button } from '../widgets/button.tsx';
import type { Changes } from './draft.ts';

interface ApplyBarProps {
  readonly host: string;
  readonly changes: Changes;
  readonly disabled: string | undefined;
  /** Hears that the rules were kept. */
  readonly onApplied: () => void;
  readonly onClose: () => void;
}

/** The foot of the editor: keeps the draft as rules, and starts the analysis that makes endpoints follow. */
export function ApplyBar({ host, changes, disabled, onApplied, onClose }: ApplyBarProps) {
  const { change } = useReview();
  const [work, analyse] = useAnalysis();
  const { set, remove, problem } = changes;
  const whyNot = disabled ?? problem ?? (set.length + remove.length === 0 ? 'Nothing is changed yet' : undefined);
  const apply = async (thenAnalyse: boolean): Promise<void> => {
    await change({ kind: 'templates', host, set, remove });
    onClose();
    // What was refused stands on the screen; there is nothing new to analyse.
    if (useReviewStack.getState().error !== undefined) return;
    onApplied();
    if (thenAnalyse) analyse();
  };
  return (
    <div className="dialog-foot">
      <p className="muted template-foot">Endpoints and findings follow with the next analysis. Undo takes the change back.</p>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        disabled={whyNot}
        onClick={() => {
          void apply(false);
        }}
      >
        Apply
      </Button>
      <Button
        primary
        disabled={whyNot ?? (work.kind === 'running' ? 'An analysis is running' : undefined)}
        onClick={() => {
          void apply(true);
        }}
      >
        Apply and analyse
      </Button>
    </div>
  );
}
