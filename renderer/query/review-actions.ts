import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { ReviewChange } from '#shared/contract/review.ts';
import { dropStep, moveStep, pushChange, setReviewError, useReviewStack } from '../state/review-stack.ts';
import { useSession } from '../state/session.ts';
import type { SpoorClient } from '#shared/contract/table.ts';

// Changes go one after the other: a quick second Ctrl+Z must see what the first one did to the stacks.
let tail: Promise<void> = Promise.resolve();

/**
 * Runs `work` in turn, on the case that is open now: when another one has been opened before its turn, nothing is done. What it gives
 * is put on the stacks unless another case was opened meanwhile; what it throws becomes the error shown.
 */
function inTurn(work: (client: SpoorClient, keep: (record: () => void) => void) => Promise<void>): Promise<void> {
  const { openCase } = useSession.getState();
  const isSame = (): boolean => useSession.getState().openCase?.id === openCase?.id;
  tail = tail.then(async () => {
    if (!isSame()) return;
    const { client } = useSession.getState();
    try {
      if (client === undefined) throw new AppError('disconnected', 'the engine is not connected');
      await work(client, (record) => {
        if (isSame()) record();
      });
    } catch (thrown) {
      if (isSame()) setReviewError(toAppError(thrown));
    }
  });
  return tail;
}

/** Makes a change; what is so already is left so and cannot be undone. Resolves when the case has it, or the error stands in the stack. */
export const makeReviewChange = (change: ReviewChange): Promise<void> =>
  inTurn(async (client, keep) => {
    const { entry, changed } = await client.call('review.change', { change });
    keep(() => {
      if (entry === 0) setReviewError(undefined);
      else pushChange({ entry, change, changed });
    });
  });

/** Takes the last change back, or does the one last taken back again. */
export const stepReview = (from: 'undo' | 'redo'): Promise<void> =>
  inTurn(async (client, keep) => {
    const step = useReviewStack.getState()[from].at(-1);
    if (step === undefined) return;
    try {
      const { entry } = await client.call('review.undo', { entry: step.entry });
      keep(() => {
        moveStep(from, step, entry);
      });
    } catch (thrown) {
      const error = toAppError(thrown);
      // It will be refused each time; left on top it would keep all earlier ones from being taken back.
      if (error.code !== 'changed-since' && error.code !== 'not-found') throw error;
      keep(() => {
        dropStep(from, step, error);
      });
    }
  });
