import { answerOf } from '../../store/call-answer.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { changesThings, pathWords } from '../../../model/endpoint-words.ts';
import { plural } from '../spoken.ts';

/** Objects of one shape from which on their levels are counted. */
const MIN_OF_SHAPE = 3;
/** Shapes named in one finding. */
const MOST_SHAPES = 5;

/** What some calls read, counted by the names of the objects. */
export interface ObjectsTaken {
  /** Different objects that answers were given for. */
  readonly objects: number;
  /** The shapes of their names with how many different ones stand at each level, the most frequent first. */
  readonly shapes: readonly string[];
}

interface Row {
  readonly path: string | null;
  readonly key: string | null;
  readonly template: string | null;
  readonly status: number | null;
  readonly flags: number;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A `%` as a letter of its own.
    return segment;
  }
}

/** One shape: levels that are the same throughout stand as they are, others as the number of different names. */
function shapeOf(names: readonly (readonly string[])[]): string {
  const [first = []] = names;
  const levels = first.map((name, level) => {
    const seen = new Set(names.map((each) => each[level] ?? ''));
    return seen.size === 1 ? name : `{${String(seen.size)}}`;
  });
  return `${plural(names.length, 'object')}: ${levels.join('/')}`;
}

/**
 * Counts the objects that calls read by the last part of their paths, which an audit log of a store writes as one name with folders.
 * Example: `a/2026/C-1/id.jpg`, `a/2026/C-2/id.jpg`, `a/2026/C-2/bill.pdf` are `3 objects: a/2026/{2}/{2}`: two customers, two kinds of paper.
 * Cost: one look-up for each call.
 */
export function readObjectsTaken(db: SqlDriver, calls: readonly number[]): ObjectsTaken {
  const select = db.prepare(
    'SELECT c.path, e.key, e.template, c.status, c.flags FROM call c LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN endpoint e ON e.id = f.endpoint_id WHERE c.id = ?',
  );
  const found = new Map<string, Map<string, readonly string[]>>();
  for (const call of new Set(calls)) {
    const row = select.get<Row>(call);
    if (row === undefined || row.path === null || row.key === null || row.template === null || answerOf(row) !== 'given' || changesThings(row.key)) continue;
    // A list, or what has no object in its template, gives nothing single.
    if (!row.template.endsWith('}') || pathWords(row.template).includes('list')) continue;
    const names = row.path.split('/').slice(1).flatMap((segment) => decoded(segment).split('/'));
    const shape = `${row.key} ${String(names.length)}`;
    found.set(shape, (found.get(shape) ?? new Map<string, readonly string[]>()).set(row.path, names));
  }
  const sizes = [...found.values()].toSorted((a, b) => b.size - a.size);
  return {
    objects: sizes.reduce((sum, { size }) => sum + size, 0),
    shapes: sizes.filter(({ size }) => size >= MIN_OF_SHAPE).slice(0, MOST_SHAPES).map((each) => shapeOf([...each.values()])),
  };
} // prettier-ignore
