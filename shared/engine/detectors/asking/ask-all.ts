import type { CodecPort } from '../../ports.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { Detector, DetectorOutcome } from '../detector.ts';
import { ask, toolsOf } from './ask.ts';
import type { SecondAsker } from './second-asker.ts';

interface AskOptions {
  readonly breathe: () => Promise<void>;
  readonly codec: CodecPort | undefined;
  /** Who takes every other question; ended when all are answered. */
  readonly openSecond: (() => SecondAsker | undefined) | undefined;
  /** Waits for work that does not breathe here; fails when the run is to stop. */
  readonly wait: ((work: Promise<void>) => Promise<void>) | undefined;
  readonly answered: (count: number) => void;
}

/**
 * Asks all detectors, two at a time where there is a second one to ask. What they find does not depend on who asked: each reads the case alone.
 * Shape: outcomes by id of the detector.
 */
export async function askAll(
  db: SqlDriver,
  chosen: readonly Detector[],
  { breathe, codec, openSecond, wait = (work) => work, answered }: AskOptions,
): Promise<ReadonlyMap<string, DetectorOutcome>> {
  const tools = toolsOf(db, codec);
  const outcomes = new Map<string, DetectorOutcome>();
  const waiting = chosen.toReversed();
  const put = (id: string, outcome: DetectorOutcome): void => {
    outcomes.set(id, outcome);
    answered(outcomes.size);
  };
  const here = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      put(next.id, await ask(next, db, breathe, tools));
      await breathe();
    }
  };
  const beside = async (asker: SecondAsker): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      try {
        put(next.id, await asker.ask(next.id));
      } catch {
        // Out of memory there, or stopped by what stops us here as well: this thread asks, and tells.
        waiting.push(next);
        return;
      }
    }
  };
  const second = openSecond?.();
  try {
    const other = second === undefined ? Promise.resolve() : beside(second);
    await here();
    await wait(other);
    await here();
  } catch (thrown) {
    // It is stopped too, but only at the end of its statement, seconds later in a large case: the analyst's next change does not wait for that.
    second?.end().catch(() => undefined);
    throw thrown;
  }
  await second?.end();
  return outcomes;
}
