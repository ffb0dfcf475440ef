import { groupBy } from '../../../../lib/group-by.ts';
import { medianAndMad } from '../../../../lib/stats.ts';
import type { SideCall } from './side-call.ts';

/** One request in a capture and in a log. */
export interface Matched {
  readonly client: SideCall;
  readonly log: SideCall;
}

/** A log that saw requests of a capture, and how its clock stands to the capture's. */
export interface Aligned {
  readonly source: number;
  readonly matched: readonly Matched[];
  /** The log's clock minus the capture's, the median of all pairs. Units: µs. */
  readonly skew: number;
  /** Median distance of pairs from it. Units: µs. */
  readonly spread: number;
}

/**
 * What the clocks of two records of one request differ by: middles where both have durations (the assumption of NTP), else ends where the
 * log stamps ends or does not say, else starts. Units: µs; `undefined` without times.
 */
export function clockDifference({ client, log }: Matched): number | undefined {
  if (client.start === undefined || client.end === undefined || log.start === undefined || log.end === undefined) return undefined;
  if (log.hasDuration && client.hasDuration) return (log.start + log.end - client.start - client.end) / 2;
  return log.stampsEnd ? log.end - client.end : log.start - client.start;
}

/** Sorts pairs by log and measures each log's clock against the capture's. Shape: the log with most pairs first, then by name. */
export function alignLogs(pairs: readonly Matched[], nameOf: (source: number) => string): readonly Aligned[] {
  return [...groupBy(pairs, ({ log }) => log.source)]
    .map(([source, matched]) => {
      const differences = matched.flatMap((pair) => clockDifference(pair) ?? []);
      const { median, mad } = differences.length === 0 ? { median: 0, mad: 0 } : medianAndMad(differences);
      return { source, matched, skew: median, spread: mad };
    })
    .sort((a, b) => b.matched.length - a.matched.length || (nameOf(a.source) < nameOf(b.source) ? -1 : 1));
}
