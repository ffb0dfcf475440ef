import type { TaskbarProgress } from '#shared/contract/taskbar.ts';
import { useSession, type Task } from '../state/session.ts';

/** Between two changes of the bar: it is looked at from afar. Units: ms. */
const BETWEEN_CHANGES = 250;

/** The share of a task that is done; undefined while its extent is not known. */
const shareOf = ({ progress }: Task): number | undefined =>
  progress?.total === undefined || progress.total === 0 ? undefined : Math.min(1, progress.done / progress.total);

/** What running tasks come to, each of the same weight and in whole percent; those of unknown extent count only where there is no other. */
export function taskbarOf(tasks: readonly Task[]): TaskbarProgress {
  if (tasks.length === 0) return { kind: 'none' };
  const shares = tasks.map(shareOf).filter((share) => share !== undefined);
  if (shares.length === 0) return { kind: 'unknown' };
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { kind: 'share', share: Math.floor(mean * 100) / 100, paused: tasks.every(({ progress }) => progress?.paused === true) };
}

/** Keeps the desktop's taskbar in step with the tasks of the session; a browser has none. Returns how to stop. */
export function followTaskbar(): () => void {
  let shown = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    timer = undefined;
    const { client, host, tasks } = useSession.getState();
    const progress = taskbarOf(tasks);
    if (client === undefined || host?.shell !== 'electron' || JSON.stringify(progress) === shown) return;
    shown = JSON.stringify(progress);
    client.call('host.showProgress', progress).catch(() => {
      // A connection that was lost shows itself; the bar is set anew with the next change.
      shown = '';
    });
  };
  const stop = useSession.subscribe(() => {
    timer ??= setTimeout(show, BETWEEN_CHANGES);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
