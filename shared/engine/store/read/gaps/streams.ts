import type { SqlDriver } from '../../driver.ts';
import type { Minute, SourceActivity } from './activity.ts';

/** Share of a file's calls from which a host is one that it is about. */
const MAIN_HOST = 0.1;
/** Files that are cut at the hour or day overlap by calls that were still open. Units: minutes. */
const OVERLAP = 10;

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

/** The hosts that a file is about, and its format. */
interface Kind {
  readonly format: string;
  readonly hosts: ReadonlySet<number>;
}

function kindReader(db: SqlDriver): (activity: SourceActivity) => Kind {
  const format = db.prepare('SELECT format FROM source WHERE id = ?');
  const hosts = db.prepare('SELECT host_id AS host, count(*) AS calls FROM call WHERE source_id = ? AND host_id IS NOT NULL GROUP BY 1');
  return ({ source, calls }) => {
    const main = hosts.all<{ host: number; calls: number }>(source).filter((row) => row.calls >= MAIN_HOST * calls);
    return { format: format.get<{ format: string | null }>(source)?.format ?? '', hosts: new Set(main.map(({ host }) => host)) };
  };
}

/** True for files about a host in common; those that name no host at all are alike, too. */
const areAlike = (a: Kind, b: Kind): boolean =>
  a.format === b.format && ((a.hosts.size === 0 && b.hosts.size === 0) || [...a.hosts].some((host) => b.hosts.has(host)));

/** True for logs that tell of the same hosts: what pauses in both is traffic, what pauses in one is that log. */
export const areCompanions = (a: Stream, b: Stream): boolean => [...a.hosts].some((host) => b.hosts.has(host));

interface Growing extends Kind {
  readonly parts: SourceActivity[];
  until: number;
}

const bothOf = (a: Minute, b: Minute): Minute => ({
  at: a.at,
  calls: a.calls + b.calls,
  told: a.told.map((count, field) => count + (b.told[field] ?? 0)),
});

function toStream({ format, parts, hosts }: Growing): Stream {
  const [first, ...others] = parts;
  const minutes = new Map<number, Minute>();
  for (const part of parts)
    for (const minute of part.minutes) {
      const known = minutes.get(minute.at);
      // A minute in which one file ends and the next begins is one, with the calls of both.
      minutes.set(minute.at, known === undefined ? minute : bothOf(known, minute));
    }
  return {
    name: others.length === 0 ? (first?.name ?? '') : `${format} (${first?.name ?? ''} and ${others.length === 1 ? 'the file' : `${String(others.length)} files`} that ${others.length === 1 ? 'continues' : 'continue'} it)`,
    sources: parts.map(({ source }) => source),
    hosts,
    minutes: [...minutes.values()].sort((a, b) => a.at - b.at),
    calls: parts.reduce((sum, { calls }) => sum + calls, 0),
  };
} // prettier-ignore

/** Joins files of one format and host that follow one another. Shape: files that run side by side stay apart. */
export function joinStreams(db: SqlDriver, sources: readonly SourceActivity[]): readonly Stream[] {
  const kindOf = kindReader(db);
  const startOf = ({ minutes }: SourceActivity): number => minutes[0]?.at ?? 0;
  const streams: Growing[] = [];
  for (const activity of [...sources].sort((a, b) => startOf(a) - startOf(b) || (a.name < b.name ? -1 : 1))) {
    const kind = kindOf(activity);
    const until = activity.minutes.at(-1)?.at ?? 0;
    const known = streams.find((stream) => areAlike(stream, kind) && startOf(activity) >= stream.until - OVERLAP && until > stream.until);
    if (known === undefined) streams.push({ ...kind, parts: [activity], until });
    else {
      known.parts.push(activity);
      known.until = until;
    }
  }
  return streams.map(toStream);
}
