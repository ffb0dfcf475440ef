import { useSession } from '../state/session.ts';
import { useEngineJob, type JobState } from './use-engine-job.ts';

const TITLE = 'Analysing';

type Analysis = Exclude<JobState<unknown>, { kind: 'done' }>;

/**
 * The analysis of the open case and how to start it. One that another screen started is shown as running here too: the
 * status bar's list is the one place that knows of both.
 */
export function useAnalysis(): readonly [Analysis, () => void] {
  const [job, run] = useEngineJob('case.analyze', TITLE);
  const task = useSession((state) => state.tasks.find(({ title }) => title === TITLE));
  const start = (): void => {
    run({});
  };
  if (task !== undefined) return [{ kind: 'running', progress: task.progress, remaining: task.remaining, cancel: task.cancel }, start];
  return [job.kind === 'failed' ? job : { kind: 'idle' }, start];
}
