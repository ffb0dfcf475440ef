import type { Progress } from '#shared/contract/methods.ts';
import { createEta } from '../query/eta.ts';
import { updateTask } from '../state/session.ts';

/** Passes progress on to the status bar with a remaining time; each step of the job has its own estimate. */
export function createReporter(task: number): (progress: Progress) => void {
  let step = '';
  let eta = createEta(performance.now());
  return (progress) => {
    if (progress.step !== step) {
      step = progress.step;
      eta = createEta(performance.now());
    }
    updateTask(task, { progress, remaining: eta.push(progress.done, progress.total, performance.now()) });
  };
}
