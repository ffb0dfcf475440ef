import { create } from 'zustand';
import type { ReviewChange } from '#shared/contract/review.ts';
import type { AppError } from '#shared/contract/errors.ts';

/** A change that can be taken back: its entry in the case's log, what it was, and how many calls it changed. */
export interface ReviewStep {
  readonly entry: number;
  readonly change: ReviewChange;
  readonly changed: number;
}

interface ReviewStack {
  /** Latest last. */
  readonly undo: readonly ReviewStep[];
  readonly redo: readonly ReviewStep[];
  /** Why the last change, undo or redo was not done; goes with the next one that is. */
  readonly error: AppError | undefined;
}

/** What this window did to the open case's tags, notes, marks and views, for Undo and Redo. Empty when another case opens. */
export const useReviewStack = create<ReviewStack>()(() => ({ undo: [], redo: [], error: undefined }));

/** Puts a new change on top; what had been taken back before it can no longer be redone. */
export function pushChange(step: ReviewStep): void {
  useReviewStack.setState((state) => ({ undo: [...state.undo, step], redo: [], error: undefined }));
}

/** Moves the step on top of one stack to the other, under the entry that took it back. */
export function moveStep(from: 'undo' | 'redo', step: ReviewStep, entry: number): void {
  const to = from === 'undo' ? 'redo' : 'undo';
  useReviewStack.setState((state) => ({
    ...state,
    [from]: state[from].filter((each) => each.entry !== step.entry),
    [to]: [...state[to], { ...step, entry }],
    error: undefined,
  }));
}

/** Forgets a step that can never be taken back again, and says why. */
export function dropStep(from: 'undo' | 'redo', step: ReviewStep, error: AppError): void {
  useReviewStack.setState((state) => ({ ...state, [from]: state[from].filter((each) => each.entry !== step.entry), error }));
}

/** Says why a change was not made, or `undefined` to say nothing any more. */
export function setReviewError(error: AppError | undefined): void {
  useReviewStack.setState({ error });
}

/** Forgets everything: another case is open. */
export function clearReviewStack(): void {
  useReviewStack.setState(useReviewStack.getInitialState(), true);
}
