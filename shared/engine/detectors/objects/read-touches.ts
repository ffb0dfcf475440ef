import { numberAt } from '../../../lib/numbers.ts';
import { sortIndices } from '../../../lib/sort-indices.ts';
import { textHash } from '../../../lib/text-hash.ts';
import { parameterOf, valueIn } from '../../../model/segment-value.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Rows read at a time, so that other work gets in between. */
const PAGE = 10_000;
/** Parameters that count pages or days, not objects. */
const PAGE_WORDS = /^(?:page|offset|index|position|version|year|month|day|date|limit|size|n)$/i;

/**
 * Calls to objects as columns, in order of object and time: 33 bytes a call, no objects. Callers told by their network alone are left out: many
 * may stand behind one.
 */
export interface Touches {
  readonly count: number;
  readonly call: Uint32Array;
  readonly principal: Uint32Array;
  readonly endpoint: Uint32Array;
  /** Units: µs. */
  readonly time: Float64Array;
  readonly status: Uint16Array;
  /** Hash of collection and id. */
  readonly object: Float64Array;
  /** Number of the collection: `collections` has its name. */
  readonly collection: Uint16Array;
  readonly collections: readonly string[];
}

interface Place {
  readonly place: number;
  readonly segment: string;
  readonly collection: number;
}

interface Row {
  readonly id: number;
  readonly time: number;
  readonly status: number | null;
  readonly path: string;
  readonly principal: number;
  readonly endpoint: number;
}

/**
 * Where each endpoint names its object, and which collection that is of. `first`: the object that all the rest belongs to
 * (`/orders/{id}/lines/{n}` gives the order), else the one asked for.
 */
function readPlaces(db: SqlDriver, which: 'first' | 'last'): { readonly places: ReadonlyMap<number, Place>; readonly collections: readonly string[] } {
  const places = new Map<number, Place>();
  const collections: string[] = [];
  const numbers = new Map<string, number>();
  const rows = db.prepare("SELECT id, host, template FROM endpoint WHERE template LIKE '%{%' ORDER BY key");
  for (const { id, host, template } of rows.all<{ id: number; host: string; template: string }>()) {
    const segments = template.split('/');
    const isObject = (segment: string): boolean => {
      const name = parameterOf(segment);
      return name !== undefined && !PAGE_WORDS.test(name);
    };
    const place = which === 'first' ? segments.findIndex(isObject) : segments.findLastIndex(isObject);
    const segment = segments[place];
    if (segment === undefined) continue;
    // The same collection by any parameter's name.
    const name = `${host}${segments.slice(0, place).map((each) => (parameterOf(each) === undefined ? each : '{}')).join('/')}/{}`;
    const number = numbers.get(name) ?? collections.push(name) - 1;
    numbers.set(name, number);
    places.set(id, { place, segment, collection: number });
  }
  return { places, collections };
} // prettier-ignore

/** Reads all calls of known callers that name an object in their path. Cost: one walk along the rows and one sort. */
export async function readTouches(db: SqlDriver, which: 'first' | 'last', breathe: () => Promise<void>): Promise<Touches> {
  const { places, collections } = readPlaces(db, which);
  const size = db.prepare('SELECT count(*) AS n FROM call_fact f JOIN endpoint e ON e.id = f.endpoint_id WHERE e.template LIKE \'%{%\'').get<{ n: number }>()?.n ?? 0; // prettier-ignore
  const call = new Uint32Array(size);
  const principal = new Uint32Array(size);
  const endpoint = new Uint32Array(size);
  const time = new Float64Array(size);
  const status = new Uint16Array(size);
  const object = new Float64Array(size);
  const collection = new Uint16Array(size);
  let count = 0;
  const page = db.prepare(
    `SELECT c.id, c.time, c.status, c.path, f.principal_id AS principal, f.endpoint_id AS endpoint
     FROM call c JOIN call_fact f ON f.call_id = c.id JOIN principal p ON p.id = f.principal_id JOIN endpoint e ON e.id = f.endpoint_id
     WHERE c.id > ? AND c.time IS NOT NULL AND c.path IS NOT NULL AND f.same_as IS NULL AND p.weak = 0 AND e.template LIKE '%{%'
     ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  for (let after = 0; ;) {
    const rows = page.all<Row>(after);
    if (rows.length === 0) break;
    for (const row of rows) {
      after = row.id;
      const place = places.get(row.endpoint);
      const whole = place === undefined ? undefined : row.path.split('/')[place.place];
      if (place === undefined || whole === undefined || whole === '') continue;
      call[count] = row.id;
      principal[count] = row.principal;
      endpoint[count] = row.endpoint;
      time[count] = row.time;
      status[count] = row.status ?? 0;
      object[count] = textHash(`${String(place.collection)} ${valueIn(place.segment, whole)}`);
      collection[count] = place.collection;
      count += 1;
    }
    await breathe();
  }
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  await sortIndices(order, (a, b) => numberAt(object, a) - numberAt(object, b) || numberAt(time, a) - numberAt(time, b) || numberAt(endpoint, a) - numberAt(endpoint, b), breathe); // prettier-ignore
  const pick = <T extends Uint32Array | Uint16Array | Float64Array>(values: T, into: T): T => {
    for (const [at, index] of order.entries()) into[at] = numberAt(values, index);
    return into;
  };
  return {
    count,
    call: pick(call, new Uint32Array(count)),
    principal: pick(principal, new Uint32Array(count)),
    endpoint: pick(endpoint, new Uint32Array(count)),
    time: pick(time, new Float64Array(count)),
    status: pick(status, new Uint16Array(count)),
    object: pick(object, new Float64Array(count)),
    collection: pick(collection, new Uint16Array(count)),
    collections,
  };
}

/** First and last index (not included) of each object's calls. */
export function* objectRanges({
  count,
  object,
}: Pick<Touches, 'count' | 'object'>): Generator<{ readonly from: number; readonly to: number }> {
  for (let from = 0; from < count;) {
    const own = numberAt(object, from);
    let to = from + 1;
    while (to < count && numberAt(object, to) === own) to += 1;
    yield { from, to };
    from = to;
  }
}
