/** How far outside its own dates a token may be used before it counts as stale: clocks of well kept hosts differ by less. Units: µs. */
export const CLOCK_TOLERANCE = 60_000_000;
