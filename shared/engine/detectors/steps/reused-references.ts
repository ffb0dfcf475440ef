import { parameterOf, valueIn } from '../../../model/segment-value.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { queryTexts } from '../probes/request-texts.ts';

/** References from which a rule can be known, and objects that they must name between them. Source: detection 42, "step reused". */
export const MIN_REFERENCES = 50;
const MIN_OBJECTS = 20;
/** Share of the references that go with one object alone. */
export const MIN_BOUND = 0.95;
/** Other objects, and answered calls to them, of one caller under one reference: a slip of the pen is one object. */
export const MIN_FOREIGN = 2;
const MIN_CALLS = 5;
/** References that show early that a parameter is none: a page number goes with everything. */
const EARLY = 200;
const EARLY_BOUND = 0.8;
/** References kept of one parameter, and objects of one reference. */
const MAX_REFERENCES = 100_000;
const MAX_OBJECTS = 500;
/** Something that was issued: it holds a digit. */
const REFERENCE = /^(?=.*\d)[\w.:#/-]{3,64}$/;
/** Parameters beside collections: names that a stranger makes up are no parameters of the API. */
const MAX_PAIRS = 2_000;
const PAGE = 5_000;

/** Calls of one caller to objects that the reference was not for. */
export interface Reused {
  readonly principal: number;
  /** Name of the query parameter, and what was given in it. */
  readonly parameter: string;
  readonly reference: string;
  /** What it was for: the object of its first use. */
  readonly own: string;
  readonly ownCall: number;
  readonly objects: readonly string[];
  /** In time order. */
  readonly calls: readonly number[];
  /** Template up to the object: `/companies/{}`. */
  readonly collection: string;
  /** How many references there are, and how many of them go with one object. */
  readonly references: number;
  readonly bound: number;
}

interface Use {
  first: number;
  firstCall: number;
  readonly calls: { readonly id: number; readonly time: number; readonly principal: number }[];
}

interface Pair {
  readonly parameter: string;
  readonly collection: string;
  readonly references: Map<string, Map<string, Use>>;
  /** References that go with several objects. */
  loose: number;
  isDead: boolean;
}

interface Row {
  readonly id: number;
  readonly time: number;
  readonly path: string;
  readonly query: string;
  readonly principal: number;
  readonly endpoint: number;
  readonly template: string;
}

/**
 * Places of a template that name an object, with the collection that each is of. Without the host: one log names it and another does not, and each has
 * but a part of the uses of a reference.
 */
function placesOf(template: string): readonly { readonly place: number; readonly collection: string }[] {
  const segments = template.split('/');
  return segments.flatMap((segment, place) =>
    parameterOf(segment) === undefined
      ? []
      : [{ place, collection: segments.slice(0, place + 1).map((each) => (parameterOf(each) === undefined ? each : '{}')).join('/') }],
  ); // prettier-ignore
}

function note(pair: Pair, row: Row, reference: string, object: string): void {
  const { references } = pair;
  const objects = references.get(reference) ?? new Map<string, Use>();
  references.set(reference, objects);
  let use = objects.get(object);
  if (use === undefined) {
    // `limit=100`, a version of the API: it goes with everything.
    pair.isDead = objects.size >= MAX_OBJECTS;
    if (pair.isDead) references.clear();
    if (pair.isDead) return;
    objects.set(object, (use = { first: row.time, firstCall: row.id, calls: [] }));
    if (objects.size === 2) pair.loose += 1;
  }
  if (row.time < use.first) [use.first, use.firstCall] = [row.time, row.id];
  use.calls.push({ id: row.id, time: row.time, principal: row.principal });
  pair.isDead =
    references.size > MAX_REFERENCES || (references.size >= EARLY && references.size - pair.loose < EARLY_BOUND * references.size);
  if (pair.isDead) references.clear();
}

function reusedOf({ parameter, collection, references }: Pair): readonly Reused[] {
  const often = [...references].filter(([, objects]) => [...objects.values()].reduce((sum, { calls }) => sum + calls.length, 0) > 1);
  const bound = often.filter(([, objects]) => objects.size === 1).length;
  const objects = new Set(often.flatMap(([, uses]) => [...uses.keys()]));
  if (often.length < MIN_REFERENCES || objects.size < MIN_OBJECTS || bound < MIN_BOUND * often.length) return [];
  return often.flatMap(([reference, uses]): Reused[] => {
    const [own, ...others] = [...uses].sort(([, a], [, b]) => a.first - b.first || a.firstCall - b.firstCall);
    if (own === undefined || others.length < MIN_FOREIGN) return [];
    const callers = new Set(others.flatMap(([, { calls }]) => calls.map(({ principal }) => principal)));
    return [...callers].flatMap((principal): Reused[] => {
      const theirs = others.filter(([, { calls }]) => calls.some((call) => call.principal === principal));
      const calls = theirs.flatMap(([, use]) => use.calls.filter((call) => call.principal === principal));
      if (theirs.length < MIN_FOREIGN || calls.length < MIN_CALLS) return [];
      return [{
        principal, parameter, reference, collection, references: often.length, bound,
        own: own[0], ownCall: own[1].firstCall, objects: theirs.map(([object]) => object),
        calls: calls.sort((a, b) => a.time - b.time || a.id - b.id).map(({ id }) => id),
      }];
    });
  });
} // prettier-ignore

/**
 * Learns which query parameters give a reference that goes with one object (the ticket for a customer, the order for a delivery), and finds references
 * that somebody gave for objects they were not issued for. One walk along the answered calls; a parameter that goes with everything, such as a page, is
 * dropped after a few hundred values. Memory: the uses of what is left.
 */
export async function findReused(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly Reused[]> {
  const pairs = new Map<string, Pair>();
  const places = new Map<number, ReturnType<typeof placesOf>>();
  const page = db.prepare(
    `SELECT c.id, c.time, c.path, c.query, f.principal_id AS principal, f.endpoint_id AS endpoint, e.template
     FROM call c JOIN call_fact f ON f.call_id = c.id JOIN endpoint e ON e.id = f.endpoint_id
     WHERE c.id > ? AND c.query IS NOT NULL AND c.query <> '' AND c.time IS NOT NULL AND c.path IS NOT NULL AND c.status BETWEEN 200 AND 299
       AND f.same_as IS NULL AND f.principal_id IS NOT NULL AND e.template LIKE '%{%' ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  for (let after = 0; ;) {
    const rows = page.all<Row>(after);
    if (rows.length === 0) break;
    for (const row of rows) {
      after = row.id;
      let named = places.get(row.endpoint);
      if (named === undefined) places.set(row.endpoint, (named = placesOf(row.template)));
      const [segments, parts] = [row.path.split('/'), row.template.split('/')];
      for (const { name, text } of queryTexts(row.query)) {
        if (!REFERENCE.test(text)) continue;
        for (const { place, collection } of named) {
          const key = `${name} ${collection}`;
          let pair = pairs.get(key);
          if (pair === undefined && pairs.size >= MAX_PAIRS) continue;
          if (pair === undefined) pairs.set(key, (pair = { parameter: name, collection, references: new Map(), loose: 0, isDead: false }));
          const segment = segments[place];
          if (pair.isDead || segment === undefined) continue;
          note(pair, row, text, valueIn(parts[place], segment));
        }
      }
    }
    await breathe();
  }
  return outermost([...pairs.values()].flatMap((pair) => reusedOf(pair)));
}

/** Of the places of one path that a reference is bound to, the first tells all: a ticket for one company is also for few of its people. */
function outermost(found: readonly Reused[]): readonly Reused[] {
  return found.filter(
    ({ principal, parameter, reference, collection }) =>
      !found.some(
        (other) => other.principal === principal && other.parameter === parameter && other.reference === reference && collection.startsWith(`${other.collection}/`),
      ),
  );
} // prettier-ignore
