import { parameterOf } from '../../../model/segment-value.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { changingEndpoints } from '../../store/read/changing-endpoints.ts';

/** Objects are handed over so long before their new holder opens them. Units: µs. */
const BEFORE = 2 * 3_600_000_000;
/** Share of a walk's objects that one other principal changed before. */
const MOST = 0.8;
/** Share of these among all objects of the collection that it changed: who changes everything hands nothing over. */
const AIMED = 0.5;
/** Changes that are looked at. */
const MAX_CHANGES = 50_000;

/** A walk's calls by row id, and the template that names its objects. */
interface WalkedObjects {
  readonly principal: number;
  readonly calls: readonly number[];
  readonly template: string;
  readonly parameter: string;
  /** Of its first and last call. Units: µs. */
  readonly from: number;
  readonly to: number;
}

/**
 * Who changed nearly all objects of a walk and few others of their collection in the two hours before, each before the walk came to it, as one who assigns
 * work does: label and share; undefined where nobody did.
 */
export function handedOverBy(db: SqlDriver, walk: WalkedObjects): { readonly label: string; readonly share: number } | undefined {
  const place = walk.template.split('/').findIndex((segment) => parameterOf(segment) === walk.parameter);
  const collection = collectionAt(walk.template, place);
  if (collection === undefined) return undefined;
  const opened = firstReads(db, walk, place);
  if (opened.size === 0) return undefined;
  const changing = changingEndpoints(db);
  const changes = db
    .prepare(
      `SELECT c.path, c.time, f.principal_id AS principal, f.endpoint_id AS endpoint FROM call c JOIN call_fact f ON f.call_id = c.id
        WHERE c.time BETWEEN ? AND ? AND f.principal_id <> ? AND f.same_as IS NULL AND c.path IS NOT NULL AND c.status < 400 ORDER BY c.time DESC LIMIT ?`,
    )
    .all<{ path: string; time: number; principal: number; endpoint: number }>(walk.from - BEFORE, walk.to, walk.principal, MAX_CHANGES);
  const changed = new Map<number, Changed>();
  for (const { path, time, principal, endpoint } of changes) {
    if (!changing.has(endpoint)) continue;
    const own = changed.get(principal) ?? { all: new Set<string>(), before: new Set<string>() };
    changed.set(principal, own);
    for (const object of objectsIn(path, collection)) {
      own.all.add(object);
      if (time < (opened.get(object) ?? -Infinity)) own.before.add(object);
    }
  }
  const [best] = [...changed]
    .filter(([, { all, before }]) => before.size >= AIMED * all.size)
    .sort(([a, one], [b, other]) => other.before.size - one.before.size || a - b);
  if (best === undefined || best[1].before.size < MOST * opened.size) return undefined;
  const label = db.prepare('SELECT label FROM principal WHERE id = ?').get<{ label: string }>(best[0])?.label ?? 'another principal';
  return { label, share: best[1].before.size / opened.size };
}

/** The objects of the walk's collection that one principal changed, and which of the walk's own before the walk came to them. */
interface Changed {
  readonly all: Set<string>;
  readonly before: Set<string>;
}

/** When the walk first asked for each of its objects. */
function firstReads(db: SqlDriver, { calls }: WalkedObjects, place: number): ReadonlyMap<string, number> {
  const call = db.prepare('SELECT path, time FROM call WHERE id = ?');
  const opened = new Map<string, number>();
  for (const id of calls) {
    const { path, time } = call.get<{ path: string | null; time: number | null }>(id) ?? { path: null, time: null };
    const object = path?.split('/')[place];
    if (object !== undefined && time !== null) opened.set(object, Math.min(time, opened.get(object) ?? Infinity));
  }
  return opened;
}

/** The word that names what the ids at a place of a template are of: the segment before them, or `Orders(` in `Orders({id})`. */
function collectionAt(template: string, place: number): string | undefined {
  const segments = template.split('/');
  const [lead = '', ...keyed] = segments[place]?.split('{') ?? [];
  const word = lead === '' ? segments[place - 1] : lead;
  return keyed.length === 0 || word === undefined || word === '' || parameterOf(word) !== undefined ? undefined : word.toLowerCase();
}

/** What a path names of a collection, as the segments with the ids. */
function objectsIn(path: string, collection: string): readonly string[] {
  const segments = path.split('/');
  const isKeyed = collection.endsWith('(') || collection.endsWith('=');
  return segments.filter((segment, at) =>
    isKeyed ? segment.toLowerCase().startsWith(collection) : segment !== '' && segments[at - 1]?.toLowerCase() === collection,
  );
}
