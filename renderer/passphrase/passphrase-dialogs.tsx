import './passphrase.css';
import { showPassphraseDialog, usePassphraseDialog } from '../state/passphrase-dialog.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { UnlockDialog } from './unlock-dialog.tsx';

const close = (): void => {
  showPassphraseDialog(undefined);
};

/** The dialogs that ask for a passphrase; drawn by the frame, opened from any screen. */
export function PassphraseDialogs() {
  const open = usePassphraseDialog((state) => state.open);
  if (open === undefined) return null;
  return open.kind === 'unlock' ? <UnlockDialog locked={open.locked} onClose={close} /> : <ChangeDialog deed={open.deed} onClose={close} />;
}
