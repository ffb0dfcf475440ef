import { AppError } from '#shared/contract/errors.ts';
import type { SpawnEngine, ToEngine } from '../engine/protocol.ts';

/** What is done to the passphrase of a case. Keys are those of `caseKeyFor` and `newCaseKey`; a plain case has none. */
export type RewriteOrder = Omit<Extract<ToEngine, { k: 'rewrite' }>, 'k'>;

/**
 * Gives a case another key in a process of its own; nobody else has it open meanwhile.
 * Errors: what the rewriting said; AppError `cancelled` when stopped, which leaves the case as it was.
 */
export function runRewrite(spawn: SpawnEngine, order: RewriteOrder, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const engine = spawn('work');
    const onAbort = (): void => {
      engine.kill();
    };
    let outcome: AppError | 'done' | undefined;
    engine.onMessage((message) => {
      if (message.k === 'rewritten') outcome = 'done';
      else if (message.k === 'failed') outcome = new AppError(message.error.code, message.error.message, message.error.details);
      else return;
      engine.send({ k: 'end' });
    });
    engine.onExit((why) => {
      signal.removeEventListener('abort', onAbort);
      if (outcome === 'done') resolve();
      else if (outcome !== undefined) reject(outcome);
      else if (signal.aborted) reject(new AppError('cancelled', 'it was stopped; the case is as it was'));
      else reject(new AppError('crashed', `the process that rewrote the case died: ${why}; the case is as it was`));
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    engine.send({ k: 'rewrite', ...order });
  });
}
