import { create } from 'zustand';

/** A case that opens with its passphrase only: of the list, named outside of the window, or one to compare the open case with. */
export type LockedCase =
  | { readonly kind: 'listed'; readonly id: string; readonly name: string }
  | { readonly kind: 'waiting'; readonly name: string }
  | { readonly kind: 'compared'; readonly id: string; readonly name: string };

/** What may be done to the passphrase of the open case. */
export type PassphraseDeed = 'set' | 'change' | 'remove';

type PassphraseDialog =
  { readonly kind: 'unlock'; readonly locked: LockedCase } | { readonly kind: 'change'; readonly deed: PassphraseDeed };

interface DialogStore {
  readonly open: PassphraseDialog | undefined;
}

/** The dialog that asks for a passphrase; it never holds one: what is typed lives in the field, and goes with it. */
export const usePassphraseDialog = create<DialogStore>()(() => ({ open: undefined }));

/** Opens the dialog, or closes the one that is. */
export function showPassphraseDialog(open: PassphraseDialog | undefined): void {
  usePassphraseDialog.setState({ open });
}
