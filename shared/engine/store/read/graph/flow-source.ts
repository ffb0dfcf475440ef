import type { FlowShape } from './flow-index.ts';
import type { Flow } from './flows.ts';

/** The calls that fit a query, as the pictures of the Graph screen count them; where they are read from is no matter of theirs. */
export interface FlowSource {
  readonly flows: () => Promise<readonly Flow[]>;
  /** Row ids of calls whose flow `fits` names, ascending, the first `most`. */
  readonly callsOf: (fits: (shape: FlowShape) => boolean, most: number) => Promise<readonly number[]>;
  /**
   * Hears when the calls with a time were made: caller by row id, time in epoch µs. Those of one caller may come together, at the begin of
   * a slice that divides `step`. Units: `step` in µs.
   */
  readonly times: (step: number, visit: (principal: number, time: number, calls: number) => void) => Promise<void>;
}
