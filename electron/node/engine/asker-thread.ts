import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/contract/errors.ts';
import type { DetectorOutcome } from '#shared/engine/detectors/detector.ts';
import type { FromAsker, OpenSecondAsker, SecondAsker, ToAsker } from '#shared/engine/detectors/asking/second-asker.ts';
import type { CaseKey } from '../encryption/case-key.ts';
import { THREAD_HEAP_LIMIT } from './reader-threads.ts';
import { threadEntry } from './thread-entry.ts';

/** What an asker opens: the case, with the key that it has if it is encrypted. */
export interface AskedCase {
  readonly casePath: string;
  readonly key?: CaseKey | undefined;
}

/** A thread of this process that asks detectors of a case; `undefined` where the program has no entry for it. */
export function openSecondAsker(asked: AskedCase, entry: string | undefined = threadEntry('asker')): SecondAsker | undefined {
  if (entry === undefined) return undefined;
  const worker = new Worker(entry, { workerData: asked, resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_LIMIT } });
  const waiting = new Map<string, { readonly resolve: (outcome: DetectorOutcome) => void; readonly reject: (why: AppError) => void }>();
  let gone: AppError | undefined;
  const fail = (why: string): void => {
    gone ??= new AppError('internal', `the second thread of the analysis is gone: ${why}`);
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on('message', ({ detector, outcome }: FromAsker) => {
    const asker = waiting.get(detector);
    waiting.delete(detector);
    if (outcome === undefined) asker?.reject(new AppError('internal', `${detector} failed in the second thread of the analysis`));
    else asker?.resolve(outcome);
  });
  worker.on('error', (error: unknown) => {
    fail(error instanceof Error ? error.message : String(error));
  });
  worker.on('exit', (code) => {
    fail(`it ended with code ${String(code)}`);
  });
  return {
    ask(detector) {
      if (gone !== undefined) return Promise.reject(gone);
      return new Promise((resolve, reject) => {
        waiting.set(detector, { resolve, reject });
        worker.postMessage({ detector } satisfies ToAsker);
      });
    },
    async end() {
      // Its connection goes with it: better-sqlite3 closes what an ending thread has open.
      await worker.terminate();
    },
  };
}

/** The second threads of one process. Lifetime: an open case. */
interface SecondAskers {
  readonly open: OpenSecondAsker;
  /** Waits until none has the case open: one whose analysis was cancelled may be in the middle of a statement. */
  ended(): Promise<void>;
}

/** Opens second threads and keeps in mind which of them still have the case open. `key`: of the case, if it is encrypted. */
export function secondAskers(key: CaseKey | undefined, open: typeof openSecondAsker = openSecondAsker): SecondAskers {
  const ending = new Set<Promise<void>>();
  return {
    open(casePath) {
      const asker = open({ casePath, key });
      if (asker === undefined) return undefined;
      return {
        ask: (detector) => asker.ask(detector),
        end() {
          const ended: Promise<void> = asker.end().finally(() => ending.delete(ended));
          ending.add(ended);
          return ended;
        },
      };
    },
    async ended() {
      await Promise.allSettled(ending);
    },
  };
}
