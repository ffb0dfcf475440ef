import type { Progress } from '#shared/contract/methods.ts';
import type { Task } from '../../state/session.ts';
import type { EndedTask } from '../../state/task-log.ts';
import { formatBytes, formatCount, formatDuration, formatRemaining } from '../../widgets/format.ts';

/** How far a task is, in its own unit: `1.46 GB of 2.31 GB`, `3 of 7 steps`. */
function printAmount({ done, total, unit }: Progress): string {
  const amount = unit === 'bytes' ? formatBytes : formatCount;
  return `${amount(done)}${total === undefined ? '' : ` of ${amount(total)}`}${unit === 'bytes' ? '' : ` ${unit}`}`;
}

/** What a running task says of itself: its step, its numbers once it lasts, the remaining time once it can be told. */
export function describeTask({ progress, remaining }: Task, lasting: boolean): string {
  if (progress === undefined) return 'started';
  return [
    progress.paused === true ? `held: ${progress.step}` : progress.step,
    ...(lasting ? [printAmount(progress)] : []),
    ...(remaining === undefined ? [] : [formatRemaining(remaining)]),
  ].join(', ');
}

/** What became of a task: `finished in 4 s`, `cancelled after 12 s`, `failed: …`. */
export function describeOutcome({ outcome, took }: EndedTask): string {
  if (outcome.kind === 'finished') return `finished in ${formatDuration(took)}`;
  if (outcome.kind === 'cancelled') return `cancelled after ${formatDuration(took)}`;
  return `failed: ${outcome.error.message} (${outcome.error.code})`;
}

/** What is said aloud: what runs, in whole percent, or what the last task came to. */
export function announce(tasks: readonly Task[], last: EndedTask | undefined): string {
  if (tasks.length === 0) return last === undefined ? '' : `${last.title}: ${describeOutcome(last)}`;
  return tasks
    .map(({ title, progress }) => {
      if (progress === undefined) return title;
      const share =
        progress.total === undefined || progress.total === 0 ? '' : ` ${String(Math.floor((progress.done / progress.total) * 100))} %`;
      return `${title}: ${progress.step}${share}`;
    })
    .join('. ');
}
