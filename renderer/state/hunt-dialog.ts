import { create } from 'zustand';
import type { SavedDetectorRow, SimilarTo, SuppressionScope } from '#shared/contract/hunting.ts';

/** What the analyst hunts with: calls like others, a query as a detector, a rule that sets findings aside. */
type HuntDialog =
  | { readonly kind: 'similar'; readonly to: SimilarTo }
  | { readonly kind: 'detector'; readonly query: string; /** One that is there already. */ readonly saved?: SavedDetectorRow }
  | { readonly kind: 'suppress'; readonly scope: SuppressionScope };

interface DialogStore {
  readonly open: HuntDialog | undefined;
}

/** The dialog that stands over the window; any screen opens it, the frame draws it. */
export const useHuntDialog = create<DialogStore>()(() => ({ open: undefined }));

/** Opens a dialog, or closes the one that is. */
export function showHuntDialog(open: HuntDialog | undefined): void {
  useHuntDialog.setState({ open });
}
