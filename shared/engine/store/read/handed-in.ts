import { fingerprintNumber } from '../../intake/value-forms.ts';
import type { SqlDriver } from '../driver.ts';
import { termReader } from './terms.ts';
import { listValues } from './calls/values.ts';

/** Calls to token and revocation operations whose bodies are read. */
const MAX_HANDED_IN = 50_000;

/** A secret that a request handed in, known by its fingerprint only. Units: µs. */
export interface HandedIn {
  readonly call: number;
  readonly time: number;
  readonly status: number | null;
  readonly endpoint: number;
  readonly endpointKey: string;
  readonly principal: number | null;
  readonly ip: number | null;
  readonly userAgent: number | null;
  readonly pointer: string;
  /** First 52 bits of the fingerprint. */
  readonly fingerprint: number;
}

type Row = Omit<HandedIn, 'pointer' | 'fingerprint'>;

/**
 * Lists what requests to operations with such a path handed in under such a name. Import masks a token in a body and keeps its
 * fingerprint among the values of the call, so the same token is known again without being kept.
 */
export async function listHandedIn(db: SqlDriver, path: RegExp, field: RegExp, breathe: () => Promise<void>): Promise<readonly HandedIn[]> {
  const term = termReader(db);
  const endpoints = db
    .prepare('SELECT id, key, template FROM endpoint ORDER BY key')
    .all<{ id: number; key: string; template: string }>()
    .filter(({ template }) => path.test(template));
  const select = db.prepare(
    `SELECT c.id AS call, c.time, c.status, f.endpoint_id AS endpoint, e.key AS endpointKey, f.principal_id AS principal, c.client_ip_id AS ip, c.user_agent_id AS userAgent
       FROM call_fact f JOIN call c ON c.id = f.call_id JOIN endpoint e ON e.id = f.endpoint_id JOIN value v ON v.call_id = c.id AND v.sent > 0
      WHERE f.endpoint_id = ? AND f.same_as IS NULL AND c.time IS NOT NULL ORDER BY c.time, c.source_id, c.record LIMIT ${String(MAX_HANDED_IN)}`,
  );
  const found: HandedIn[] = [];
  for (const { id } of endpoints) {
    for (const row of select.all<Row>(id)) {
      for (const value of listValues(db, row.call, 0)) {
        const pointer = term(value.pointerId) ?? '';
        if (field.test(pointer)) found.push({ ...row, pointer, fingerprint: value.fingerprint });
      }
      await breathe();
    }
  }
  return found.sort((a, b) => a.time - b.time || a.call - b.call);
}

/** Credentials of the case by the short form of their fingerprint. */
export const readFingerprints = (db: SqlDriver): ReadonlyMap<number, number> =>
  new Map(
    db
      .prepare('SELECT id, fingerprint FROM credential')
      .all<{ id: number; fingerprint: string }>()
      .map(({ id, fingerprint }) => [fingerprintNumber(fingerprint), id]),
  );
