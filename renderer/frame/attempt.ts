import { toAppError } from '#shared/contract/errors.ts';
import { logFailure } from '../state/task-log.ts';

/** Runs what a command began; a failure is listed under the background work, since no screen waits for it. */
export function attempt(title: string, work: Promise<void>): void {
  work.catch((thrown: unknown) => {
    logFailure(title, toAppError(thrown));
  });
}
