import { logOf, useLogs } from '../rows/logs.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Words of paths where people and programs prove who they are. */
export const LOGIN_PATH =
  /(?:^|[/._-])(?:log-?in|log-?on|sign-?in|sessions?|authenticate|authentication|auth|token|oauth2?|sso|password|mfa|otp|verify-?(?:code|otp))(?:$|[/._-])/i;
/** A refusal of the wrong password, in the ways that APIs spell it; 429 is a refusal of one who tries too often. */
export const REFUSED = [400, 401, 403, 422, 429] as const;
/** Fewer refusals for want of the right password than this and a path that only sounds like a login is none. */
const MIN_UNAUTHORIZED = 5;

/** Pages that show their form again, with 200, to a wrong password, and send on whom they let in. Source: WordPress, wp_signon in wp-login.php. */
const FORM_PAGE = /\/wp-login\.php$/i;
/** A name came with the call and was refused: Basic or Digest (RFC 7617, 7616), where each call is a try. Gateways name no caller that they refused. */
export const NAMED = "(c.consumer_id IS NOT NULL OR c.credential_id IN (SELECT id FROM credential WHERE kind = 'basic'))";

/** An operation that checks who somebody is. */
export interface LoginEndpoint {
  readonly id: number;
  readonly key: string;
  /** `form-page`: a wrong password is answered with 200. `named`: only calls that bring a name are tries; without one the challenge is asked for. */
  readonly form: 'status' | 'form-page' | 'named';
}

/**
 * Operations by which callers log in: a POST to a path that says so or that takes a password, without a credential of its own as a rule,
 * and refused with 401 now and then; and others that refuse names with 401 and never with less.
 */
export function listLoginEndpoints(db: SqlDriver): readonly LoginEndpoint[] {
  const byPath = db
    .prepare(
      `SELECT e.id, e.key, e.template,
              EXISTS (SELECT 1 FROM call_fact f JOIN data_seen d ON d.call_id = f.call_id AND d.type = 'password' AND d.side = 'request' WHERE f.endpoint_id = e.id LIMIT 1) AS takesPassword
         FROM endpoint e WHERE e.method = 'POST' ORDER BY e.key`,
    )
    .all<{ id: number; key: string; template: string; takesPassword: number }>()
    .filter(({ template, takesPassword }) => takesPassword === 1 || LOGIN_PATH.test(template))
    .map(({ id, key, template }): LoginEndpoint => ({ id, key, form: FORM_PAGE.test(template) ? 'form-page' : 'status' }))
    .filter(({ id, form }) => countRefused(db, id, form) >= MIN_UNAUTHORIZED);
  const known = new Set(byPath.map(({ id }) => id));
  const byName = db
    .prepare(
      `SELECT e.id, e.key FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id
        WHERE c.status = 401 AND ${NAMED} GROUP BY e.id HAVING count(*) >= ? ORDER BY e.key`,
    )
    .all<{ id: number; key: string }>(MIN_UNAUTHORIZED)
    .filter(({ id }) => !known.has(id))
    .map(({ id, key }): LoginEndpoint => ({ id, key, form: 'named' }));
  return [...byPath, ...byName];
}

const countRefused = (db: SqlDriver, endpoint: number, form: LoginEndpoint['form']): number =>
  db
    .prepare(
      `SELECT count(*) AS n FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND c.status IN (${form === 'form-page' ? '200' : '400, 401, 403, 422'})`,
    )
    .get<{ n: number }>(endpoint)?.n ?? 0;

/** One try to log in. Units: µs. */
export interface Try {
  readonly id: number;
  readonly time: number;
  readonly ip: number | null;
  readonly kind: 'refused' | 'accepted' | 'broken';
  /** Row id of the name that came with the call itself, as the server wrote it down. */
  readonly user: number | null;
}

/** Tries at one operation as the source that saw most of them saw them: two sources of one gateway would count each try twice. */
export function readTries(db: SqlDriver, { id: endpoint, form }: LoginEndpoint): readonly Try[] {
  useLogs(db);
  const tries = db
    .prepare(
      `SELECT c.id, c.time, c.client_ip_id AS ip, c.status, c.consumer_id AS user, ${logOf('c')} AS source FROM call_fact f JOIN call c ON c.id = f.call_id
        WHERE f.endpoint_id = ? AND ${form === 'named' ? NAMED : '1'} AND f.same_as IS NULL AND c.time IS NOT NULL ORDER BY c.time, c.record`,
    )
    .all<{ id: number; time: number; ip: number | null; status: number | null; user: number | null; source: number }>(endpoint);
  const best = sourceWithMost(
    db,
    tries.flatMap(({ ip, source }) => (ip === null ? [] : source)),
  );
  return tries.flatMap(({ id, time, ip, status, user, source }) =>
    source === best && status !== null ? { id, time, ip, kind: kindOf(status, form), user } : [],
  );
}

/** The source that stands oftenest in a list; of several, the first by name. */
function sourceWithMost(db: SqlDriver, sources: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + 1);
  const name = db.prepare('SELECT name FROM source WHERE id = ?');
  const nameOf = (id: number): string => name.get<{ name: string }>(id)?.name ?? '';
  return [...counts].sort((a, b) => b[1] - a[1] || (nameOf(a[0]) < nameOf(b[0]) ? -1 : 1))[0]?.[0];
}

const refusals: ReadonlySet<number> = new Set(REFUSED);
const kindOf = (status: number, form: LoginEndpoint['form']): Try['kind'] =>
  refusals.has(status) || (form === 'form-page' && status === 200) ? 'refused' : status < 400 ? 'accepted' : 'broken';
