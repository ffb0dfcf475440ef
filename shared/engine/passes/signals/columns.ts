import { numberAt } from '../../../lib/numbers.ts';
import { sortIndices } from '../../../lib/sort-indices.ts';
import { textHash } from '../../../lib/text-hash.ts';
import { valueIn } from '../../../model/segment-value.ts';
import { ordinalOf } from '../../store/columns/load-columns.ts';
import type { PassContext } from '../pass.ts';
import { readObjectPlaces, type ObjectPlace } from './object-places.ts';
import { readPage } from './page-of.ts';
import { CALLED_KINDS, isInnerHop } from '../../store/hop-sql.ts';

/** Rows read at a time, so that other work gets in between. */
const PAGE = 10_000;
/** A hash of 32 bits of the 53: two of a thousand different objects meet once in ten thousand cases. */
const low32 = (hash: number): number => hash % 2 ** 32;

/**
 * Calls that name their caller, as columns in order of caller and time: 66 bytes a call, no objects. Calls that a gateway or service
 * passed on under the same caller are left out: the first of them stands for all.
 */
export interface CallColumns {
  readonly count: number;
  readonly call: Uint32Array;
  readonly principal: Uint32Array;
  readonly endpoint: Uint32Array;
  /** Units: µs. */
  readonly time: Float64Array;
  readonly status: Uint16Array;
  /** Of the answer; NaN where the evidence has none. Units: bytes. */
  readonly bytes: Float64Array;
  /** Hash of the object that the path names; 0 where it names none. */
  readonly object: Uint32Array;
  /** The object's id as a number; NaN where it is none. */
  readonly number: Float64Array;
  /** Hash of method, path and query: the same again is the same request. */
  readonly request: Float64Array;
  /** Page that the query asks for; NaN where it asks for none. */
  readonly page: Float64Array;
  /** Number of the pair of address and User-Agent; equal pairs have equal numbers. */
  readonly context: Uint32Array;
}

interface Row {
  readonly id: number;
  readonly time: number;
  readonly duration: number | null;
  readonly status: number | null;
  readonly bytes: number | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly method: number | null;
  readonly host: number | null;
  readonly ip: number | null;
  readonly agent: number | null;
  readonly principal: number;
  readonly endpoint: number | null;
}

type Columns = { -readonly [K in keyof CallColumns]: CallColumns[K] } & { duration: Float64Array; tail: Uint32Array };

const emptyColumns = (size: number): Columns => ({
  count: 0,
  call: new Uint32Array(size),
  principal: new Uint32Array(size),
  endpoint: new Uint32Array(size),
  time: new Float64Array(size),
  duration: new Float64Array(size),
  tail: new Uint32Array(size),
  status: new Uint16Array(size),
  bytes: new Float64Array(size),
  object: new Uint32Array(size),
  number: new Float64Array(size),
  request: new Float64Array(size),
  page: new Float64Array(size),
  context: new Uint32Array(size),
});

function addRow(columns: Columns, row: Row, place: ObjectPlace | undefined): void {
  const at = columns.count;
  columns.count += 1;
  columns.call[at] = row.id;
  columns.principal[at] = row.principal;
  columns.endpoint[at] = row.endpoint ?? 0;
  columns.time[at] = row.time;
  columns.duration[at] = row.duration ?? 0;
  columns.tail[at] = low32(textHash(`${String(row.method)} ${row.path?.slice(row.path.lastIndexOf('/')) ?? ''}`));
  columns.status[at] = row.status ?? 0;
  columns.bytes[at] = row.bytes ?? NaN;
  const whole = place === undefined || row.path === null ? undefined : row.path.split('/')[place.place];
  const id = whole === undefined || whole === '' ? undefined : valueIn(place?.segment, whole);
  columns.object[at] = id === undefined ? 0 : low32(textHash(id)) || 1;
  columns.number[at] = id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : NaN;
  columns.request[at] = textHash(`${String(row.method)} ${String(row.host)}${row.path ?? ''}?${row.query ?? ''}`);
  columns.page[at] = readPage(row.query ?? undefined);
  columns.context[at] = low32(textHash(`${String(row.ip)} ${String(row.agent)}`));
}

/**
 * Marks calls that another call was answered with: a hop behind a gateway. It has the caller of that call, or none of its own and is
 * told by its network alone; and it asks for the same thing, or is known to lie within. A program's next call in its own trace is neither.
 */
async function findHops({ db, breathe }: PassContext, columns: Columns): Promise<Uint8Array> {
  const isHop = new Uint8Array(columns.count);
  const weak = new Set(
    db
      .prepare('SELECT id FROM principal WHERE weak = 1')
      .all<{ id: number }>()
      .map(({ id }) => id),
  );
  const edges = db.prepare(
    `SELECT id, from_call, to_call, ${isInnerHop('edge')} AS nested FROM edge WHERE id > ? AND kind IN ${CALLED_KINDS} ORDER BY id LIMIT ${String(PAGE)}`,
  );
  const ids = columns.call.subarray(0, columns.count);
  for (let after = 0; ;) {
    const rows = edges.all<{ id: number; from_call: number; to_call: number; nested: number }>(after);
    if (rows.length === 0) return isHop;
    for (const { id, from_call, to_call, nested } of rows) {
      after = id;
      const [outer, inner] = [ordinalOf(ids, from_call), ordinalOf(ids, to_call)];
      if (outer === undefined || inner === undefined) continue;
      const caller = numberAt(columns.principal, inner);
      if (numberAt(columns.principal, outer) !== caller && !weak.has(caller)) continue;
      // Clocks differ between sources, lengths do not: a hop is no longer than what waited for it.
      if (numberAt(columns.duration, inner) > numberAt(columns.duration, outer)) continue;
      const isSame = numberAt(columns.tail, inner) === numberAt(columns.tail, outer);
      if (nested === 1 || isSame || weak.has(caller)) isHop[inner] = 1;
    }
    await breathe();
  }
}

/** The calls of `order`, in that order. Each column takes the place of the one before, so that no second copy of all stands beside them. */
function arrange(columns: Columns, order: Uint32Array): CallColumns {
  const { length } = order;
  const pick = <T extends Uint32Array | Uint16Array | Float64Array>(values: T, into: T): T => {
    for (let at = 0; at < length; at += 1) into[at] = numberAt(values, numberAt(order, at));
    return into;
  };
  columns.count = length;
  columns.call = pick(columns.call, new Uint32Array(length));
  columns.principal = pick(columns.principal, new Uint32Array(length));
  columns.endpoint = pick(columns.endpoint, new Uint32Array(length));
  columns.time = pick(columns.time, new Float64Array(length));
  columns.status = pick(columns.status, new Uint16Array(length));
  columns.bytes = pick(columns.bytes, new Float64Array(length));
  columns.object = pick(columns.object, new Uint32Array(length));
  columns.number = pick(columns.number, new Float64Array(length));
  columns.request = pick(columns.request, new Float64Array(length));
  columns.page = pick(columns.page, new Float64Array(length));
  columns.context = pick(columns.context, new Uint32Array(length));
  // Only hops are told by these.
  columns.duration = new Float64Array(0);
  columns.tail = new Uint32Array(0);
  return columns;
}

/** Reads all calls that stand for themselves, have a time and name their caller. */
export async function readColumns(context: PassContext): Promise<CallColumns> {
  const { db, breathe } = context;
  const size = db.prepare('SELECT count(*) AS n FROM call_fact WHERE principal_id IS NOT NULL').get<{ n: number }>()?.n ?? 0;
  const columns = emptyColumns(size);
  const places = readObjectPlaces(db);
  const page = db.prepare(
    `SELECT c.id, c.time, c.duration, c.status, c.res_bytes AS bytes, c.path, c.query, c.method_id AS method, c.host_id AS host,
       c.client_ip_id AS ip, c.user_agent_id AS agent, f.principal_id AS principal, f.endpoint_id AS endpoint
     FROM call c JOIN call_fact f ON f.call_id = c.id
     WHERE c.id > ? AND c.time IS NOT NULL AND f.same_as IS NULL AND f.principal_id IS NOT NULL ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  for (let after = 0; ;) {
    const rows = page.all<Row>(after);
    if (rows.length === 0) break;
    for (const row of rows) {
      after = row.id;
      addRow(columns, row, row.endpoint === null ? undefined : places.get(row.endpoint));
    }
    await breathe();
  }
  const isHop = await findHops(context, columns);
  const kept = Uint32Array.from({ length: columns.count }, (_, index) => index).filter((index) => isHop[index] === 0);
  // The request breaks ties of time: row ids depend on the order of the import.
  await sortIndices(
    kept,
    (a, b) =>
      numberAt(columns.principal, a) - numberAt(columns.principal, b) ||
      numberAt(columns.time, a) - numberAt(columns.time, b) ||
      numberAt(columns.request, a) - numberAt(columns.request, b),
    breathe,
  );
  return arrange(columns, kept);
}

/** First and last index (not included) of each caller's calls. */
export function* principalRanges({ count, principal }: Pick<CallColumns, 'count' | 'principal'>): Generator<{
  readonly principal: number;
  readonly from: number;
  readonly to: number;
}> {
  for (let from = 0; from < count;) {
    const own = numberAt(principal, from);
    let to = from + 1;
    while (to < count && numberAt(principal, to) === own) to += 1;
    yield { principal: own, from, to };
    from = to;
  }
}
