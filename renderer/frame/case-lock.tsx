import { Lock, LockOpen } from 'lucide-react';
import { showPassphraseDialog } from '../state/passphrase-dialog.ts';
import { Menu } from '../widgets/menu.tsx';
import { usePassphraseDeeds } from './use-passphrase-deeds.ts';
import { useSession } from '../state/session.ts';

/** Whether the open case is encrypted, and what can be done about it. */
export function CaseLock() {
  const isEncrypted = useSession((state) => state.openCase?.encrypted === true);
  const deeds = usePassphraseDeeds();
  const Icon = isEncrypted ? Lock : LockOpen;
  return (
    <Menu
      label={isEncrypted ? 'Passphrase: this case is encrypted' : 'Passphrase: this case is not encrypted'}
      align="start"
      items={deeds.map(({ deed, title, refusal }) => ({
        id: deed,
        label: title,
        disabled: refusal,
        run: () => {
          showPassphraseDialog({ kind: 'change', deed });
        },
      }))}
    >
      <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
    </Menu>
  );
}
