import { numberAt } from '../../../lib/numbers.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { IdCalls } from './id-walk.ts';
import type { ObjectEndpoint } from './read-ids.ts';

/** A run of a program goes on over pauses up to this. Units: µs. */
const RUN_GAP = 2 * 60 * 1_000_000;
/** Runs in which it asked for the list first, before that is how it comes by its objects; and their share of all its runs. */
export const MIN_LISTED = 4;
const LISTED_SHARE = 0.5;
/** An object of its own comes up in so many runs, one of them after the list. */
const OWN_RUNS = 3;
/** Runs in each of which it asked for others that no list of its can have given it. */
export const MIN_UNLISTED = 3;

interface Run {
  /** Indices of answered calls to objects. */
  readonly calls: number[];
  /** The list was asked for in it before any object. */
  readonly isListed: boolean;
}

/** What a program asked for without having asked for the list. Shape: indices into its calls. */
export interface Unlisted {
  readonly strange: readonly number[];
  readonly own: readonly number[];
  readonly listedRuns: number;
  readonly runs: number;
}

/**
 * When a caller asked for a list of what an endpoint gives one by one: of `GET /orders` or `GET /me/orders` for `GET /orders/{order}`.
 * Units: µs, in order of time.
 */
export function readListTimes(db: SqlDriver, principal: number, { id, method, template, place }: ObjectEndpoint): readonly number[] {
  const segments = template.split('/');
  const name = segments[place - 1];
  if (method !== 'GET' || place !== segments.length - 1 || name === undefined || name === '') return [];
  return db
    .prepare(
      `SELECT c.time FROM endpoint own JOIN endpoint e ON e.host = own.host AND e.method = 'GET' AND e.template LIKE ? ESCAPE '\\'
       JOIN call_fact f ON f.endpoint_id = e.id AND f.principal_id = ? AND f.same_as IS NULL JOIN call c ON c.id = f.call_id
       WHERE own.id = ? AND c.time IS NOT NULL AND +c.status BETWEEN 200 AND 299 ORDER BY c.time`,
    )
    .all<{ time: number }>(`%/${name.replaceAll(/[%_\\]/g, '\\$&')}`, principal, id)
    .map(({ time }) => time);
}

/** Calls that were answered with an object, run by run. */
function runsOf(calls: IdCalls, lists: readonly number[]): readonly Run[] {
  const runs: Run[] = [];
  let end = -Infinity;
  let next = 0;
  for (let at = 0; at < calls.call.length; at += 1) {
    const time = numberAt(calls.time, at);
    let listed = false;
    // The list may be a page or two before the first object.
    for (; next < lists.length && numberAt(lists, next) <= time; next += 1) {
      listed = true;
      end = numberAt(lists, next);
    }
    if (listed || time - end > RUN_GAP) runs.push({ calls: [], isListed: listed && time - end <= RUN_GAP });
    end = time;
    const status = numberAt(calls.status, at);
    if (status >= 200 && status <= 299) runs.at(-1)?.calls.push(at);
  }
  return runs.filter((run) => run.calls.length > 0);
}

/**
 * Objects that a program asked for in between its own, in runs in which it had not asked for its list, and in no other run ever; undefined where
 * it does not come by its objects that way, or did so in fewer than three runs.
 * Example: runs `list A B`, `list A`, `list A C`, `list A` and then `A X B`, `A Y B`, `A Z B`: X, Y and Z stood in no list that it had asked for.
 */
export function unlistedOf(calls: IdCalls, lists: readonly number[]): Unlisted | undefined {
  if (lists.length < MIN_LISTED) return undefined;
  const runs = runsOf(calls, lists);
  const listedRuns = runs.filter(({ isListed }) => isListed).length;
  if (listedRuns < MIN_LISTED || listedRuns < LISTED_SHARE * runs.length) return undefined;
  const objects = new Map<number, { runs: number; listed: number }>();
  for (const run of runs)
    for (const id of new Set(run.calls.map((at) => numberAt(calls.id, at)))) {
      const known = objects.get(id) ?? { runs: 0, listed: 0 };
      objects.set(id, { runs: known.runs + 1, listed: known.listed + (run.isListed ? 1 : 0) });
    }
  const isOwn = (at: number): boolean => {
    const known = objects.get(numberAt(calls.id, at));
    return known !== undefined && known.runs >= OWN_RUNS && known.listed > 0;
  };
  const isStrange = (at: number): boolean => {
    const known = objects.get(numberAt(calls.id, at));
    return known?.runs === 1 && known.listed === 0;
  };
  // A message that names an object starts a run of that object; among its own ones it has no reason to be.
  const odd = runs.filter((run) => !run.isListed && run.calls.some(isOwn) && run.calls.some(isStrange));
  if (odd.length < MIN_UNLISTED) return undefined;
  const own = new Map(runs.flatMap((run) => run.calls.filter(isOwn)).map((at) => [numberAt(calls.id, at), at]));
  return { strange: odd.flatMap((run) => run.calls.filter(isStrange)), own: [...own.values()], listedRuns, runs: runs.length };
}
