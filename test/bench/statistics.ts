/** The value in the middle; of an even count the mean of the two. Errors: RangeError without values. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const before = sorted[Math.ceil(sorted.length / 2) - 1];
  if (middle === undefined || before === undefined) throw new RangeError('the median of nothing');
  return (middle + before) / 2;
}

/** The smallest value that at least 95 % do not exceed (nearest rank): of fewer than 20 values the largest. */
export function p95Of(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const found = sorted[Math.ceil(sorted.length * 0.95) - 1];
  if (found === undefined) throw new RangeError('the 95th percentile of nothing');
  return found;
}

/** `12 ms`, `3.42 s`. Units: ms. */
export function sayMillis(value: number): string {
  return value < 1000 ? `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms` : `${(value / 1000).toFixed(2)} s`;
}

/** `66.2 MB`, decimal; below ten thousand `87 bytes`. Units: bytes. */
export function sayBytes(value: number): string {
  if (Math.abs(value) < 1e4) return `${value.toFixed(0)} bytes`;
  if (Math.abs(value) < 1e6) return `${(value / 1e3).toFixed(1)} kB`;
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(2)} GB`;
}

/** `median 3.42 s of 3 runs, p95 3.60 s`. Units: ms. */
export function sayRuns(values: readonly number[]): string {
  return `median ${sayMillis(medianOf(values))} of ${String(values.length)} run${values.length === 1 ? '' : 's'}, p95 ${sayMillis(p95Of(values))}`;
}
