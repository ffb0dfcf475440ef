import type { SqlDriver } from '../../store/driver.ts';
import type { Try } from './login-endpoints.ts';

/** What a log-in gave is used while it lasts; an hour is the usual life of a token. Units: µs. */
const LIFE = 3_600_000_000;
/** Log-ins and calls that are looked at. */
const MAX_LOGINS = 100;
const MAX_CALLS = 1_000;

/** What those did who got in. Shape: row ids, calls in time order. */
export interface Entered {
  readonly calls: readonly number[];
  readonly credentials: readonly number[];
  readonly principals: readonly number[];
}

/**
 * What was done with the credentials that log-ins gave: those that came up for the first time in all the evidence from the address of a
 * log-in, after it, while they last. An older credential of that address is a neighbour's.
 */
export function enteredAfter(db: SqlDriver, accepted: readonly Try[]): Entered {
  const calls = db.prepare(
    `SELECT c.id, c.time, c.credential_id AS credential, f.principal_id AS principal FROM call c
       JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL JOIN principal p ON p.id = f.principal_id AND p.weak = 0
      WHERE c.time > ? AND c.time <= ? AND c.client_ip_id = ? AND c.credential_id IS NOT NULL ORDER BY c.time, c.id LIMIT ${String(MAX_CALLS)}`,
  );
  const before = db.prepare('SELECT 1 FROM call WHERE credential_id = ? AND +time <= ? LIMIT 1');
  const found = new Map<number, { readonly time: number; readonly credential: number; readonly principal: number }>();
  for (const { time, ip } of accepted.slice(0, MAX_LOGINS))
    for (const { id, ...call } of calls.all<{ id: number; time: number; credential: number; principal: number }>(time, time + LIFE, ip))
      if (before.get(call.credential, time) === undefined) found.set(id, call);
  const entered = [...found].sort(([a, one], [b, other]) => one.time - other.time || a - b);
  return {
    calls: entered.map(([id]) => id),
    credentials: [...new Set(entered.map(([, { credential }]) => credential))],
    principals: [...new Set(entered.map(([, { principal }]) => principal))],
  };
}
