import { betaBinomialTail } from '../../../lib/count-tail.ts';
import { falseDiscoveryRates } from '../../../lib/rarity.ts';
import { epochMicros, printTime } from '../../../model/units.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { getMeta } from '../../store/meta.ts';
import type { FindingDraft } from '../detector.ts';
import { LOGIN_PATH } from '../credentials/login-endpoints.ts';
import { rareness, whatOf } from '../signals/read-signals.ts';
import { countOf, plural } from '../spoken.ts';

/** Units: µs. */
const HOUR = 3_600_000_000;
/** Refused calls of an hour, and callers that met a refusal, below which nothing is spread out. */
const MIN_REFUSED = 20;
const MIN_CALLERS = 5;
/** Share of the refusals that one caller may have; whoever has more is told by name elsewhere. */
const MAX_OF_ONE = 0.5;
/** Against the share that is usual at that hour of the day. */
const MIN_RATIO = 5;
/** What is known of the whole day weighs as so many calls in each of its hours. */
const PRIOR_CALLS = 20;
/** Rate of false discoveries over all hours of endpoints. Source: detections.md, 6.0. */
const MAX_Q = 0.01;

interface EndpointHour {
  readonly endpoint: number;
  readonly key: string;
  readonly path: string;
  /** Hours since 1970, UTC. */
  readonly hour: number;
  readonly calls: number;
  readonly refused: number;
  readonly callers: number;
  /** Refusals of the caller that met most. */
  readonly most: number;
}

/** A call that counts: a hop behind a gateway repeats its refusal; it is told where it came in. */
const COUNTS = 'c.time IS NOT NULL AND f.endpoint_id IS NOT NULL AND f.principal_id IS NOT NULL AND f.same_as IS NULL';

/** Hours of endpoints with refusals of many callers. Cost: the refused calls are grouped; the others are counted only where that leaves an hour. */
function readHours(db: SqlDriver): readonly EndpointHour[] {
  const busy = db
    .prepare(
      `WITH each AS (
         SELECT f.endpoint_id AS endpoint, c.time / ${String(HOUR)} AS hour, f.principal_id AS principal, count(*) AS refused
         FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.status BETWEEN 400 AND 499 AND ${COUNTS} GROUP BY 1, 2, 3)
       SELECT each.endpoint, e.key, e.template AS path, each.hour, sum(each.refused) AS refused, count(*) AS callers, max(each.refused) AS most
       FROM each JOIN endpoint e ON e.id = each.endpoint GROUP BY each.endpoint, each.hour
       HAVING sum(each.refused) >= ? AND count(*) >= ? ORDER BY e.key, each.hour`,
    )
    .all<Omit<EndpointHour, 'calls'>>(MIN_REFUSED, MIN_CALLERS);
  if (busy.length === 0) return [];
  // Counted here: SQLite sorts all calls for a group by two values, which takes three times as long.
  const calls = new Map(busy.map(({ endpoint }) => [endpoint, new Map<number, number>()]));
  for (const { endpoint, hour } of db
    .prepare(
      `SELECT f.endpoint_id AS endpoint, c.time / ${String(HOUR)} AS hour FROM call_fact f CROSS JOIN call c ON c.id = f.call_id
       WHERE c.status IS NOT NULL AND ${COUNTS}`,
    )
    .iterate<{ endpoint: number; hour: number }>()) {
    const hours = calls.get(endpoint);
    hours?.set(hour, (hours.get(hour) ?? 0) + 1);
  }
  return busy.map((hour) => ({ ...hour, calls: calls.get(hour.endpoint)?.get(hour.hour) ?? hour.refused }));
}

/** Calls, and those of them that were refused. */
interface Mix {
  readonly calls: number;
  readonly refused: number;
}

const toMix = (row: { readonly calls: number; readonly statuses: string } | undefined): Mix => {
  // Written by the signals pass.
  const statuses = row === undefined ? {} : (JSON.parse(row.statuses) as Readonly<Record<string, number>>);
  return { calls: row?.calls ?? 0, refused: statuses['4xx'] ?? 0 };
};

/** How often an endpoint refuses, at all and at that hour of the day, within the baseline window; the hour in question is left out of both. */
function usualOf(db: SqlDriver): (hour: EndpointHour) => { readonly hits: number; readonly misses: number; readonly share: number } {
  const select = db.prepare('SELECT calls, statuses FROM usual WHERE scope = ? AND principal_id = 0 AND endpoint_id = ? AND kind = ?');
  const until = Number(getMeta(db, 'baseline_to') ?? 0);
  const read = (scope: string, endpoint: number, kind: string): Mix =>
    toMix(select.get<{ calls: number; statuses: string }>(scope, endpoint, kind));
  return ({ endpoint, hour, calls, refused }) => {
    const inside = (hour + 1) * HOUR <= until;
    const without = (mix: Mix): Mix =>
      inside ? { calls: Math.max(0, mix.calls - calls), refused: Math.max(0, mix.refused - refused) } : mix;
    const day = without(read('endpoint', endpoint, ''));
    const own = without(read('hour', endpoint, String(hour % 24).padStart(2, '0')));
    const share = (day.refused + 0.5) / (day.calls + 1);
    const hits = own.refused + PRIOR_CALLS * share;
    const misses = own.calls - own.refused + PRIOR_CALLS * (1 - share);
    return { hits, misses, share: hits / (hits + misses) };
  };
}

const refusedCalls = (db: SqlDriver, { endpoint, hour }: EndpointHour): readonly number[] =>
  db
    .prepare(
      `SELECT c.id FROM call_fact f JOIN call c ON c.id = f.call_id
       WHERE f.endpoint_id = ? AND c.time >= ? AND c.time < ? AND c.status BETWEEN 400 AND 499 AND f.same_as IS NULL AND f.principal_id IS NOT NULL ORDER BY c.time, c.id`,
    )
    .all<{ id: number }>(endpoint, hour * HOUR, (hour + 1) * HOUR)
    .map(({ id }) => id);

const percent = (share: number): string => `${String(Math.round(share * 1000) / 10)} %`;

function toDraft(db: SqlDriver, hour: EndpointHour, share: number, p: number): FindingDraft {
  const calls = refusedCalls(db, hour);
  const at = printTime(epochMicros(hour.hour * HOUR)).slice(0, 16);
  return {
    subject: `refusals ${hour.key} ${String(hour.hour)}`,
    title: `${hour.key} refused ${countOf(hour.refused)} of ${plural(hour.calls, 'call')} in the hour from ${at}Z, from ${plural(hour.callers, 'principal')}, where ${percent(share)} is usual at that hour`,
    severity: { base: 'low', steps: [] },
    confidence: 'inferred',
    score: Math.min(1, 0.2 + hour.callers / 200),
    principals: [],
    ...whatOf(db, calls),
    crossedAt: calls[Math.min(calls.length, MIN_REFUSED) - 1],
    observed: { refused: hour.refused, calls: hour.calls, callers: hour.callers, mostOfOneCaller: hour.most },
    expected: { refusedShareAtThatHour: Math.round(share * 1000) / 1000, chance: rareness(p) },
    benignTested: [
      {
        explanation: 'one client with wrong requests',
        result: `not supported: no principal has more than ${countOf(hour.most)} of the refusals`,
      },
      { explanation: 'an hour in which this endpoint always refuses', result: 'tested: what is usual is that of the same hour of the day' },
      {
        explanation: 'a release that broke a client, or an outage of the sign-in',
        result: 'possible: look at what the principals have in common',
      },
    ],
    remediation: ['Look for what the refused principals share: a program, a network, the ids that they asked for.'],
  };
}

/** Endpoints that refused many callers in an hour in which they seldom do: what no single caller shows. Log-ins have a detector of their own. */
export function findRefusalWaves(db: SqlDriver): readonly FindingDraft[] {
  if (getMeta(db, 'baseline_to') === undefined) return [];
  const usual = usualOf(db);
  const hours = readHours(db).filter(({ path, most, refused }) => !LOGIN_PATH.test(path) && most <= MAX_OF_ONE * refused);
  const judged = hours.map((hour) => {
    const before = usual(hour);
    return { hour, share: before.share, p: betaBinomialTail(hour.refused, hour.calls, before) };
  });
  const total = db.prepare("SELECT count(*) AS n FROM usual WHERE scope = 'hour'").get<{ n: number }>()?.n ?? 0;
  const q = falseDiscoveryRates(
    judged.map(({ p }) => p),
    Math.max(total, judged.length),
  );
  return judged.flatMap(({ hour, share, p }, index): readonly FindingDraft[] =>
    (q[index] ?? 1) <= MAX_Q && hour.refused >= MIN_RATIO * share * hour.calls ? [toDraft(db, hour, share, p)] : [],
  );
}
