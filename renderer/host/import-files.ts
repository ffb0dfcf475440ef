import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { Progress } from '#shared/contract/methods.ts';
import type { FileRef, SpoorClient } from '#shared/contract/table.ts';
import { goTo } from '../state/selection.ts';
import { addTask, endTask, useSession } from '../state/session.ts';
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
  useSession.setState({ importing: { kind: 'running', task, names, stage: uploads ? 'uploading' : 'granting' } });
  const report = createReporter(task);
  try {
    const refs = await grant(abort.signal, (progress) => {
      report({ step: 'Handing the files over', unit: 'bytes', ...progress });
    });
    useSession.setState({ importing: { kind: 'running', task, names, stage: 'importing' } });
    await importRefs(client, refs, abort.signal, report);
  } catch (thrown) {
    const error = toAppError(thrown);
    useSession.setState({ importing: error.code === 'cancelled' ? undefined : { kind: 'failed', names, error } });
    if (error.code !== 'cancelled') goTo({ view: 'start' });
  } finally {
    endTask(task);
  }
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
  goTo({ view: failures.length === 0 ? 'overview' : 'start', call: undefined, chain: undefined, finding: undefined, source: undefined });
}
