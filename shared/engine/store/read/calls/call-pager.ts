import type { CallPage } from '../../../../contract/rows.ts';
import { sortMatches } from '../../columns/sort-calls.ts';
import type { CallQuery, CallSearch } from '../../columns/call-search.ts';
import { getRevision } from '../../meta.ts';
import { callIds, callReader, countCalls, type CallSort } from './calls.ts';

/** Deepest row that a page is still read for with LIMIT alone; below it the whole order is kept in memory. */
const SHALLOW = 2000;
/** Orders kept at once. Units: lists of row ids, 4 or 8 bytes a call each. */
const KEPT_ORDERS = 4;

/** A query as a table shows it. */
export interface SortedQuery extends CallQuery {
  readonly sort: CallSort;
}

export interface CallPager {
  /** `total` is there when it is known already or comes with the rows. */
  page(query: SortedQuery, from: number, count: number, breathe: () => Promise<void>): Promise<CallPage>;
  /** Where a call stands in the order, from 0; `undefined` when the filter leaves it out. */
  position(query: SortedQuery, callId: number, breathe: () => Promise<void>): Promise<number | undefined>;
  count(query: CallQuery, breathe: () => Promise<void>): Promise<number>;
  /** The next call after `callId` in the order (`by` 1), or before it (-1), that fits a further query; without `callId` the first or last. */
  step(
    query: SortedQuery,
    further: CallQuery,
    callId: number | undefined,
    by: 1 | -1,
    breathe: () => Promise<void>,
  ): Promise<Step | undefined>;
}

/** A call and where it stands in an order, from 0. */
interface Step {
  readonly callId: number;
  readonly index: number;
}

type Order = Uint32Array | Float64Array;

/** What was found out about one revision of the case. */
interface Kept {
  readonly revision: number;
  readonly totals: Map<string, number>;
  readonly orders: Map<string, Order>;
}

const orderKey = ({ key, sort }: SortedQuery): string => `${sort.field} ${String(sort.descending)} ${key}`;

/** Pages of calls. Keeps counts and orders per revision of the case, so that scrolling far costs one sort, once. */
export function callPager(search: CallSearch): CallPager {
  const { db } = search;
  let kept: Kept = { revision: -1, totals: new Map(), orders: new Map() };
  // Each question keeps what it finds for the revision that it began with: one that ends after a change must not pass for a new answer.
  const atRevision = (): Kept => {
    const revision = getRevision(db);
    if (revision !== kept.revision) kept = { revision, totals: new Map(), orders: new Map() };
    return kept;
  };
  const keep = ({ orders, totals }: Kept, query: SortedQuery, order: Order): Order => {
    const oldest = orders.keys().next();
    if (orders.size >= KEPT_ORDERS && oldest.done !== true) orders.delete(oldest.value);
    orders.set(orderKey(query), order);
    totals.set(query.key, order.length);
    return order;
  };
  const orderOf = async (into: Kept, query: SortedQuery, breathe: () => Promise<void>): Promise<Order> => {
    const known = into.orders.get(orderKey(query));
    if (known !== undefined) return known;
    const found = await search.find(query, breathe);
    if (found === undefined) return keep(into, query, Float64Array.from(callIds(db, query.filter, query.sort)));
    const { columns, mask, partial } = found;
    const sorted = await sortMatches(db, columns, mask, query.sort, breathe);
    const order = sorted.map((ordinal) => columns.ids[ordinal] ?? 0);
    // What was stopped may be read on: it is not the answer for as long as the case stays as it is.
    return partial === undefined ? keep(into, query, order) : order;
  };
  return {
    async page(query, from, count, breathe) {
      const now = atRevision();
      const found = query.ast.kind === 'all' ? undefined : await search.find(query, breathe);
      const walks = from + count <= SHALLOW && !now.orders.has(orderKey(query)) && (await isWalk(search, query));
      const ids = walks
        ? callIds(db, query.filter, query.sort, from + count).slice(from)
        : (await orderOf(now, query, breathe)).subarray(from, from + count);
      // A page that is not full is the last one.
      const total =
        found?.total ?? now.totals.get(query.key) ?? (ids.length < count && (ids.length > 0 || from === 0) ? from + ids.length : undefined);
      return {
        rows: callReader(db).byIds([...ids]),
        from,
        ...(total === undefined ? {} : { total }),
        ...(found?.partial === undefined ? {} : { partial: found.partial }),
      };
    },
    async position(query, callId, breathe) {
      const index = (await orderOf(atRevision(), query, breathe)).indexOf(callId);
      return index < 0 ? undefined : index;
    },
    async step(query, further, callId, by, breathe) {
      const now = atRevision();
      const order = await orderOf(now, query, breathe);
      const wanted = new Set(await orderOf(now, { ...further, sort: query.sort }, breathe));
      const at = callId === undefined ? -1 : order.indexOf(callId);
      const start = at < 0 ? (by === 1 ? 0 : order.length - 1) : at + by;
      for (let index = start; index >= 0 && index < order.length; index += by) {
        const id = order[index];
        if (id !== undefined && wanted.has(id)) return { callId: id, index };
      }
      return undefined;
    },
    async count(query, breathe) {
      const { totals } = atRevision();
      let total = totals.get(query.key);
      if (total === undefined) {
        const found = query.ast.kind === 'all' ? undefined : await search.find(query, breathe);
        total = found?.total ?? countCalls(db, query.filter);
        if (found?.partial === undefined) totals.set(query.key, total);
      }
      return total;
    },
  };
}

/**
 * Whether the first rows are had soonest from SQLite: of all calls by time, which an index holds in order, or by path, whose order takes
 * a second to make, and of a case that is too large for memory.
 */
const isWalk = async (search: CallSearch, { ast, sort }: SortedQuery): Promise<boolean> =>
  (ast.kind === 'all' && (sort.field === 'time' || sort.field === 'path')) || !(await search.fitsMemory());
