import type { InputOf } from '#shared/contract/methods.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import { useSession } from '../state/session.ts';
import { useEngineJob, type JobState } from './use-engine-job.ts';

const TITLE = 'Analysing';

/** A window for what is usual instead of the choice from the data. */
type GivenTimes = Pick<InputOf<EngineMethods['case.analyze']>, 'baselineUntil' | 'incidentFrom' | 'secondLook'>;

type Analysis = Exclude<JobState<unknown>, { kind: 'done' }>;

/**
 * The analysis of the open case and how to start it. One that another screen started is shown as running here too: the
 * status bar's list is the one place that knows of both. The third starts it with a window for what is usual.
 */
export function useAnalysis(): readonly [Analysis, () => void, (choice: GivenTimes) => void] {
  const [job, run] = useEngineJob('case.analyze', TITLE);
  const task = useSession((state) => state.tasks.find(({ title }) => title === TITLE));
  const start = (): void => {
    run({});
  };
  const running =
    task === undefined
      ? undefined
      : ({ kind: 'running', progress: task.progress, remaining: task.remaining, cancel: task.cancel } as const);
  return [running ?? (job.kind === 'failed' ? job : { kind: 'idle' }), start, run];
}
