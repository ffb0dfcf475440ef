import { textHash } from '../../../lib/text-hash.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { parameterOf, valueIn } from '../../../model/segment-value.ts';
import { emptyIdCalls, type IdCalls } from './id-walk.ts';

/** Rows read at a time, so that other work gets in between. */
const PAGE = 5_000;
/** Parameters that count pages, not objects. */
const PAGE_WORDS = /^(?:page|offset|index|position|version|year|month|day|date|limit|size|n)$/i;

/** Answers of a server that knows no such path, or sends every stranger elsewhere. */
const NO_SUCH_PATH = /^(?:3\d\d|400|404|405|410)$/;

/** An endpoint whose path names an object. */
export interface ObjectEndpoint {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly template: string;
  readonly parameter: string;
  /** Place of the last parameter among the path's segments. */
  readonly place: number;
  readonly sensitivity: number;
  readonly dataTypes: readonly string[];
}

/** Endpoints with an object id in the path and at least `least` calls; the last parameter is the object asked for. */
export function readObjectEndpoints(db: SqlDriver, least: number): readonly ObjectEndpoint[] {
  const rows = db
    .prepare(
      "SELECT id, key, method, template, sensitivity, data_types, statuses FROM endpoint WHERE template LIKE '%{%' AND calls >= ? ORDER BY key",
    )
    .all<{ id: number; key: string; method: string; template: string; sensitivity: number; data_types: string; statuses: string }>(least);
  return rows.flatMap((row) => {
    // What only ever said "not found" holds no objects: a scanner's guesses at paths, which another question is about.
    const statuses = Object.keys(JSON.parse(row.statuses) as Readonly<Record<string, number>>);
    if (statuses.length > 0 && statuses.every((status) => NO_SUCH_PATH.test(status))) return [];
    const segments = row.template.split('/');
    const place = segments.findLastIndex((segment) => parameterOf(segment) !== undefined);
    const parameter = parameterOf(segments[place]);
    if (parameter === undefined || PAGE_WORDS.test(parameter)) return [];
    // Written by the endpoints pass.
    const types = (JSON.parse(row.data_types) as readonly { readonly type: string }[]).map((type) => type.type);
    return [
      {
        id: row.id,
        key: row.key,
        method: row.method,
        template: row.template,
        parameter,
        place,
        sensitivity: row.sensitivity,
        dataTypes: [...new Set(types)],
      },
    ];
  });
}

interface Row {
  readonly id: number;
  readonly time: number;
  readonly path: string;
  readonly status: number | null;
  readonly principal: number;
}

function sortByTime(calls: IdCalls, order: readonly number[]): IdCalls {
  const pick = (values: readonly number[]): number[] => order.map((index) => values[index] ?? NaN);
  return { call: pick(calls.call), time: pick(calls.time), id: pick(calls.id), number: pick(calls.number), status: pick(calls.status) };
}

/** Calls to one endpoint by principal, in time order. Cost: 40 bytes a call of the endpoint. */
export async function readIdCalls(
  db: SqlDriver,
  endpoint: ObjectEndpoint,
  breathe: () => Promise<void>,
): Promise<ReadonlyMap<number, IdCalls>> {
  const page = db.prepare(
    `SELECT c.id, c.time, c.path, c.status, f.principal_id AS principal FROM call_fact f JOIN call c ON c.id = f.call_id
     WHERE f.endpoint_id = ? AND f.call_id > ? AND f.principal_id IS NOT NULL AND f.same_as IS NULL AND c.time IS NOT NULL AND c.path IS NOT NULL
     ORDER BY f.call_id LIMIT ${String(PAGE)}`,
  );
  const byPrincipal = new Map<number, IdCalls>();
  const shape = endpoint.template.split('/')[endpoint.place];
  for (let after = 0; ;) {
    const rows = page.all<Row>(endpoint.id, after);
    if (rows.length === 0) break;
    for (const row of rows) {
      after = row.id;
      const whole = row.path.split('/')[endpoint.place];
      if (whole === undefined || whole === '') continue;
      const segment = valueIn(shape, whole);
      const calls = byPrincipal.get(row.principal) ?? emptyIdCalls();
      byPrincipal.set(row.principal, calls);
      calls.call.push(row.id);
      calls.time.push(row.time);
      calls.id.push(textHash(segment));
      calls.number.push(/^\d{1,15}$/.test(segment) ? Number(segment) : NaN);
      calls.status.push(row.status ?? NaN);
    }
    await breathe();
  }
  const sorted = new Map<number, IdCalls>();
  for (const [principal, calls] of byPrincipal) {
    const order = calls.time
      .map((_, index) => index)
      .sort(
        (a, b) =>
          (calls.time[a] ?? 0) - (calls.time[b] ?? 0) ||
          (calls.number[a] ?? 0) - (calls.number[b] ?? 0) ||
          (calls.id[a] ?? 0) - (calls.id[b] ?? 0),
      );
    sorted.set(principal, sortByTime(calls, order));
    await breathe();
  }
  return sorted;
}
