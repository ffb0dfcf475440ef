import { AppError } from '../contract/errors.ts';
import type { EnginePorts } from './ports.ts';

/** Longest stretch without letting other work in, well below what a person notices. Units: ms. */
const LONGEST_STRETCH = 30;

/** Makes the function that long loops await: cheap to call often, yields when it is time, throws `cancelled` when asked to stop. */
export function breather(ports: Pick<EnginePorts, 'clock' | 'yieldToEvents'>, signal: AbortSignal): () => Promise<void> {
  let last = ports.clock();
  return async () => {
    if (ports.clock() - last < LONGEST_STRETCH) return;
    await ports.yieldToEvents();
    last = ports.clock();
    if (signal.aborted) throw signal.reason instanceof AppError ? signal.reason : new AppError('cancelled', 'cancelled on request');
  };
}
