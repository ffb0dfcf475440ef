import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FromReader, ReaderThreads } from '#shared/engine/reading/protocol.ts';
import { threadEntry } from './thread-entry.ts';

/** More threads than this wait for the one that writes. */
export const MAX_THREADS = 4;
/** Ceiling of a thread's JavaScript heap: a hostile file ends its reader instead of the process. Units: MiB. */
export const THREAD_HEAP_LIMIT = 2048;
/** Room for short-lived objects: with the default of 16 collecting them took a fifth of the time, and 64 gave 70 MB more at the peak. Units: MiB. */
const YOUNG_LIMIT = 32;

/** Reader threads of this process; `undefined` where the program has no entry for them. */
export function readerThreads(
  entry: string | undefined = threadEntry('reader'),
  count: number = Math.min(availableParallelism(), MAX_THREADS),
): ReaderThreads | undefined {
  if (entry === undefined) return undefined;
  return {
    count,
    start(keys) {
      const worker = new Worker(entry, {
        workerData: keys,
        resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_LIMIT, maxYoungGenerationSizeMb: YOUNG_LIMIT },
      });
      let isOver = false;
      return {
        post(message, moved) {
          worker.postMessage(message, moved as ArrayBuffer[]); // the engine's type library has no transferables
        },
        onMessage(listener) {
          worker.on('message', (message: FromReader) => {
            listener(message);
          });
        },
        onDeath(listener) {
          const tell = (why: string): void => {
            if (!isOver) listener(why);
            isOver = true;
          };
          worker.on('error', (error: unknown) => {
            tell(error instanceof Error ? error.message : String(error));
          });
          worker.on('exit', (code) => {
            tell(`it ended with code ${String(code)}`);
          });
        },
        end() {
          isOver = true;
          void worker.terminate();
        },
      };
    },
  };
}
