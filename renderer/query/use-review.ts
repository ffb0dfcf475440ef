import type { AppError } from '#shared/contract/errors.ts';
import type { ReviewChange } from '#shared/contract/review.ts';
import { setReviewError, useReviewStack } from '../state/review-stack.ts';
import { makeReviewChange, stepReview } from './review-actions.ts';

/** The analyst's own changes as a screen uses them. */
export interface Review {
  /** Resolves when it is done or refused; a refusal stands in `error`, nothing is thrown. */
  readonly change: (change: ReviewChange) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
  /** Why the last one was not done. */
  readonly error: AppError | undefined;
  readonly clearError: () => void;
}

const clearError = (): void => {
  setReviewError(undefined);
};
const undo = (): Promise<void> => stepReview('undo');
const redo = (): Promise<void> => stepReview('redo');

/** Tags, stars, marks, notes and views: makes changes, takes them back and does them again. */
export function useReview(): Review {
  const error = useReviewStack((state) => state.error);
  return {
    change: makeReviewChange,
    undo,
    redo,
    error,
    clearError,
  };
}
