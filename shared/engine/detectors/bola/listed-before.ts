import { groupBy } from '../../../lib/group-by.ts';
import { numberAt } from '../../../lib/numbers.ts';
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

/** An answered GET that may be a list. Units: µs, bytes. */
export interface Answer {
  readonly path: string;
  readonly time: number;
  readonly bytes: number | null;
}

/** First of the answers, which are in order of time, that is not before a time. */
function firstAt(answers: readonly Answer[], time: number): number {
  let [low, high] = [0, answers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((answers[middle]?.time ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Counts calls before which their list was answered, within the time that a list is worked through, and what these lists can have held. `collection`: path
 * of the list that names the call's object. Cost: a search among the answers of one path for each call, not a walk along them.
 */
export function countListed(calls: readonly { readonly collection: string | undefined; readonly time: number }[], answers: readonly Answer[]): ListedBefore {
  const lists = new Map([...groupBy(answers, ({ path }) => path)].map(([path, own]) => [path, { own: own.toSorted((a, b) => a.time - b.time), turns: new Int32Array(own.length + 1) }]));
  let listed = 0;
  for (const { collection, time } of calls) {
    const list = collection === undefined ? undefined : lists.get(collection);
    if (list === undefined) continue;
    const [from, to] = [firstAt(list.own, time - LIST_LIFE), firstAt(list.own, time + 1)];
    if (from === to) continue;
    listed += 1;
    // From here to there the answers were of use: +1 where that begins, -1 where it ends.
    list.turns[from] = numberAt(list.turns, from) + 1;
    list.turns[to] = numberAt(list.turns, to) - 1;
  }
  let room = 0;
  for (const { own, turns } of lists.values()) {
    let open = 0;
    for (const [place, { bytes }] of own.entries()) {
      open += numberAt(turns, place);
      if (open > 0) room += bytes === null ? PAGE : bytes / ENTRY;
    }
  }
  return { share: listed / Math.max(1, calls.length), room };
} // prettier-ignore

/**
 * Tells whether lists came before calls that name an object, as the last parameter of `template` does. `calls`: row ids.
 * Cost: the caller's calls, once, and a search among them for each of `calls`.
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
  return countListed(
    calls.flatMap((id) => {
      const row = call.get<{ path: string | null; time: number }>(id);
      return row === undefined ? [] : [{ collection: row.path?.split('/').slice(0, place).join('/'), time: row.time }];
    }),
    answers,
  );
}
