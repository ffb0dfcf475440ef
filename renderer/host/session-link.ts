import { createClient } from '#shared/contract/client.ts';
import { toAppError } from '#shared/contract/errors.ts';
import type { EngineEvent } from '#shared/contract/methods.ts';
import type { EngineMethods, HostMethods, SpoorClient } from '#shared/contract/table.ts';
import { clearTray } from '../state/compare-tray.ts';
import { clearPicked } from '../state/picked.ts';
import { showPassphraseDialog } from '../state/passphrase-dialog.ts';
import { showReviewDialog } from '../state/review-dialog.ts';
import { clearReviewStack } from '../state/review-stack.ts';
import { goTo, useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { reviewRefs } from './review-files.ts';
import { stayConnected } from './connect.ts';

/** The case that this tab had open, so that a reload or a reconnection finds its way back. */
const CASE_KEY = 'spoor-case';

/** Keeps the session store in step with the connection: client, host, open case, revision. */
export function linkSession(): void {
  useSession.subscribe((state, before) => {
    if (state.openCase?.id === before.openCase?.id) return;
    // What was done in the case before cannot be taken back in this one, and its calls are not this one's.
    clearReviewStack();
    clearPicked();
    clearTray();
    showReviewDialog(undefined);
    if (state.openCase !== undefined) window.sessionStorage.setItem(CASE_KEY, state.openCase.id);
    // Before the host has answered, "no case" is not yet known to be true.
    else if (state.caseKnown) window.sessionStorage.removeItem(CASE_KEY);
  });
  stayConnected((event) => {
    if (event.kind === 'lost') {
      useSession.setState({ connection: { kind: 'lost', why: event.why, retrying: event.retrying } });
      return;
    }
    const client: SpoorClient = createClient<EngineMethods & HostMethods>(event.transport);
    client.onEvent(takeEvent(client));
    void takeClient(client);
  });
}

/** Asks the host who it is and which case is open, opens this tab's case again if there is none, and shows the result. */
export async function takeClient(client: SpoorClient): Promise<void> {
  try {
    const host = await client.call('host.info', {});
    const current = await client.call('host.current', {});
    const openCase = current.case ?? (await reopen(client));
    useSession.setState((state) => ({
      client,
      host,
      openCase,
      caseKnown: true,
      revision: state.revision + 1,
      connection: { kind: 'ready' },
    }));
    if (openCase !== undefined) leaveStart();
    if (current.waiting !== undefined) askFor(current.waiting);
  } catch (thrown) {
    const error = toAppError(thrown);
    // A lost connection is reported, and tried again, by the connection itself.
    if (error.code !== 'disconnected') useSession.setState({ connection: { kind: 'lost', why: error.message, retrying: false } });
  }
}

async function reopen(client: SpoorClient) {
  const id = window.sessionStorage.getItem(CASE_KEY);
  if (id === null) return undefined;
  try {
    return await client.call('host.openCase', { id });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'disconnected') throw error;
    if (error.code === 'passphrase-needed')
      showPassphraseDialog({ kind: 'unlock', locked: { kind: 'listed', id, name: id.replace(/\.spoor$/, '') } });
    // Moved or deleted meanwhile: the start screen shows what there is.
    return undefined;
  }
}

/** A case that was named outside of the window is opened once its passphrase is known. */
function askFor(file: string): void {
  showPassphraseDialog({ kind: 'unlock', locked: { kind: 'waiting', name: file } });
}

/** A case that the command line or another window opened is what the analyst came for; one's own import goes there by itself. */
function leaveStart(): void {
  if (useSelection.getState().place.view === 'start' && useSession.getState().importing === undefined) goTo({ view: 'overview' });
}

/** Follows what the engine and the host push. */
export function takeEvent(client: SpoorClient): (event: EngineEvent) => void {
  return (event) => {
    if (event.event === 'revision' || event.event === 'engine-restarted') {
      // The number itself restarts with another case; what counts here is that something changed.
      useSession.setState((state) => ({ revision: state.revision + 1 }));
      return;
    }
    if (event.event === 'evidence-offered') {
      void reviewRefs(event.files);
      return;
    }
    if (event.event === 'case-waiting') {
      askFor(event.file);
      return;
    }
    if (event.event === 'review') {
      useSession.setState((state) => ({ review: state.review + 1 }));
      return;
    }
    client.call('host.current', {}).then(
      (current) => {
        useSession.setState((state) => ({ openCase: current.case, caseKnown: true, revision: state.revision + 1 }));
        if (current.case !== undefined) leaveStart();
      },
      () => {
        // Only a lost connection ends here, and that is shown by the connection itself.
      },
    );
  };
}
