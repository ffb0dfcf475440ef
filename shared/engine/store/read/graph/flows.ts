import type { FlowShape } from './flow-index.ts';

/** Calls that came about alike, counted. */
export interface Flow extends FlowShape {
  readonly calls: number;
  /** Of those, as `is:failed` finds them. */
  readonly failed: number;
  readonly timed: number;
  /** Of those with a time; `Infinity` and `-Infinity` without one. Units: epoch µs. */
  readonly first: number;
  readonly last: number;
}

/** Counts calls by the number of their flow. */
export interface FlowTally {
  /** `time`: NaN or null where the evidence has none. */
  add(flow: number, time: number | null, hasFailed: boolean): void;
  /** Those of the shapes that have a call. */
  flows(shapes: readonly FlowShape[]): readonly Flow[];
}

type Count = { -readonly [K in Exclude<keyof Flow, keyof FlowShape>]: Flow[K] };

/** An empty tally. Units: some hundred bytes a flow, nothing a call. */
export function flowTally(): FlowTally {
  const counts: (Count | undefined)[] = [];
  return {
    add(flow, time, hasFailed) {
      const count = (counts[flow] ??= { calls: 0, failed: 0, timed: 0, first: Infinity, last: -Infinity });
      count.calls += 1;
      if (hasFailed) count.failed += 1;
      if (time === null || Number.isNaN(time)) return;
      count.timed += 1;
      if (time < count.first) count.first = time;
      if (time > count.last) count.last = time;
    },
    flows: (shapes) =>
      shapes.flatMap((shape, number) => {
        const count = counts[number];
        return count === undefined ? [] : [{ ...shape, ...count }];
      }),
  };
}
