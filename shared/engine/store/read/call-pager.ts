import type { CallPage } from '../../../contract/rows.ts';
import { sortMatches } from '../columns/sort-calls.ts';
import type { CallQuery, CallSearch } from '../columns/call-search.ts';
import { getRevision } from '../meta.ts';
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

const orderKey = ({ key, sort }: SortedQuery): string => `${sort.field} ${String(sort.descending)} ${key}`;

/** Pages of calls. Keeps counts and orders per revision of the case, so that scrolling far costs one sort, once. */
export function callPager(search: CallSearch): CallPager {
  const { db } = search;
  const totals = new Map<string, number>();
  const orders = new Map<string, Order>();
  let seenRevision = -1;
  const forget = (): void => {
    const revision = getRevision(db);
    if (revision === seenRevision) return;
    totals.clear();
    orders.clear();
    seenRevision = revision;
  };
  const keep = (query: SortedQuery, order: Order): Order => {
    const oldest = orders.keys().next();
    if (orders.size >= KEPT_ORDERS && oldest.done !== true) orders.delete(oldest.value);
    orders.set(orderKey(query), order);
    totals.set(query.key, order.length);
    return order;
  };
  const orderOf = async (query: SortedQuery, breathe: () => Promise<void>): Promise<Order> => {
    const known = orders.get(orderKey(query));
    if (known !== undefined) return known;
    const found = await search.find(query, breathe);
    if (found === undefined) return keep(query, Float64Array.from(callIds(db, query.filter, query.sort)));
    const { columns, mask } = found;
    const order = await sortMatches(db, columns, mask, query.sort, breathe);
    return keep(
      query,
      order.map((ordinal) => columns.ids[ordinal] ?? 0),
    );
  };
  return {
    async page(query, from, count, breathe) {
      forget();
      const walks = from + count <= SHALLOW && !orders.has(orderKey(query)) && (await isWalk(search, query));
      const ids = walks
        ? callIds(db, query.filter, query.sort, from + count).slice(from)
        : (await orderOf(query, breathe)).subarray(from, from + count);
      // A page that is not full is the last one.
      const total = totals.get(query.key) ?? (ids.length < count && (ids.length > 0 || from === 0) ? from + ids.length : undefined);
      return { rows: callReader(db).byIds([...ids]), from, ...(total === undefined ? {} : { total }) };
    },
    async position(query, callId, breathe) {
      forget();
      const index = (await orderOf(query, breathe)).indexOf(callId);
      return index < 0 ? undefined : index;
    },
    async step(query, further, callId, by, breathe) {
      forget();
      const order = await orderOf(query, breathe);
      const wanted = new Set(await orderOf({ ...further, sort: query.sort }, breathe));
      const at = callId === undefined ? -1 : order.indexOf(callId);
      const start = at < 0 ? (by === 1 ? 0 : order.length - 1) : at + by;
      for (let index = start; index >= 0 && index < order.length; index += by) {
        const id = order[index];
        if (id !== undefined && wanted.has(id)) return { callId: id, index };
      }
      return undefined;
    },
    async count(query, breathe) {
      forget();
      let total = totals.get(query.key);
      if (total === undefined) {
        total = query.ast.kind === 'all' ? undefined : (await search.find(query, breathe))?.total;
        totals.set(query.key, (total ??= countCalls(db, query.filter)));
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
