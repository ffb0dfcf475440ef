import { create } from 'zustand';
import type { AppError } from '#shared/contract/errors.ts';
import { useSession } from './session.ts';

/** How a piece of background work ended. */
type Outcome =
  | { readonly kind: 'finished' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: Pick<AppError, 'code' | 'message'> };

/** Background work that is over. Units: `took` in ms. */
export interface EndedTask {
  readonly id: number;
  readonly title: string;
  readonly outcome: Outcome;
  readonly took: number;
}

interface TaskLog {
  /** Running tasks that are old enough for numbers: what is over at once needs none. */
  readonly lasting: ReadonlySet<number>;
  /** The last ones that ended, newest first. */
  readonly ended: readonly EndedTask[];
}

/** Ended tasks that stay in sight: a session's failures, not its history. */
const KEEP_ENDED = 10;
/** Progress is told in numbers after this. Units: ms. */
const NUMBERS_AFTER = 1000;

/** What became of background work, beside the running tasks of the session. */
export const useTaskLog = create<TaskLog>()(() => ({ lasting: new Set(), ended: [] }));

/** Ids of failures without a task: below zero, where no task's is. */
let nextLogged = -1;
const failures = new Map<number, Outcome>();

/** Says why a task is about to end, before it is taken off the session's list; one of which nothing is said has finished. */
export function noteFailure(id: number, error: AppError): void {
  failures.set(id, error.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error });
}

/** Lists a failure of something that was over before it could be followed. */
export function logFailure(title: string, error: AppError): void {
  const failed: EndedTask = { id: nextLogged--, title, outcome: { kind: 'failed', error }, took: 0 };
  useTaskLog.setState(({ ended }) => ({ ended: [failed, ...ended].slice(0, KEEP_ENDED) }));
}

/** Forgets what has ended. */
export function clearEnded(): void {
  useTaskLog.setState({ ended: [] });
}

/** Keeps the log in step with the tasks of the session. Returns how to stop. */
export function followTasks(): () => void {
  const since = new Map<number, { readonly at: number; readonly timer: ReturnType<typeof setTimeout> }>();
  return useSession.subscribe(({ tasks }, before) => {
    if (tasks === before.tasks) return;
    for (const { id } of tasks) {
      if (since.has(id)) continue;
      const timer = setTimeout(() => {
        useTaskLog.setState(({ lasting }) => ({ lasting: new Set([...lasting, id]) }));
      }, NUMBERS_AFTER);
      since.set(id, { at: performance.now(), timer });
    }
    for (const { id, title } of before.tasks) {
      if (tasks.some((task) => task.id === id)) continue;
      const began = since.get(id);
      clearTimeout(began?.timer);
      since.delete(id);
      const outcome = failures.get(id) ?? { kind: 'finished' };
      failures.delete(id);
      const took = began === undefined ? 0 : performance.now() - began.at;
      useTaskLog.setState(({ lasting, ended }) => ({
        lasting: new Set([...lasting].filter((other) => other !== id)),
        ended: [{ id, title, outcome, took }, ...ended].slice(0, KEEP_ENDED),
      }));
    }
  });
}
