import { bulkInsert } from '../../store/bulk-insert.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { inventoryTables } from '../../store/migrations/0003-inventory.ts';
import type { DriftTally } from './drift.ts';
import type { FieldSamples } from './field-samples.ts';
import type { Odd } from './odd-one-out.ts';
import type { SpecState, StateRow } from './spec-state.ts';
import type { Histogram } from './histogram.ts';
import type { InventoryTally } from './tallies.ts';

/** All that the pass found out. */
export interface Inventory {
  readonly rows: readonly StateRow[];
  readonly tallies: ReadonlyMap<number, InventoryTally>;
  readonly states: ReadonlyMap<number, SpecState>;
  readonly drift: DriftTally;
  readonly odd: readonly Odd[];
  readonly samples: Pick<FieldSamples, 'write'>;
}

const at = (histogram: Histogram, q: number): number | null => histogram.quantile(q) ?? null;

/** Replaces the tables of the pass and puts the settled states into `endpoint`, in one transaction. */
export function writeInventory(db: SqlDriver, inventory: Inventory): void {
  const agents = new Set(
    db
      .prepare("SELECT id FROM principal WHERE kind = 'agent'")
      .all<{ id: number }>()
      .map(({ id }) => id),
  );
  db.transaction(() => {
    for (const table of inventoryTables) db.exec(`DELETE FROM ${table}`);
    const state = db.prepare('UPDATE endpoint SET spec = ? WHERE id = ?');
    for (const row of inventory.rows) state.run(inventory.states.get(row.id)?.spec ?? row.base, row.id);
    writeSummaries(db, inventory);
    writeParts(db, inventory, agents);
    writeDrift(db, inventory.drift);
    inventory.samples.write();
    const odd = bulkInsert(db, 'endpoint_odd', ['endpoint_id', 'control', 'resource', 'has', 'usual', 'siblings', 'agreeing']);
    for (const each of inventory.odd) odd.add(each.endpoint, each.control, each.resource, each.has, each.usual, each.siblings, each.agreeing);
    odd.flush();
  });
} // prettier-ignore

function writeSummaries(db: SqlDriver, { rows, tallies, states, drift }: Inventory): void {
  const insert = bulkInsert(db, 'endpoint_summary', [
    'endpoint_id', 'spec_base', 'spec_why', 'deprecated_by', 'newer_endpoint_id', 'calls', 'answered', 'refused', 'failed', 'anonymous',
    'anonymous_answered', 'timed', 'duration_p50', 'duration_p90', 'duration_p99', 'duration_max', 'request_p50', 'request_p95', 'request_max',
    'response_p50', 'response_p95', 'response_max', 'sources', 'bodies', 'bodies_checked', 'drift_kinds',
  ]); // prettier-ignore
  for (const row of rows) {
    const tally = tallies.get(row.id);
    const state = states.get(row.id);
    if (tally === undefined || state === undefined) continue;
    const { durations, requests, responses } = tally;
    insert.add(
      row.id, row.base, state.why, state.deprecatedBy ?? null, state.newer ?? null, tally.calls, tally.answered, tally.refused, tally.failed, tally.anonymous,
      tally.anonymousAnswered, durations.count, at(durations, 0.5), at(durations, 0.9), at(durations, 0.99), durations.max ?? null, at(requests, 0.5), at(requests, 0.95), requests.max ?? null,
      at(responses, 0.5), at(responses, 0.95), responses.max ?? null, tally.sources.size, tally.bodies, tally.bodiesChecked, drift.placesOf(row.id).length,
    ); // prettier-ignore
  }
  insert.flush();
}

function writeParts(db: SqlDriver, { tallies }: Inventory, agents: ReadonlySet<number>): void {
  const auth = bulkInsert(db, 'endpoint_auth', ['endpoint_id', 'kind', 'calls']);
  const weeks = bulkInsert(db, 'endpoint_week', ['endpoint_id', 'week', 'calls', 'principals', 'agents']);
  const sources = bulkInsert(db, 'endpoint_source', ['endpoint_id', 'source_id', 'calls', 'first_seen', 'last_seen']);
  const headers = bulkInsert(db, 'endpoint_header', ['endpoint_id', 'name', 'value', 'calls', 'example_call_id']);
  for (const [id, tally] of tallies) {
    for (const [kind, calls] of tally.auth) auth.add(id, kind, calls);
    for (const [week, { calls, principals }] of tally.weeks)
      weeks.add(id, week, calls, principals.size, [...principals].filter((each) => agents.has(each)).length);
    for (const [source, { calls, first, last }] of tally.sources) sources.add(id, source, calls, first, last);
    for (const [key, { calls, example }] of tally.headers) {
      const [name = '', value = ''] = key.split('\n');
      headers.add(id, name, value, calls, example);
    }
  }
  for (const table of [auth, weeks, sources, headers]) table.flush();
}

function writeDrift(db: SqlDriver, drift: DriftTally): void {
  const places = bulkInsert(db, 'endpoint_drift', ['endpoint_id', 'kind', 'place', 'calls', 'principals', 'example_call_id']);
  const calls = bulkInsert(db, 'endpoint_drift_call', ['endpoint_id', 'kind', 'place', 'call_id']);
  for (const id of drift.endpoints)
    for (const each of drift.placesOf(id)) {
      places.add(id, each.kind, each.place, each.calls, each.principals.size, each.example.id);
      for (const call of each.kept) calls.add(id, each.kind, each.place, call.id);
    }
  places.flush();
  calls.flush();
}
