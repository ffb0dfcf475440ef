import type { SqlDriver } from '../../driver.ts';
import { MINUTE, readActivity } from './activity.ts';
import { findSilences, type Silence } from './silences.ts';
import { areCompanions, joinStreams, type Stream } from './streams.ts';

/** A stretch for which a log is missing. Units: µs; `to` is the first time with calls again. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

/** Silences of one log, against those of the same hosts. */
export const silencesOf = (stream: Stream, streams: readonly Stream[]): readonly Silence[] =>
  findSilences(
    stream,
    streams.filter((other) => other !== stream && areCompanions(stream, other)),
  );

/**
 * Principals half of whose calls are to endpoints that a log tells of, whatever host each log gives them: what they did while it was silent is not known,
 * though another log (that of one of several servers behind it) may show a part.
 */
const BLINDED = `
  WITH told AS MATERIALIZED (
    SELECT DISTINCT e.method, e.template FROM json_each(?) j JOIN call c ON c.source_id = j.value JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id)
  SELECT f.principal_id AS principal FROM call_fact f JOIN endpoint e ON e.id = f.endpoint_id
   WHERE f.principal_id IS NOT NULL GROUP BY 1 HAVING 2 * sum((e.method, e.template) IN told) >= count(*)`;

/** Holes of the logs, by the principals whose calls are missing in them. Cost: one walk over the calls, and one more for each log with a hole. */
export async function readHoles(db: SqlDriver, breathe: () => Promise<void>): Promise<(principal: number) => readonly Hole[]> {
  const streams = joinStreams(db, await readActivity(db, breathe));
  const holes = new Map<number, Hole[]>();
  for (const stream of streams) {
    const found = silencesOf(stream, streams).map(({ from, to }): Hole => ({ from: from * MINUTE, to: to * MINUTE }));
    await breathe();
    if (found.length === 0) continue;
    for (const { principal } of db.prepare(BLINDED).all<{ principal: number }>(JSON.stringify(stream.sources)))
      holes.set(principal, [...(holes.get(principal) ?? []), ...found]);
    await breathe();
  }
  return (principal) => holes.get(principal) ?? [];
}
