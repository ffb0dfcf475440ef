import { readNames } from '../passes/principals/names.ts';
import type { SqlDriver } from '../store/driver.ts';

/** A call as its template depends on it. */
export interface HostCall {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  /** False for what another source saw as well and that counts there. */
  readonly counts: boolean;
  /** What the call asked for, a row of `term`. */
  readonly tool: number | null;
}

interface CallRow extends Omit<HostCall, 'method' | 'counts'> {
  readonly method: number;
  readonly counts: number;
}

/** Calls read at once. */
const CALLS_PER_STEP = 4000;

/** Visits every call of a host that has a method and a path, in the order in which the endpoints pass does. Shape: `host` in lower case. */
export async function eachCallOfHost(
  db: SqlDriver,
  host: string,
  breathe: () => Promise<void>,
  visit: (call: HostCall) => void,
): Promise<void> {
  const names = readNames(db);
  const ids = db
    .prepare('SELECT DISTINCT ifnull(host_id, 0) AS id FROM call')
    .all<{ id: number }>()
    .filter(({ id }) => (names.find(id)?.toLowerCase() ?? '') === host)
    .map(({ id }) => id);
  if (ids.length === 0) return;
  const select = db.prepare(
    `SELECT c.method_id AS method, c.path, c.status, c.tool_id AS tool, f.same_as IS NULL AS counts FROM call c LEFT JOIN call_fact f ON f.call_id = c.id
     WHERE c.id BETWEEN ? AND ? AND c.path IS NOT NULL AND c.method_id IS NOT NULL AND ifnull(c.host_id, 0) IN (${ids.map(() => '?').join(', ')})`,
  );
  const last = db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  for (let from = 1; from <= last; from += CALLS_PER_STEP) {
    for (const row of select.all<CallRow>(from, from + CALLS_PER_STEP - 1, ...ids))
      visit({ ...row, method: names.find(row.method)?.toUpperCase() ?? '', counts: row.counts === 1 });
    await breathe();
  }
}
