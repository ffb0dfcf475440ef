import type { InputOf } from '#shared/contract/methods.ts';
import type { HostMethods } from '#shared/contract/table.ts';
import type { LockedCase } from '../state/passphrase-dialog.ts';
import { useSession } from '../state/session.ts';
import { getClient, showOpened } from './cases.ts';

/** Opens a case with its passphrase, or lets the open one be compared with it. Errors: AppError `wrong-passphrase` among others. */
export async function unlock(locked: LockedCase, passphrase: string): Promise<void> {
  const client = getClient();
  switch (locked.kind) {
    case 'listed':
      showOpened(await client.call('host.openCase', { id: locked.id, passphrase }));
      return;
    case 'waiting':
      showOpened(await client.call('host.openWaiting', { passphrase }));
      return;
    case 'compared':
      await client.call('host.unlock', { id: locked.id, passphrase });
      useSession.setState((state) => ({ revision: state.revision + 1 }));
  }
}

/** Encrypts the open case, gives it another passphrase, or none. Errors: AppError; the case is then as it was. */
export async function changePassphrase(order: InputOf<HostMethods['host.setPassphrase']>, signal: AbortSignal): Promise<void> {
  const openCase = await getClient().call('host.setPassphrase', order, { signal });
  useSession.setState((state) => ({ openCase, caseKnown: true, revision: state.revision + 1 }));
}
