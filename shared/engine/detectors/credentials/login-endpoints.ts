import type { SqlDriver } from '../../store/driver.ts';

/** Words of paths where people and programs prove who they are. */
export const LOGIN_PATH =
  /(?:^|[/._-])(?:log-?in|log-?on|sign-?in|sessions?|authenticate|authentication|auth|token|oauth2?|sso|password|mfa|otp|verify-?(?:code|otp))(?:$|[/._-])/i;
/** A refusal of the wrong password, in the ways that APIs spell it; 429 is a refusal of one who tries too often. */
export const REFUSED = [400, 401, 403, 422, 429] as const;
/** Fewer refusals for want of the right password than this and a path that only sounds like a login is none. */
const MIN_UNAUTHORIZED = 5;

/** An operation that checks who somebody is. */
export interface LoginEndpoint {
  readonly id: number;
  readonly key: string;
}

/**
 * Operations by which callers log in: a POST to a path that says so or that takes a password, without a credential of its own as a rule,
 * and refused with 401 now and then.
 */
export const listLoginEndpoints = (db: SqlDriver): readonly LoginEndpoint[] =>
  db
    .prepare(
      `SELECT e.id, e.key, e.template, e.statuses,
              EXISTS (SELECT 1 FROM call_fact f JOIN data_seen d ON d.call_id = f.call_id AND d.type = 'password' AND d.side = 'request' WHERE f.endpoint_id = e.id LIMIT 1) AS takesPassword
         FROM endpoint e WHERE e.method = 'POST' ORDER BY e.key`,
    )
    .all<{ id: number; key: string; template: string; takesPassword: number }>()
    .filter(({ template, takesPassword }) => takesPassword === 1 || LOGIN_PATH.test(template))
    .filter(({ id }) => unauthorized(db, id) >= MIN_UNAUTHORIZED); // prettier-ignore

const unauthorized = (db: SqlDriver, endpoint: number): number =>
  db
    .prepare(
      'SELECT count(*) AS n FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND c.status IN (400, 401, 403, 422)',
    )
    .get<{ n: number }>(endpoint)?.n ?? 0;

/** One try to log in. Units: µs. */
export interface Try {
  readonly id: number;
  readonly time: number;
  readonly ip: number | null;
  readonly kind: 'refused' | 'accepted' | 'broken';
}

/** Tries at one operation as the source that saw most of them saw them: two sources of one gateway would count each try twice. */
export function readTries(db: SqlDriver, endpoint: number): readonly Try[] {
  const source = db
    .prepare(
      `SELECT c.source_id AS source FROM call_fact f JOIN call c ON c.id = f.call_id JOIN source s ON s.id = c.source_id
        WHERE f.endpoint_id = ? AND f.same_as IS NULL AND c.client_ip_id IS NOT NULL AND c.time IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, s.name LIMIT 1`,
    )
    .get<{ source: number }>(endpoint)?.source;
  if (source === undefined) return [];
  return db
    .prepare(
      `SELECT c.id, c.time, c.client_ip_id AS ip, c.status FROM call_fact f JOIN call c ON c.id = f.call_id
        WHERE f.endpoint_id = ? AND c.source_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL AND c.status IS NOT NULL ORDER BY c.time, c.record`,
    )
    .all<{ id: number; time: number; ip: number | null; status: number }>(endpoint, source)
    .map(({ id, time, ip, status }) => ({ id, time, ip, kind: kindOf(status) }));
}

const refusals: ReadonlySet<number> = new Set(REFUSED);
const kindOf = (status: number): Try['kind'] => (refusals.has(status) ? 'refused' : status < 400 ? 'accepted' : 'broken');
