import type { Progress } from '#shared/contract/methods.ts';
import { createEta } from '../query/eta.ts';
import { followImport } from '../state/import-log.ts';
import { updateTask, useSession } from '../state/session.ts';

/**
 * Passes progress on to the status bar with a remaining time, and to the import that the window follows. The files of an import are
 * one job; what comes before and after them has an estimate of its own.
 */
export function createReporter(task: number): (progress: Progress) => void {
  let job = '';
  let eta = createEta(performance.now());
  return (progress) => {
    const now = progress.source === undefined ? progress.step : 'reading';
    if (now !== job) {
      job = now;
      eta = createEta(performance.now());
    }
    if (progress.paused === true) eta.hold();
    const remaining = eta.push(progress.done, progress.total, performance.now());
    updateTask(task, { progress, remaining: progress.paused === true ? undefined : remaining });
    useSession.setState(({ importing }) =>
      importing?.kind === 'running' && importing.task === task
        ? { importing: { ...importing, log: followImport(importing.log, progress) } }
        : {},
    );
  };
}
