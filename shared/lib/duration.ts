interface Unit {
  readonly seconds: number;
  readonly word: string;
  readonly sign: string;
}

const UNITS: readonly Unit[] = [
  { seconds: 365 * 86_400, word: 'year', sign: 'y' },
  { seconds: 86_400, word: 'day', sign: 'd' },
  { seconds: 3600, word: 'hour', sign: 'h' },
  { seconds: 60, word: 'minute', sign: 'm' },
  { seconds: 1, word: 'second', sign: 's' },
];

/** A whole number of one unit of time, as in the 12 hours of "1 day 12 hours". */
export interface DurationPart {
  readonly count: number;
  readonly word: string;
  readonly sign: string;
}

/**
 * A length of time in its two largest units, rounded to the smaller one; nothing below half a second.
 * Screens, findings and reports all say lengths of time so: 36 hours here and 1 day 12 hours there look like two facts.
 * Units: seconds. Example: 129,600 gives 1 day and 12 hours, 3,599.8 gives 1 hour.
 */
export function toDurationParts(seconds: number): readonly DurationPart[] {
  const last = UNITS.length - 1;
  const largest = UNITS.findIndex((unit) => seconds >= unit.seconds);
  const step = UNITS[largest < 0 ? last : Math.min(largest + 1, last)]?.seconds ?? 1;
  let rest = Math.round(seconds / step) * step;
  // Rounding may reach the next larger unit, which is why units are looked for again.
  return UNITS.flatMap(({ seconds: size, word, sign }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [{ count, word, sign }];
  });
}

/** A length of time in sentences: `1 day 12 hours`, `15 minutes`, `less than a second`. Units: seconds. */
export function durationText(seconds: number): string {
  const parts = toDurationParts(seconds);
  if (parts.length === 0) return seconds === 0 ? '0 seconds' : 'less than a second';
  return parts.map(({ count, word }) => `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`).join(' ');
}
