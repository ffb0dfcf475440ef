/** Whole numbers in a record that a double may not hold. */
const LONG_NUMBER = /(?<![\d.])\d{16,20}(?![\d.eE])/g;

/**
 * A number as its record wrote it: times in nanoseconds have more digits than a parsed number keeps.
 * Shape: `undefined` when the record's text does not tell which digits they were; better none than others.
 */
export function writtenNumber(value: number, record: string): string | undefined {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return String(value);
  const written = new Set((record.match(LONG_NUMBER) ?? []).filter((digits) => Number(digits) === value));
  const [only] = written;
  return written.size === 1 ? only : undefined;
}
