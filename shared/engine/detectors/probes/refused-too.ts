import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { plural } from '../spoken.ts';

/** Tries belong to what came of them when they lie so close before or after it. Units: µs. Source: detections.md, 6.0, the look-back of values. */
const AROUND = 30 * 60_000_000;
/** Times as often as in the rest of the evidence, one try more there than was seen: below it, being refused is a habit of the caller. */
const RISE = 3;
/** Refused calls that one finding takes in. */
const MAX_REFUSED = 1_000;
/** Callers of a finding that are asked; more are no single hands. */
const MAX_CALLERS = 3;

interface Refused {
  readonly id: number;
  readonly time: number;
  readonly credential: number | null;
  readonly endpoint: number | null;
}

/** Refused calls of a caller at places that the finding names, or that never gave it anything. Times in µs. */
const REFUSED = `
  SELECT c.id, c.time, c.credential_id AS credential, f.endpoint_id AS endpoint FROM call_fact f JOIN call c ON c.id = f.call_id
   WHERE f.principal_id = ? AND f.same_as IS NULL AND +c.status IN (401, 403, 429) AND c.time IS NOT NULL
     AND (f.endpoint_id IN (SELECT value FROM json_each(?)) OR NOT EXISTS (
       SELECT 1 FROM call_fact g JOIN call d ON d.id = g.call_id
        WHERE g.endpoint_id = f.endpoint_id AND g.principal_id = f.principal_id AND d.status BETWEEN 200 AND 399))
   ORDER BY c.time, c.record LIMIT ${String(MAX_REFUSED)}`;

/**
 * Takes in the refused tries of the same caller with the same credentials, around the calls of a finding: who probes belongs to what came of it.
 * Who is refused about as often at other times has a habit, and where there is no other time nobody knows: nothing is added.
 * Shape: the draft itself where there is nothing to add.
 */
export function withRefused(db: SqlDriver, draft: FindingDraft): FindingDraft {
  const callers = draft.principals.filter((id) => db.prepare('SELECT 1 FROM principal WHERE id = ? AND weak = 0').get(id) !== undefined);
  if (callers.length === 0 || callers.length > MAX_CALLERS) return draft;
  const time = db.prepare('SELECT time FROM call WHERE id = ?');
  const timeOf = (id: number): number => time.get<{ time: number | null }>(id)?.time ?? NaN;
  const known = new Set(draft.calls);
  const times = draft.calls.map(timeOf).filter((value) => !Number.isNaN(value));
  const [from, to] = times.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  const { first, last } = db.prepare('SELECT min(time) AS first, max(time) AS last FROM call').get<{ first: number | null; last: number | null }>() ?? { first: 0, last: 0 };
  const around = [Math.max(from - AROUND, first ?? 0), Math.min(to + AROUND, last ?? 0)] as const;
  const length = around[1] - around[0];
  const credentials = new Set(draft.credentials);
  const added = callers.flatMap((caller): readonly Refused[] => {
    const refused = db
      .prepare(REFUSED)
      .all<Refused & Record<string, number | null>>(caller, JSON.stringify(draft.endpoints))
      .filter(({ id, credential }) => !known.has(id) && (credential === null || credentials.size === 0 || credentials.has(credential)));
    const near = refused.filter((call) => call.time >= around[0] && call.time <= around[1]);
    const usual = (refused.length - near.length + 1) / Math.max(0, (last ?? 0) - (first ?? 0) - length);
    return near.length / length >= RISE * usual ? near : [];
  });
  if (added.length === 0) return draft;
  const at = new Map([...draft.calls.map((id): [number, number] => [id, timeOf(id)]), ...added.map((call): [number, number] => [call.id, call.time])]);
  return {
    ...draft,
    calls: [...at.keys()].sort((a, b) => (at.get(a) ?? 0) - (at.get(b) ?? 0) || a - b),
    endpoints: [...new Set([...draft.endpoints, ...added.flatMap(({ endpoint }) => endpoint ?? [])])],
    observed: { ...draft.observed, refusedTries: `${plural(added.length, 'call')} of the same principal were refused around it (401, 403, 429)` },
  };
} // prettier-ignore
