/** What the writers of extended logs do differently. */
export interface W3cDialect {
  /** Factor from `time-taken` to milliseconds. */
  readonly takenFactor: 1 | 1000;
  /** True when nobody says in which unit `time-taken` stands. */
  readonly isTakenGuessed: boolean;
  /** True when the writer documents that `date` and `time` are UTC. */
  readonly isUtc: boolean;
  /** How blanks stand inside of values that are not quoted. */
  readonly blanks: 'plus' | 'percent' | 'plain';
  /** What `date` and `time` stamp. */
  readonly timeKind: 'start' | 'end';
}

/**
 * The dialect of a log, by its `#Software` and its columns.
 * Source: Microsoft (time-taken in ms, UTC, `+` for blanks), CloudFront (s, UTC, percent-encoded), Blue Coat SGOS (ms, UTC);
 *         W3C WD-logfile for the rest: seconds. Incapsula stamps the start of the request, which its `cs-start` repeats.
 */
export function toDialect(software: string, columns: readonly string[]): W3cDialect {
  const has = (name: string): boolean => columns.includes(name);
  if (has('x-edge-location')) return { takenFactor: 1000, isTakenGuessed: false, isUtc: true, blanks: 'percent', timeKind: 'end' };
  if (/microsoft|internet information|\bIIS\b/i.test(software) || has('sc-win32-status') || has('sc-substatus'))
    return { takenFactor: 1, isTakenGuessed: false, isUtc: true, blanks: 'plus', timeKind: 'end' };
  if (/\bSGOS\b/i.test(software)) return { takenFactor: 1, isTakenGuessed: false, isUtc: true, blanks: 'plain', timeKind: 'end' };
  const isIncapsula = /incapsula/i.test(software);
  return { takenFactor: 1000, isTakenGuessed: !isIncapsula, isUtc: isIncapsula, blanks: 'plain', timeKind: isIncapsula ? 'start' : 'end' };
}
