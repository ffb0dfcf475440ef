import type { PassphraseDeed } from '../state/passphrase-dialog.ts';
import { useReadOnly } from '../state/read-only.ts';
import { useSession } from '../state/session.ts';

interface OfferedDeed {
  readonly deed: PassphraseDeed;
  readonly title: string;
  /** Why it cannot be done now. */
  readonly refusal: string | undefined;
}

const TITLES: Readonly<Record<PassphraseDeed, string>> = {
  set: 'Encrypt this case…',
  change: 'Change its passphrase…',
  remove: 'Remove its passphrase…',
};

/** What can be done to the passphrase of the open case, for its menu and the palette. */
export function usePassphraseDeeds(): readonly OfferedDeed[] {
  const isOpen = useSession((state) => state.openCase !== undefined);
  const isEncrypted = useSession((state) => state.openCase?.encrypted === true);
  const isBusy = useSession((state) => state.importing?.kind === 'running');
  const readOnly = useReadOnly();
  const always = !isOpen ? 'Opens with a case' : isBusy ? 'An import is running' : readOnly;
  return (['set', 'change', 'remove'] as const).map((deed) => ({
    deed,
    title: TITLES[deed],
    refusal:
      always ?? ((deed === 'set') === isEncrypted ? (isEncrypted ? 'This case is encrypted' : 'This case is not encrypted') : undefined),
  }));
}
