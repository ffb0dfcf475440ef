/** Before this much work time nothing is said: the first rates of a job are far off. Units: ms. */
const SAY_AFTER = 3000;
/** Shortest stretch that a rate is taken over: batches come in bursts. Units: ms. */
const STRETCH = 250;
/** Rates kept for the median: the last five seconds of work, and more of a slow one. */
const KEEP = 20;

export interface Eta {
  /** Tells how far the job is; returns the remaining time in ms, or `undefined` while it cannot be told. */
  push(done: number, total: number | undefined, now: number): number | undefined;
  /** The job is held: the time until the next `push` is no work time. */
  hold(): void;
}

/** Estimates remaining time from the median of the recent rates, so that one slow batch does not make it jump. */
export function createEta(startedAt: number): Eta {
  let last: { readonly done: number; readonly at: number } | undefined;
  const rates: number[] = [];
  return {
    push(done, total, now) {
      // A new step counts from the beginning again; its rate has nothing to do with the last one's.
      if (last !== undefined && done < last.done) {
        rates.length = 0;
        last = undefined;
      }
      if (last === undefined) last = { done, at: now };
      else if (now - last.at >= STRETCH && done > last.done) {
        rates.push((done - last.done) / (now - last.at));
        if (rates.length > KEEP) rates.shift();
        last = { done, at: now };
      }
      const rate = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)];
      if (total === undefined || rate === undefined || now - startedAt < SAY_AFTER) return undefined;
      return Math.max(0, (total - done) / rate);
    },
    hold() {
      last = undefined;
    },
  };
}
