import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { Progress } from '#shared/contract/methods.ts';
import type { FileRef, SpoorClient } from '#shared/contract/table.ts';
import { EMPTY_LOG } from '../state/import-log.ts';
import { goTo } from '../state/selection.ts';
import { addTask, endTask, updateTask, useSession } from '../state/session.ts';
import { noteFailure } from '../state/task-log.ts';
import { findBridge } from './bridge.ts';
import { pickInPage, toFileRefs, type Incoming } from './files.ts';
import { createReporter } from './task-report.ts';

/** Asks for files, by the shell's dialog or the browser's, and imports what was chosen. */
export async function chooseAndImport(): Promise<void> {
  const client = useSession.getState().client;
  if (client === undefined) return;
  if (findBridge() === undefined) {
    await importFiles(await pickInPage());
    return;
  }
  const refs = await client.call('host.pickFiles', {});
  await runImport(
    refs.map((ref) => ref.name),
    () => Promise.resolve(refs),
  );
}

/** Asks for files and makes them known to the engine, without importing them: where a source of the case lies. */
export async function pickRefs(): Promise<readonly FileRef[]> {
  const { client } = useSession.getState();
  if (client === undefined) return [];
  if (findBridge() !== undefined) return client.call('host.pickFiles', {});
  return toFileRefs(await pickInPage(), new AbortController().signal, () => undefined);
}

/** Imports dropped or picked files into the open case, or into a new one, and goes to the Overview when all is well. */
export function importFiles(files: readonly Incoming[]): Promise<void> {
  return runImport(
    files.map(({ name }) => name),
    (signal, onProgress) => toFileRefs(files, signal, onProgress),
  );
}

type Grant = (
  signal: AbortSignal,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void,
) => Promise<readonly FileRef[]>;

async function runImport(names: readonly string[], grant: Grant): Promise<void> {
  const { client, importing } = useSession.getState();
  if (client === undefined || names.length === 0) return;
  if (importing?.kind === 'running') {
    // One writer per case: a second import would only wait where nobody sees it.
    return;
  }
  const abort = new AbortController();
  const task = addTask(names.length === 1 ? `Importing ${names[0] ?? ''}` : `Importing ${String(names.length)} files`, () => {
    abort.abort();
  });
  const uploads = findBridge() === undefined;
  useSession.setState({ importing: { kind: 'running', task, names, stage: uploads ? 'uploading' : 'granting', log: EMPTY_LOG } });
  const report = createReporter(task);
  try {
    const refs = await grant(abort.signal, (progress) => {
      report({ step: 'Handing the files over', unit: 'bytes', ...progress });
    });
    updateTask(task, { progress: undefined, remaining: undefined });
    useSession.setState({ importing: { kind: 'running', task, names, stage: 'importing', log: EMPTY_LOG } });
    await importRefs(client, refs, abort.signal, report);
  } catch (thrown) {
    const error = toAppError(thrown);
    noteFailure(task, error);
    if (error.code === 'cancelled') await showCancelled(client, names);
    else {
      useSession.setState({ importing: { kind: 'failed', names, error } });
      goTo({ view: 'start' });
    }
  } finally {
    endTask(task);
  }
}

/** A cancel during the reading leaves a case with what was read: the Evidence says what that is. */
async function showCancelled(client: SpoorClient, names: readonly string[]): Promise<void> {
  const { importing } = useSession.getState();
  const log = importing?.kind === 'running' && importing.stage === 'importing' ? importing.log : undefined;
  const openCase = (await client.call('host.current', {})).case;
  const isKept = log !== undefined && openCase !== undefined && (log.sources > 0 || log.current !== undefined);
  useSession.setState((state) => ({
    openCase,
    caseKnown: true,
    revision: state.revision + 1,
    importing: isKept ? { kind: 'cancelled', names, log } : undefined,
  }));
  if (isKept) goTo({ view: 'evidence', source: undefined });
}

/** Holds the running import before its next batch, or lets it go on. */
export async function pauseImport(paused: boolean): Promise<void> {
  await useSession.getState().client?.call('case.pauseImport', { paused });
}

async function importRefs(
  client: SpoorClient,
  refs: readonly FileRef[],
  signal: AbortSignal,
  report: (progress: Progress) => void,
): Promise<void> {
  if (refs.length === 0) throw new AppError('unreadable', 'none of the files could be read');
  const result = await client.call('host.import', { files: refs.map((ref) => ref.id) }, { signal, onProgress: report });
  const { failures } = result.summary;
  useSession.setState({
    openCase: result.case,
    caseKnown: true,
    importing: failures.length === 0 ? undefined : { kind: 'partial', failures },
  });
  goTo({
    view: failures.length === 0 ? 'overview' : 'start',
    call: undefined,
    with: undefined,
    chain: undefined,
    finding: undefined,
    source: undefined,
  });
}
