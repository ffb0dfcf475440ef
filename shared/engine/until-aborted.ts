import { AppError } from '../contract/errors.ts';

/**
 * Answers a cancel at once, while the work itself stops at its next breath; what others wait for as well goes on.
 * Errors: AppError `cancelled`, or what the work throws.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason instanceof AppError ? signal.reason : new AppError('cancelled', 'cancelled on request'));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
