import { toAppError } from '#shared/contract/errors.ts';
import type { InputOf } from '#shared/contract/methods.ts';
import type { FileRef, HostMethods, Imported, SpoorClient } from '#shared/contract/table.ts';
import { EMPTY_LOG } from '../state/import-log.ts';
import { goTo } from '../state/selection.ts';
import { addTask, endTask, useSession } from '../state/session.ts';
import { noteFailure } from '../state/task-log.ts';
import { findBridge } from './bridge.ts';
import { pickInPage, toFileRefs } from './files.ts';
import { createReporter } from './task-report.ts';

/** Asks for files and makes them known to the engine, without importing them: where a source of the case lies. */
export async function pickRefs(): Promise<readonly FileRef[]> {
  const { client } = useSession.getState();
  if (client === undefined) return [];
  if (findBridge() !== undefined) return client.call('host.pickFiles', {});
  return toFileRefs(await pickInPage(), new AbortController().signal, () => undefined);
}

/** What is decided about an import beside its files. */
export type ImportOrder = Pick<InputOf<HostMethods['host.import']>, 'title' | 'passphrase' | 'zone' | 'sources' | 'limits'>;

/**
 * Imports files into the open case, or into a new one, and goes to the Overview when all is well.
 * `foretold`: names of what cannot be taken, as the analyst has seen before the import.
 */
export async function importRefs(refs: readonly FileRef[], order: ImportOrder, foretold: ReadonlySet<string>): Promise<void> {
  const { client, importing } = useSession.getState();
  // One writer per case: a second import would only wait where nobody sees it.
  if (client === undefined || refs.length === 0 || importing?.kind === 'running') return;
  const names = refs.map(({ name }) => name);
  let before: ReadonlySet<string> = new Set();
  const abort = new AbortController();
  const task = addTask(names.length === 1 ? `Importing ${names[0] ?? ''}` : `Importing ${String(names.length)} files`, () => {
    abort.abort();
  });
  useSession.setState({ importing: { kind: 'running', task, names, log: EMPTY_LOG } });
  try {
    before = new Set(await sourcesOfCase(client));
    const files = refs.map(({ id }) => id);
    const imported = await client.call('host.import', { files, ...order }, { signal: abort.signal, onProgress: createReporter(task) });
    showImported(imported, foretold);
  } catch (thrown) {
    const error = toAppError(thrown);
    noteFailure(task, error);
    if (error.code === 'cancelled') await showCancelled(client, names, before);
    else {
      useSession.setState({ importing: { kind: 'failed', names, error } });
      goTo({ view: 'start' });
    }
  } finally {
    endTask(task);
  }
}

/** Names of the sources of the open case; none where there is no case yet, or where it does not answer: an import does not hang on that. */
async function sourcesOfCase(client: SpoorClient): Promise<readonly string[]> {
  if (useSession.getState().openCase === undefined) return [];
  return client.call('sources.list', {}).then(
    (sources) => sources.map(({ name }) => name),
    () => [],
  );
}

/** A cancel during the reading leaves a case with what was read: the Evidence says what that is. */
async function showCancelled(client: SpoorClient, names: readonly string[], before: ReadonlySet<string>): Promise<void> {
  const { importing } = useSession.getState();
  const log = importing?.kind === 'running' ? importing.log : undefined;
  const openCase = (await client.call('host.current', {})).case;
  const isKept = log !== undefined && openCase !== undefined && (log.sources > 0 || log.current !== undefined);
  const brought = isKept ? (await client.call('sources.list', {})).map(({ name }) => name).filter((name) => !before.has(name)) : [];
  useSession.setState((state) => ({
    openCase,
    caseKnown: true,
    revision: state.revision + 1,
    importing: isKept ? { kind: 'cancelled', names, log, brought } : undefined,
  }));
  if (isKept) goTo({ view: 'evidence', source: undefined });
}

/** Holds the running import before its next batch, or lets it go on. */
export async function pauseImport(paused: boolean): Promise<void> {
  await useSession.getState().client?.call('case.pauseImport', { paused });
}

function showImported({ case: openCase, summary: { failures } }: Imported, foretold: ReadonlySet<string>): void {
  const isWhole = failures.every(({ name }) => foretold.has(name));
  useSession.setState({ openCase, caseKnown: true, importing: isWhole ? undefined : { kind: 'partial', failures } });
  goTo({
    view: isWhole ? 'overview' : 'start',
    call: undefined,
    with: undefined,
    chain: undefined,
    finding: undefined,
    source: undefined,
  });
}
