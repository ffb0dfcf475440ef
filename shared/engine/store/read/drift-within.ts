import { driftBetween, type BaselineDrift, type DriftSide } from '../../../model/baseline-drift.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../driver.ts';
import { getMeta } from '../meta.ts';

interface Split {
  readonly key: string;
  readonly kind: string;
  readonly before: number;
  readonly after: number;
}

/**
 * Programs that are known by more than their network. People and strangers come and go all day, so that their coming says nothing; the
 * same holds for the choice of the window.
 */
const IS_PROGRAM = "kind IN ('agent', 'service') AND weak = 0";

/**
 * Calls that the totals of principals and endpoints hold and the baseline does not: further sightings of a call, and calls without a time,
 * which lie neither before nor after anything.
 */
const NOT_COUNTED = `SELECT f.principal_id AS principal, f.endpoint_id AS endpoint, count(*) AS calls FROM call_fact f
    WHERE f.same_as IS NOT NULL GROUP BY 1, 2
  UNION ALL SELECT f.principal_id, f.endpoint_id, count(*) FROM call c JOIN call_fact f ON f.call_id = c.id
    WHERE c.time IS NULL AND f.same_as IS NULL GROUP BY 1, 2`;

const sideOf = (
  [from, to]: readonly [number, number],
  part: 'before' | 'after',
  principals: readonly Split[],
  endpoints: readonly Split[],
): DriftSide => {
  const seen = (rows: readonly Split[]) =>
    rows.filter((row) => row[part] > 0).map((row) => ({ key: row.key, kind: row.kind, calls: row[part] }));
  const timeOf = (time: number): string => printTime(epochMicros(time));
  return { from: timeOf(from), to: timeOf(to), principals: seen(principals), endpoints: seen(endpoints), pairs: [] };
};

/** Endpoints that a program called for the first time, where both were known before. */
const newPairs = (db: SqlDriver, told: ReadonlySet<string | undefined>): readonly BaselineDrift[] =>
  db
    .prepare(
      `SELECT p.key AS principal, e.key AS endpoint FROM baseline b JOIN principal p ON p.id = b.principal_id JOIN endpoint e ON e.id = b.endpoint_id
       WHERE b.is_new = 1 AND ${IS_PROGRAM} ORDER BY p.key, e.key`,
    )
    .all<{ principal: string; endpoint: string }>()
    .filter(({ principal, endpoint }) => !told.has(principal) && !told.has(endpoint))
    .map(({ principal, endpoint }) => ({ what: 'pair', principal, endpoint, change: 'new' }));

/**
 * What changed from the usual time of this case to the time after it; undefined without a usual time or without a time after it.
 * Shape: hosts, programs, endpoints, then endpoints that are new to their program, of which no rates are known.
 * Cost:  one walk over principals and endpoints, over further sightings and over calls without a time.
 */
export function driftWithin(db: SqlDriver): readonly BaselineDrift[] | undefined {
  const [from, to] = [Number(getMeta(db, 'baseline_from') ?? NaN), Number(getMeta(db, 'baseline_to') ?? NaN)];
  // Cases of earlier versions did not keep where the evidence ends once clocks that run ahead are left out.
  const end = Number(
    getMeta(db, 'baseline_end') ?? db.prepare('SELECT max(time) AS last FROM call').get<{ last: number | null }>()?.last ?? NaN,
  );
  if (Number.isNaN(from) || !(end > to)) return undefined;
  const notCounted = db.prepare(NOT_COUNTED).all<{ principal: number | null; endpoint: number | null; calls: number }>();
  const split = (by: 'principal' | 'endpoint', sql: string): readonly Split[] => {
    const without = new Map<number | null, number>();
    for (const row of notCounted) without.set(row[by], (without.get(row[by]) ?? 0) + row.calls);
    return db
      .prepare(sql)
      .all<{ id: number; key: string; kind: string; calls: number; before: number }>()
      .map(({ id, key, kind, calls, before }) => ({ key, kind, before, after: Math.max(0, calls - before - (without.get(id) ?? 0)) }));
  };
  const principals = split(
    'principal',
    `SELECT p.id, p.key, p.kind, p.calls, b.calls AS before FROM principal p JOIN baseline b ON b.principal_id = p.id AND b.endpoint_id IS NULL
     WHERE ${IS_PROGRAM} ORDER BY p.key`,
  );
  const endpoints = split(
    'endpoint',
    `SELECT e.id, e.key, '' AS kind, e.calls, b.calls AS before FROM endpoint e JOIN baseline b ON b.endpoint_id = e.id AND b.principal_id IS NULL
     ORDER BY e.key`,
  );
  const alone = driftBetween(sideOf([from, to], 'before', principals, endpoints), sideOf([to, end], 'after', principals, endpoints));
  const come = alone.filter(({ change }) => change === 'new' || change === 'gone');
  return [...alone, ...newPairs(db, new Set(come.map(({ principal, endpoint }) => principal ?? endpoint)))];
}
