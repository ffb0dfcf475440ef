import { joinLogs, type LogFile } from '../../../../model/log-files.ts';
import type { SqlDriver } from '../../driver.ts';
import { MINUTE, type Minute, type SourceActivity } from './activity.ts';

/** Share of a file's calls from which a host is one that it is about. */
const MAIN_HOST = 0.1;

/** Files that continue one another: one log, cut by the hour or the day. */
export interface Stream {
  readonly name: string;
  /** Files in the order of their times. */
  readonly sources: readonly number[];
  /** Row ids of the hosts that most calls are about; empty where the files name none. */
  readonly hosts: ReadonlySet<number>;
  readonly minutes: readonly Minute[];
  readonly calls: number;
}

/** A file, and the hosts that it is about. */
interface Part extends LogFile {
  readonly activity: SourceActivity;
  readonly hosts: ReadonlySet<number>;
}

function partReader(db: SqlDriver): (activity: SourceActivity) => Part {
  const format = db.prepare('SELECT format FROM source WHERE id = ?');
  const hosts = db.prepare('SELECT host_id AS host, count(*) AS calls FROM call WHERE source_id = ? AND host_id IS NOT NULL GROUP BY 1');
  return (activity) => {
    const { source, name, minutes, calls } = activity;
    const main = hosts.all<{ host: number; calls: number }>(source).filter((row) => row.calls >= MAIN_HOST * calls);
    return {
      activity,
      name,
      format: format.get<{ format: string | null }>(source)?.format ?? '',
      first: (minutes[0]?.at ?? 0) * MINUTE,
      last: (minutes.at(-1)?.at ?? 0) * MINUTE,
      hosts: new Set(main.map(({ host }) => host)),
    };
  };
}

/** True for a file about a host of the one before it that goes on longer; files that name no host at all are alike, too. */
const goesOn = (before: Part, { hosts, last }: Part): boolean =>
  last > before.last && ((before.hosts.size === 0 && hosts.size === 0) || [...before.hosts].some((host) => hosts.has(host)));

/** True for logs that tell of the same hosts: what pauses in both is traffic, what pauses in one is that log. */
export const areCompanions = (a: Stream, b: Stream): boolean => [...a.hosts].some((host) => b.hosts.has(host));

const bothOf = (a: Minute, b: Minute): Minute => ({
  at: a.at,
  calls: a.calls + b.calls,
  told: a.told.map((count, field) => count + (b.told[field] ?? 0)),
});

function toStream(parts: readonly Part[]): Stream {
  const [first, ...others] = parts;
  const minutes = new Map<number, Minute>();
  for (const { activity } of parts)
    for (const minute of activity.minutes) {
      const known = minutes.get(minute.at);
      // A minute in which one file ends and the next begins is one, with the calls of both.
      minutes.set(minute.at, known === undefined ? minute : bothOf(known, minute));
    }
  return {
    name: others.length === 0 ? (first?.name ?? '') : `${first?.format ?? ''} (${first?.name ?? ''} and ${others.length === 1 ? 'the file' : `${String(others.length)} files`} that ${others.length === 1 ? 'continues' : 'continue'} it)`,
    sources: parts.map(({ activity }) => activity.source),
    hosts: new Set(parts.flatMap(({ hosts }) => [...hosts])),
    minutes: [...minutes.values()].sort((a, b) => a.at - b.at),
    calls: parts.reduce((sum, { activity }) => sum + activity.calls, 0),
  };
} // prettier-ignore

/**
 * Joins files of one format that follow one another. Whether they are one log is told by their hosts here, not by their names: a log that was given
 * another name falls silent all the same. Shape: files that run side by side stay apart.
 */
export const joinStreams = (db: SqlDriver, sources: readonly SourceActivity[]): readonly Stream[] =>
  joinLogs(sources.map(partReader(db)), ({ format }) => format, goesOn).map(toStream);
