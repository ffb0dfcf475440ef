import { numberAt } from '../../../../lib/numbers.ts';
import { operationOfEndpoint, printEndpoint } from '../../../../model/inner-operation.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { NONE, type CallColumns } from '../call-columns.ts';

interface Endpoint {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
}

/**
 * Where two sources saw one request and only one of them shows what it asked for inside of its path (a capture with bodies beside a log
 * without), the other sighting takes the operation from it. Updates the endpoints of `calls` and of the store.
 * Shape: `standing` gives for a sighting the index of the call that stands for it, else `NONE`.
 */
export function nameByTwins(db: SqlDriver, calls: CallColumns, standing: Int32Array): number {
  const rows = db.prepare('SELECT id, key, method, host, template FROM endpoint').all<Endpoint>();
  const byId = new Map(rows.map((row) => [row.id, { row, operation: operationOfEndpoint(row) }]));
  if (![...byId.values()].some(({ operation }) => operation !== undefined)) return 0;
  const byKey = new Map(rows.map((row) => [row.key, row.id]));
  const moved: { readonly at: number; readonly from: number; readonly to: number }[] = [];
  const give = (at: number, other: number): void => {
    const own = byId.get(numberAt(calls.endpoint, at));
    const named = byId.get(numberAt(calls.endpoint, other))?.operation;
    if (own === undefined || own.operation !== undefined || named === undefined) return;
    const to = byKey.get(printEndpoint(own.row, named));
    if (to !== undefined) moved.push({ at, from: own.row.id, to });
  };
  standing.forEach((stands, at) => {
    if (stands === NONE) return;
    give(at, stands);
    give(stands, at);
  });
  const update = db.prepare('UPDATE call_fact SET endpoint_id = ? WHERE call_id = ?');
  db.transaction(() => {
    for (const { at, to } of moved) {
      calls.endpoint[at] = to;
      update.run(to, numberAt(calls.id, at));
    }
    recount(db, [...new Set(moved.flatMap(({ from, to }) => [from, to]))]);
  });
  return moved.length;
}

/** Counts that change with the endpoint of a call; an endpoint that no call is left of goes, unless a description names it. */
function recount(db: SqlDriver, endpoints: readonly number[]): void {
  const count = db.prepare(
    `UPDATE endpoint SET (calls, first_seen, last_seen, principals, agents) =
       (SELECT count(*), min(c.time), max(c.time), count(DISTINCT f.principal_id), count(DISTINCT CASE WHEN p.kind = 'agent' THEN p.id END)
          FROM call_fact f JOIN call c ON c.id = f.call_id LEFT JOIN principal p ON p.id = f.principal_id WHERE f.endpoint_id = endpoint.id),
       statuses = (SELECT json_group_object(status, n) FROM (SELECT CAST(c.status AS TEXT) AS status, count(*) AS n FROM call_fact f JOIN call c ON c.id = f.call_id
                     WHERE f.endpoint_id = endpoint.id AND c.status IS NOT NULL GROUP BY c.status ORDER BY c.status))
     WHERE id = ?`,
  );
  for (const id of endpoints) count.run(id);
  const remove = db.prepare('DELETE FROM endpoint WHERE id = ? AND calls = 0 AND operation_id IS NULL');
  for (const id of endpoints) remove.run(id);
}
