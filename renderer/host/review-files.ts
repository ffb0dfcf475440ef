import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { RaisedLimits } from '#shared/contract/intake-review.ts';
import type { Progress } from '#shared/contract/methods.ts';
import type { FileRef } from '#shared/contract/table.ts';
import { useIntake } from '../state/intake.ts';
import { useSession } from '../state/session.ts';
import { findBridge } from './bridge.ts';
import { closeCase } from './cases.ts';
import { pickInPage, toFileRefs, type Incoming } from './files.ts';
import { importRefs, type ImportOrder } from './import-files.ts';

/** What is under review: how to stop looking, and the files that were handed over for it. */
interface Running {
  readonly abort: AbortController;
  refs: readonly FileRef[];
}

let running: Running | undefined;

/** Asks for files, by the shell's dialog or the browser's, and reviews what was chosen. */
export async function chooseAndReview(): Promise<void> {
  const { client } = useSession.getState();
  if (client === undefined) return;
  if (findBridge() === undefined) await reviewFiles(await pickInPage());
  else await reviewRefs(await client.call('host.pickFiles', {}));
}

/** Shows what dropped or picked files would bring into the case, or into a new one. */
export const reviewFiles = (files: readonly Incoming[]): Promise<void> =>
  begin(
    files.map(({ name }) => name),
    (signal, onProgress) =>
      toFileRefs(files, signal, (progress) => {
        onProgress({ step: 'Handing the files over', unit: 'bytes', ...progress });
      }),
  );

/** The same for files that the engine knows already. */
export const reviewRefs = (refs: readonly FileRef[]): Promise<void> =>
  begin(
    refs.map(({ name }) => name),
    () => Promise.resolve(refs),
  );

/** Looks again at the files under review, with other limits. */
export async function reviewAgain(limits: RaisedLimits): Promise<void> {
  const { intake } = useIntake.getState();
  if (intake?.kind === 'ready') await look(intake.names, intake.refs, limits);
}

/** Closes the open case and looks at the files under review again, as they would begin a case of their own. */
export async function reviewAsNewCase(): Promise<void> {
  const { intake } = useIntake.getState();
  if (intake?.kind !== 'ready') return;
  const { names, refs } = intake;
  const own: Running = { abort: new AbortController(), refs };
  running = own;
  useIntake.setState({ intake: { kind: 'looking', names, progress: undefined } });
  try {
    await closeCase();
  } catch (thrown) {
    showFailure(own, names, thrown);
    return;
  }
  if (running === own) await look(names, refs, undefined);
}

/** Lets go of the files under review; what was copied for it is deleted. */
export async function discardReview(): Promise<void> {
  const was = running;
  running = undefined;
  useIntake.setState({ intake: undefined });
  was?.abort.abort();
  if (was !== undefined) await release(was.refs);
}

/** Imports what is under review, as decided. */
export async function importReviewed(order: ImportOrder): Promise<void> {
  const { intake } = useIntake.getState();
  if (intake?.kind !== 'ready') return;
  running = undefined;
  useIntake.setState({ intake: undefined });
  await importRefs(intake.refs, order, new Set(intake.review.refused.map(({ name }) => name)));
}

type Grant = (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<readonly FileRef[]>;

async function begin(names: readonly string[], grant: Grant): Promise<void> {
  const { client, importing } = useSession.getState();
  // One writer per case: what is reviewed now could not be imported before the other is done.
  if (client === undefined || names.length === 0 || importing?.kind === 'running' || useIntake.getState().intake !== undefined) return;
  const own: Running = { abort: new AbortController(), refs: [] };
  running = own;
  useIntake.setState({ intake: { kind: 'looking', names, progress: undefined } });
  try {
    own.refs = await grant(own.abort.signal, showProgress(own, names));
  } catch (thrown) {
    showFailure(own, names, thrown);
    return;
  }
  if (running === own) await look(names, own.refs, undefined);
  else await release(own.refs); // stopped while the last of them came in
}

async function look(names: readonly string[], refs: readonly FileRef[], limits: RaisedLimits | undefined): Promise<void> {
  const { client } = useSession.getState();
  if (client === undefined) return;
  const own: Running = { abort: new AbortController(), refs };
  running = own;
  useIntake.setState({ intake: { kind: 'looking', names, progress: undefined } });
  try {
    if (refs.length === 0) throw new AppError('unreadable', 'none of the files could be read');
    const order = { files: refs.map(({ id }) => id), ...(limits === undefined ? {} : { limits }) };
    const review = await client.call('host.review', order, { signal: own.abort.signal, onProgress: showProgress(own, names) });
    if (running === own) useIntake.setState({ intake: { kind: 'ready', names, refs, review } });
  } catch (thrown) {
    showFailure(own, names, thrown);
  }
}

const showProgress =
  (own: Running, names: readonly string[]) =>
  (progress: Progress): void => {
    if (running === own) useIntake.setState({ intake: { kind: 'looking', names, progress } });
  };

function showFailure(own: Running, names: readonly string[], thrown: unknown): void {
  // Stopped on request: the dialog is closed already.
  if (running === own) useIntake.setState({ intake: { kind: 'failed', names, error: toAppError(thrown) } });
}

async function release(refs: readonly FileRef[]): Promise<void> {
  if (refs.length > 0) await useSession.getState().client?.call('host.release', { files: refs.map(({ id }) => id) });
}
