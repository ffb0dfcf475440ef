import { create } from 'zustand';
import type { AppError } from '#shared/contract/errors.ts';
import type { Progress } from '#shared/contract/methods.ts';
import type { HostReview } from '#shared/contract/intake-review.ts';
import type { FileRef } from '#shared/contract/table.ts';

/** Files on their way into a case, of which nothing is written yet. */
export type Intake =
  | { readonly kind: 'looking'; readonly names: readonly string[]; readonly progress: Progress | undefined }
  | { readonly kind: 'ready'; readonly names: readonly string[]; readonly refs: readonly FileRef[]; readonly review: HostReview }
  | { readonly kind: 'failed'; readonly names: readonly string[]; readonly error: AppError };

/** What is reviewed now, if anything. */
export const useIntake = create<{ readonly intake: Intake | undefined }>()(() => ({ intake: undefined }));
