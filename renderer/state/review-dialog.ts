import { create } from 'zustand';

/** What the analyst is about to write on calls, or the log of all that was written. */
type ReviewDialog =
  { readonly kind: 'tag'; readonly refs: readonly string[] } | { readonly kind: 'note'; readonly ref: string } | { readonly kind: 'log' };

interface DialogStore {
  readonly open: ReviewDialog | undefined;
}

/** The dialog that stands over the window; any screen opens it, the frame draws it. */
export const useReviewDialog = create<DialogStore>()(() => ({ open: undefined }));

/** Opens a dialog, or closes the one that is. */
export function showReviewDialog(open: ReviewDialog | undefined): void {
  useReviewDialog.setState({ open });
}
