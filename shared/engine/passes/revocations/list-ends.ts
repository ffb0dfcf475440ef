import type { SqlDriver } from '../../store/driver.ts';
import { listHandedIn, readFingerprints } from '../../store/read/handed-in.ts';
import { revocationsById } from './by-id.ts';
import type { End } from './end.ts';

/** Where a token is handed in to be revoked (RFC 7009, section 2.1). */
const REVOKE_PATH = /(?:^|[/._-])(?:revoke|revocation|invalidate)(?:$|[/._-])/i;
const TOKEN_FIELD = /(?:^|[.\]])(?:token|access_?token|refresh_?token|api_?key|key)$/i;
/** Where a caller ends its own session. */
const LOGOUT_PATH = /(?:^|[/._-])(?:log-?out|log-?off|sign-?out|end-?session)(?:$|[/._-])/i;

interface Endpoint {
  readonly id: number;
  readonly method: string;
  readonly template: string;
}

/** Secrets handed in by value, told by the fingerprint that import kept of them among the values of the call. */
async function byValue(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly End[]> {
  const byFingerprint = readFingerprints(db);
  return (await listHandedIn(db, REVOKE_PATH, TOKEN_FIELD, breathe)).flatMap(({ fingerprint, status, time, call }): readonly End[] => {
    const credential = byFingerprint.get(fingerprint);
    return credential === undefined || !isDone(status) ? [] : [{ credential, kind: 'revoked', time, call }];
  });
}

/** RFC 7009, section 2.2 says 200; other revocation operations answer with any 2xx. */
const isDone = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** Tokens that import knew for credentials in requests to such operations. */
function byExposure(db: SqlDriver, endpoints: readonly Endpoint[]): readonly End[] {
  const select = db.prepare(
    `SELECT e.credential_id AS credential, c.time, ifnull(f.same_as, c.id) AS call, t.value AS place
       FROM call_fact f JOIN call c ON c.id = f.call_id JOIN exposure e ON e.call_id = c.id JOIN term t ON t.id = e.pointer_id
      WHERE f.endpoint_id = ? AND e.side = 'request' AND c.status BETWEEN 200 AND 299 AND c.time IS NOT NULL`,
  );
  return endpoints
    .filter(({ method, template }) => method === 'POST' && REVOKE_PATH.test(template))
    .flatMap(({ id }) => select.all<{ credential: number; time: number; call: number; place: string }>(id))
    .filter(({ place }) => TOKEN_FIELD.test(place))
    .map(({ credential, time, call }) => ({ credential, time, call, kind: 'revoked' }));
}

/** Sessions that their own caller ended. */
function byLogout(db: SqlDriver, endpoints: readonly Endpoint[]): readonly End[] {
  const select = db.prepare(
    `SELECT c.credential_id AS credential, c.time, ifnull(f.same_as, c.id) AS call FROM call_fact f JOIN call c ON c.id = f.call_id
      WHERE f.endpoint_id = ? AND c.status BETWEEN 200 AND 399 AND c.credential_id IS NOT NULL AND c.time IS NOT NULL`,
  );
  return endpoints
    .filter(({ method, template }) => ['POST', 'DELETE', 'GET'].includes(method) && LOGOUT_PATH.test(template))
    .flatMap(({ id }) => select.all<{ credential: number; time: number; call: number }>(id))
    .map((row) => ({ ...row, kind: 'logged-out' }));
}

const compareText = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

/** All calls that withdrew a credential, by time; those of one moment by source and record, which no order of import changes. */
export async function listEnds(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly End[]> {
  const endpoints = db.prepare('SELECT id, method, template FROM endpoint ORDER BY key').all<Endpoint>();
  const found = [
    ...(await byValue(db, breathe)),
    ...byExposure(db, endpoints),
    ...(await revocationsById(db, breathe)),
    ...byLogout(db, endpoints),
  ];
  const place = db.prepare('SELECT s.name, c.record FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ?');
  const places = new Map(found.map(({ call }) => [call, place.get<{ name: string; record: number }>(call)]));
  const compare = (a: End, b: End): number => {
    const [placeA, placeB] = [places.get(a.call), places.get(b.call)];
    return a.time - b.time || compareText(placeA?.name, placeB?.name) || (placeA?.record ?? 0) - (placeB?.record ?? 0);
  };
  return found.sort(compare);
}
