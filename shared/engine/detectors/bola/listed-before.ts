import { addTo } from '../../../lib/group-values.ts';
import { parameterOf } from '../../../model/segment-value.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A list is worked through within this time. Units: µs. Source: detections.md, 6.0, the look-back of values. */
const LIST_LIFE = 30 * 60_000_000;
/** The least that an entry of a list takes: its id, a name for it and what stands between two. Units: bytes. */
const ENTRY = 20;
/** Entries of a page whose size the evidence does not have: what interfaces give at most. */
const PAGE = 1000;

/** What a caller had asked for before it asked for objects one by one. */
export interface ListedBefore {
  /** Share of the calls before which it was answered with the list that their object stands in: the path up to it. */
  readonly share: number;
  /** Entries that these lists can have held, by their size. */
  readonly room: number;
}

interface Answer {
  readonly path: string;
  readonly time: number;
  readonly bytes: number | null;
}

/**
 * Tells whether lists came before calls that name an object, as the last parameter of `template` does. `calls`: row ids.
 * Cost: the caller's calls, once.
 */
export function listedBefore(db: SqlDriver, principal: number, template: string, calls: readonly number[]): ListedBefore {
  const place = template.split('/').findLastIndex((segment) => parameterOf(segment) !== undefined);
  const call = db.prepare('SELECT path, time FROM call WHERE id = ?');
  const answers = db
    .prepare(
      `SELECT c.path, c.time, c.res_bytes AS bytes FROM call_fact f JOIN call c ON c.id = f.call_id JOIN term m ON m.id = c.method_id AND m.value = 'GET'
       WHERE f.principal_id = ? AND f.same_as IS NULL AND +c.status BETWEEN 200 AND 299 AND c.time IS NOT NULL AND c.path IS NOT NULL`,
    )
    .all<Answer>(principal);
  const lists = new Map<string, Answer[]>();
  for (const answer of answers) addTo(lists, answer.path, answer);
  const used = new Set<Answer>();
  let listed = 0;
  for (const id of calls) {
    const { path, time } = call.get<{ path: string | null; time: number }>(id) ?? { path: null, time: 0 };
    const before = path === null ? [] : (lists.get(path.split('/').slice(0, place).join('/')) ?? []);
    const fresh = before.filter((list) => list.time <= time && time - list.time <= LIST_LIFE);
    if (fresh.length > 0) listed += 1;
    for (const list of fresh) used.add(list);
  }
  const room = [...used].reduce((sum, { bytes }) => sum + (bytes === null ? PAGE : bytes / ENTRY), 0);
  return { share: listed / Math.max(1, calls.length), room };
}
