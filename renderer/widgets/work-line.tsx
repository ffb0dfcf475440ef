import type { Progress } from '#shared/contract/methods.ts';
import { Button } from './button.tsx';
import { formatRemaining, formatShare } from './format.ts';
import { ProgressBar } from './progress-bar.tsx';

interface WorkLineProps {
  /** What is being done: "Analysing". */
  readonly title: string;
  readonly progress: Progress | undefined;
  /** Units: ms; absent until it can be told. */
  readonly remaining: number | undefined;
  readonly onCancel: () => void;
}

/** A piece of work that runs: what it is at, how far, how long still, and how to stop it. Never a spinner alone. */
export function WorkLine({ title, progress, remaining, onCancel }: WorkLineProps) {
  return (
    <div className="work-line">
      <p role="status">
        {title}
        {progress === undefined ? '' : `: ${progress.step}`}
        {progress?.total === undefined ? '' : `, ${formatShare(progress.done, progress.total)}`}
        {remaining === undefined ? '' : `, ${formatRemaining(remaining)}`}
      </p>
      <ProgressBar label={title} done={progress?.done ?? 0} total={progress?.total} />
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}
