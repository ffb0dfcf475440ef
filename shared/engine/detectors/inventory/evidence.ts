import { SHOWN_CREDENTIAL } from '../../store/credential-sql.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Chains named by one finding. */
const MAX_CHAINS = 200;

/** A call as evidence is put in order by. */
export interface EvidenceCall {
  readonly id: number;
  readonly time: number | null;
}

/** Ids in time order, calls without a time last, each once. */
export const inTimeOrder = (calls: readonly EvidenceCall[]): readonly number[] => [
  ...new Set([...calls].sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || a.id - b.id).map(({ id }) => id)),
];

/** Who made these calls, and the chains they are in. */
export function whoMade(db: SqlDriver, calls: readonly number[]): { readonly principals: readonly number[]; readonly labels: readonly string[]; readonly credentials: readonly number[]; readonly chains: readonly number[] } {
  const select = db.prepare(
    `SELECT f.principal_id AS principal, p.key, p.label, ${SHOWN_CREDENTIAL} AS credential, f.chain_id AS chain FROM call_fact f JOIN call c ON c.id = f.call_id LEFT JOIN principal p ON p.id = f.principal_id WHERE f.call_id = ?`,
  );
  const principals = new Map<number, { readonly key: string; readonly label: string }>();
  const credentials = new Set<number>();
  const chains = new Set<number>();
  for (const call of calls) {
    const row = select.get<{ principal: number | null; key: string | null; label: string | null; credential: number | null; chain: number | null }>(call);
    if (row === undefined) continue;
    if (row.principal !== null) principals.set(row.principal, { key: row.key ?? '', label: row.label ?? '' });
    if (row.credential !== null) credentials.add(row.credential);
    if (row.chain !== null && chains.size < MAX_CHAINS) chains.add(row.chain);
  }
  const sorted = [...principals].sort(([, a], [, b]) => (a.key < b.key ? -1 : 1));
  return { principals: sorted.map(([id]) => id), labels: sorted.map(([, { label }]) => label), credentials: [...credentials], chains: [...chains] };
} // prettier-ignore

/** Calls of an endpoint that were answered with 2xx or 3xx and stand for themselves. */
export const answeredCalls = (db: SqlDriver, endpoint: number): readonly EvidenceCall[] =>
  db
    .prepare(
      'SELECT c.id, c.time FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND f.same_as IS NULL AND c.status BETWEEN 200 AND 399',
    )
    .all<EvidenceCall>(endpoint);

/** Calls behind one place of drift. */
export const driftCalls = (db: SqlDriver, endpoint: number, kind: string, place: string): readonly EvidenceCall[] =>
  db
    .prepare('SELECT c.id, c.time FROM endpoint_drift_call d JOIN call c ON c.id = d.call_id WHERE d.endpoint_id = ? AND d.kind = ? AND d.place = ?')
    .all<EvidenceCall>(endpoint, kind, place); // prettier-ignore

/** True when some call of the case has this bit of `callFlag`. */
export const hasFlag = (db: SqlDriver, flag: number): boolean =>
  db.prepare('SELECT 1 FROM call WHERE flags & ? <> 0 LIMIT 1').get(flag) !== undefined;
