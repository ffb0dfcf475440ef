import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { RecentCase, SpoorClient } from '#shared/contract/table.ts';
import { EMPTY_LOG } from '../state/import-log.ts';
import { showPassphraseDialog } from '../state/passphrase-dialog.ts';
import { goTo } from '../state/selection.ts';
import { NOTHING_SELECTED } from '../state/url.ts';
import { addTask, endTask, useSession } from '../state/session.ts';
import { noteFailure } from '../state/task-log.ts';
import { createReporter } from './task-report.ts';

/** Errors: AppError `disconnected`. */
export function getClient(): SpoorClient {
  const { client } = useSession.getState();
  if (client === undefined) throw new AppError('disconnected', 'the engine is not connected');
  return client;
}

/** Takes a case that the host has opened for the one of this window and shows its Overview. */
export function showOpened(opened: RecentCase): void {
  useSession.setState((state) => ({ openCase: opened, caseKnown: true, importing: undefined, revision: state.revision + 1 }));
  goTo({ view: 'overview', ...NOTHING_SELECTED });
}

/** Opens a case of the recent list and shows its Overview; of one that is encrypted, asks for the passphrase. */
export async function openCase(id: string, name: string = id.replace(/\.spoor$/, '')): Promise<void> {
  try {
    showOpened(await getClient().call('host.openCase', { id }));
  } catch (thrown) {
    if (toAppError(thrown).code !== 'passphrase-needed') throw thrown;
    showPassphraseDialog({ kind: 'unlock', locked: { kind: 'listed', id, name } });
  }
}

/** Opens the sample case, importing it the first time, and shows its Overview. */
export async function openSample(): Promise<void> {
  const client = getClient();
  const abort = new AbortController();
  const task = addTask('Opening the sample case', () => {
    abort.abort();
  });
  useSession.setState({ importing: { kind: 'running', task, names: ['the sample case'], log: EMPTY_LOG } });
  try {
    showOpened(await client.call('host.openSample', {}, { signal: abort.signal, onProgress: createReporter(task) }));
  } catch (thrown) {
    const error = toAppError(thrown);
    noteFailure(task, error);
    useSession.setState({ importing: error.code === 'cancelled' ? undefined : { kind: 'failed', names: ['the sample case'], error } });
  } finally {
    endTask(task);
  }
}

/** Copies a case that can only be read among the cases of this machine and opens the copy. */
export async function copyCase(): Promise<void> {
  const abort = new AbortController();
  const task = addTask('Copying the case', () => {
    abort.abort();
  });
  try {
    const opened = await getClient().call('host.copyCase', {}, { signal: abort.signal });
    useSession.setState((state) => ({ openCase: opened, caseKnown: true, importing: undefined, revision: state.revision + 1 }));
  } catch (thrown) {
    noteFailure(task, toAppError(thrown));
  } finally {
    endTask(task);
  }
}

/** Closes the open case, so that the next drop starts a new one. */
export async function closeCase(): Promise<void> {
  await getClient().call('host.closeCase', {});
  useSession.setState({ openCase: undefined, importing: undefined });
  goTo({ view: 'start', ...NOTHING_SELECTED });
}
