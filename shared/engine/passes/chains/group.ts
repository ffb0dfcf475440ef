import type { EdgeKind } from '../../../contract/report-json.ts';
import { letGo } from '../../../lib/let-go.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { sortIndices } from '../../../lib/sort-indices.ts';
import { createUnionFind } from '../../../lib/union-find.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { EDGE_KINDS, type Edges } from './edges/edge-list.ts';
import { NO_KEY } from './sessions/keys.ts';

/** A chain grows only over pauses shorter than this, except within one trace. Units: µs. */
export const MAX_PAUSE = 30 * 60 * 1_000_000;
/** Nor longer than this in all: a cart that lives a week is no one piece of work. Units: µs. */
export const MAX_SPAN = 4 * 60 * 60 * 1_000_000;
/** Nor larger: a chain of more calls is no longer read by anyone. */
export const MAX_CALLS = 20_000;

/** Kinds that say that one call was made to answer another; they are the strongest. */
const CALLED: ReadonlySet<EdgeKind> = new Set(['trace', 'rpc', 'nesting']);

/** What grouping needs to know of edges. */
export type GroupEdges = Pick<Edges, 'count' | 'from' | 'to' | 'kind'>;

/** What joins two calls: one trace, a call made to answer another, one value of a chosen key, or anything weaker. */
type Bond = 'trace' | 'called' | 'keyed' | 'loose';

/** Edges looked at between two pauses. */
const STRETCH = 20_000;

/** The same by place in `EDGE_KINDS`. */
const isCalled = (kind: number): boolean => {
  const name = EDGE_KINDS[kind];
  return name !== undefined && CALLED.has(name);
};

/**
 * Groups calls that edges or a session join, strongest kinds first, so that weak links meet groups that strong ones have made. A link that would
 * stretch a group over a long pause or past its limits stays a link between two chains; so does one between two values of a key that the
 * analyst chose, or between two parties of one credential. Calls that carry one value are one piece of work however long it lasts. Shape: calls in time order; edges in that of their effect; `keyOf` gives NO_KEY for calls without
 * a key, `partyOf` the session of one of several parties, undefined where there is one.
 */
export async function groupCalls(
  calls: Pick<CallColumns, 'count' | 'start' | 'end'>,
  edges: GroupEdges,
  sessionOf: Int32Array,
  keyOf: (at: number) => number,
  partyOf: (at: number) => number | undefined,
  breathe: () => Promise<void>,
): Promise<(at: number) => number> {
  const groups = createUnionFind(calls.count);
  // By the call that stands for the group.
  const size = new Uint32Array(calls.count).fill(1);
  const last = calls.end.slice();
  const keys = new Map<number, number>();
  const parties = new Map<number, number>();
  const order = Uint32Array.from({ length: edges.count }, (_, index) => index);
  await sortIndices(order, (a, b) => numberAt(edges.kind, a) - numberAt(edges.kind, b) || a - b, breathe);
  const join = (from: number, to: number, bond: Bond): void => {
    const a = groups.find(from);
    const b = groups.find(to);
    if (a === b) return;
    const [keyA, keyB] = [keys.get(a) ?? keyOf(a), keys.get(b) ?? keyOf(b)];
    if (bond === 'loose' && keyA !== NO_KEY && keyB !== NO_KEY && keyA !== keyB) return;
    const [partyA, partyB] = [parties.get(a) ?? partyOf(a), parties.get(b) ?? partyOf(b)];
    if (bond === 'loose' && partyA !== undefined && partyB !== undefined && partyA !== partyB) return;
    // The lower number stands for a group: members are in time order, so that it is the first.
    const start = numberAt(calls.start, Math.min(a, b));
    const end = Math.max(numberAt(last, a), numberAt(last, b));
    const count = numberAt(size, a) + numberAt(size, b);
    if (bond !== 'trace' && count > MAX_CALLS) return;
    if ((bond === 'called' || bond === 'loose') && end - start > MAX_SPAN) return;
    const root = groups.join(a, b);
    size[root] = count;
    last[root] = end;
    const key = keyA === NO_KEY ? keyB : keyA;
    if (key !== NO_KEY) keys.set(root, key);
    const party = partyA ?? partyB;
    if (party !== undefined) parties.set(root, party);
  };
  let place = 0;
  // What one call led to is one piece of work, which sessions then hold together; other links come last and meet whole sessions.
  for (; place < order.length; place += 1) {
    if (place % STRETCH === 0) await breathe();
    const edge = numberAt(order, place);
    const kind = numberAt(edges.kind, edge);
    if (!isCalled(kind)) break;
    join(numberAt(edges.from, edge), numberAt(edges.to, edge), EDGE_KINDS[kind] === 'trace' ? 'trace' : 'called');
  }
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const session = sessionOf[at] ?? NONE;
    if (session !== NONE && session !== at) join(session, at, keyOf(at) === NO_KEY ? 'loose' : 'keyed');
  }
  for (; place < order.length; place += 1) {
    if (place % STRETCH === 0) await breathe();
    const edge = numberAt(order, place);
    const [from, to] = [numberAt(edges.from, edge), numberAt(edges.to, edge)];
    if (numberAt(calls.start, to) - numberAt(calls.end, from) <= MAX_PAUSE) join(from, to, 'loose');
  }
  letGo(size, last, order);
  return groups.find;
}

/** Groups of two calls or more, numbered from 1 by their first call. */
export interface Groups {
  readonly count: number;
  /** Calls in groups. */
  readonly calls: number;
  /** The group of each call, 0 for none. */
  readonly groupOf: Int32Array;
  /** The calls of a group in time order. */
  membersOf(group: number): Int32Array;
}

/** Numbers the groups and lists their calls; other sightings of a call are no members. Cost: 12 bytes a call. */
export function listGroups(calls: Pick<CallColumns, 'count'>, standing: Int32Array, rootOf: (at: number) => number): Groups {
  const sizes = new Uint32Array(calls.count);
  const isMember = (at: number): boolean => standing[at] === NONE;
  for (let at = 0; at < calls.count; at += 1) if (isMember(at)) sizes[rootOf(at)] = numberAt(sizes, rootOf(at)) + 1;
  const groupOf = new Int32Array(calls.count);
  // What stands for a group is its first call or a sighting before it, so that it is met first.
  const numberOf = new Int32Array(calls.count);
  const starts = [0];
  let total = 0;
  for (let at = 0; at < calls.count; at += 1) {
    const root = rootOf(at);
    if (!isMember(at) || numberAt(sizes, root) < 2) continue;
    if (numberOf[root] === 0) {
      numberOf[root] = starts.length;
      total += numberAt(sizes, root);
      starts.push(total);
    }
    groupOf[at] = numberAt(numberOf, root);
  }
  const members = new Int32Array(total);
  const filled = Uint32Array.from(starts);
  for (let at = 0; at < calls.count; at += 1) {
    const group = numberAt(groupOf, at);
    if (group === 0) continue;
    members[numberAt(filled, group - 1)] = at;
    filled[group - 1] = numberAt(filled, group - 1) + 1;
  }
  letGo(sizes, numberOf, filled);
  return {
    count: starts.length - 1,
    calls: total,
    groupOf,
    membersOf: (group) => members.subarray(starts[group - 1], starts[group]),
  };
}
