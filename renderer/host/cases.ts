import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { SpoorClient } from '#shared/contract/table.ts';
import { EMPTY_LOG } from '../state/import-log.ts';
import { goTo } from '../state/selection.ts';
import { NOTHING_SELECTED } from '../state/url.ts';
import { addTask, endTask, useSession } from '../state/session.ts';
import { noteFailure } from '../state/task-log.ts';
import { createReporter } from './task-report.ts';

function getClient(): SpoorClient {
  const { client } = useSession.getState();
  if (client === undefined) throw new AppError('disconnected', 'the engine is not connected');
  return client;
}

/** Opens a case of the recent list and shows its Overview. */
export async function openCase(id: string): Promise<void> {
  const opened = await getClient().call('host.openCase', { id });
  useSession.setState((state) => ({ openCase: opened, caseKnown: true, importing: undefined, revision: state.revision + 1 }));
  goTo({ view: 'overview', ...NOTHING_SELECTED });
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
    const opened = await client.call('host.openSample', {}, { signal: abort.signal, onProgress: createReporter(task) });
    useSession.setState((state) => ({ openCase: opened, caseKnown: true, importing: undefined, revision: state.revision + 1 }));
    goTo({ view: 'overview', ...NOTHING_SELECTED });
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
