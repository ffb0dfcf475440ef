/** How long the calls of one endpoint took in the whole case: what others of its calls are measured by. Units: ms. */
export interface UsualTime {
  readonly endpoint: string;
  /** Calls that it is taken from. */
  readonly timed: number;
  readonly medianMs: number;
  readonly p90Ms: number;
}

/** Calls below which nothing is usual: of fewer, the ninetieth percentile is one or two of them. */
const LEAST_TIMED = 20;
/** So many times what nine of ten calls stay below: over a handful of calls in a thousand, in the logs that this was tried on. */
const FACTOR = 2;
/** Differences that nobody waits for. Units: ms. */
const LEAST_DIFFERENCE = 20;

/** True for a call that took far longer than its endpoint does. Units: `durationMs` in ms. */
export const isSlower = (durationMs: number | undefined, usual: UsualTime | undefined): boolean =>
  durationMs !== undefined &&
  usual !== undefined &&
  usual.timed >= LEAST_TIMED &&
  durationMs > usual.p90Ms * FACTOR &&
  durationMs - usual.p90Ms >= LEAST_DIFFERENCE;
