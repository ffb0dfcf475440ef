import { numberAt } from '../../../../lib/numbers.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import { sortIndices } from '../../../../lib/sort-indices.ts';
import type { Addresses } from '../addresses.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import { REACH } from '../clocks/seeds.ts';
import type { Parents } from '../parents/parents.ts';
import { spanParents } from '../parents/span-parents.ts';

/** A span that names its parent: as sure as the log itself. */
const SPAN_PARENT = 0.99;
/** Same trace, and one call lies within the other on another hop: right in nearly all traced estates, but inferred. */
const SAME_TRACE_CONTAINED = 0.9;
/** A request id that one hop hands to the next, in two logs: nothing but a hop shares it, though it does not say which way. */
export const SAME_REQUEST_ID = 0.95;
/** Two records came with one trace context, the later one from the very address that the earlier one was passed on to: a service handed its context on. */
const SAME_CONTEXT = 0.95;
/** More records than this with one request id: a client that reuses it, so it names no request. */
const MAX_HOPS = 8;
/** Records of one request lie this close on a common clock. Units: µs. */
const HOP_REACH = 2_000_000;
/** Children end up to 4 µs after their parents in real dumps, more across hosts. Units: µs. */
const CONTAINMENT_SLACK = 2_000;
/** Open calls of one trace that are looked at for a container; more are open only in load tests. */
const MAX_OPEN = 64;

/** True when `child` lies within `parent` on the clock, give or take the slack, and is not the longer one. */
export function isWithin(calls: CallColumns, child: number, parent: number): boolean {
  const start = numberAt(calls.start, child);
  const end = numberAt(calls.end, child);
  const parentStart = numberAt(calls.start, parent);
  const parentEnd = numberAt(calls.end, parent);
  return (
    parentEnd > parentStart &&
    start >= parentStart - CONTAINMENT_SLACK &&
    end <= parentEnd + CONTAINMENT_SLACK &&
    end - start <= parentEnd - parentStart
  );
}

/** True when what `parent` was passed on to is where `child` came from or arrived at. */
export function addressesMeet(calls: CallColumns, addresses: Addresses, parent: number, child: number): boolean {
  const upstream = addresses.of(numberAt(calls.upstream, parent));
  if (upstream === NONE) return false;
  if (upstream === addresses.of(numberAt(calls.clientIp, child)) || upstream === addresses.of(numberAt(calls.host, child))) return true;
  // A sidecar or a span names its own pod, which is where the gateway passed the request on to, whatever it made of the path.
  return (
    numberAt(calls.source, parent) !== numberAt(calls.source, child) &&
    upstream === addresses.of(numberAt(calls.upstream, child)) &&
    numberAt(calls.method, parent) === numberAt(calls.method, child) &&
    numberAt(calls.status, parent) === numberAt(calls.status, child)
  );
}

/** Calls looked at between two pauses. */
const STRETCH = 100_000;

/** Stands for twice or more. */
const OFTENER = 2;

/**
 * Calls whose number in `column` another call has too. Most ids of a gateway log stand once, so only the others are sorted.
 * Cost: a byte a number that occurs, and 4 bytes a call that is found.
 */
async function sharing(
  calls: CallColumns,
  column: ArrayLike<number>,
  standing: Int32Array,
  breathe: () => Promise<void>,
): Promise<Uint32Array> {
  let largest = 0;
  for (let at = 0; at < calls.count; at += 1) largest = Math.max(largest, numberAt(column, at));
  /** How often a number stands: never, once, or oftener. */
  const times = new Uint8Array(largest + 1);
  const isSought = (at: number): boolean => numberAt(column, at) !== 0 && standing[at] === NONE;
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (isSought(at)) times[numberAt(column, at)] = numberAt(times, numberAt(column, at)) === 0 ? 1 : OFTENER;
  }
  const isFound = (at: number): boolean => isSought(at) && numberAt(times, numberAt(column, at)) === OFTENER;
  let count = 0;
  for (let at = 0; at < calls.count; at += 1) if (isFound(at)) count += 1;
  const found = new Uint32Array(count);
  for (let at = 0, place = 0; at < calls.count && place < count; at += 1) {
    if (!isFound(at)) continue;
    found[place] = at;
    place += 1;
  }
  return found;
}

/** Groups of two or more calls that share a number of `column`, in time order within each group. */
export async function groupsBy(
  calls: CallColumns,
  column: ArrayLike<number>,
  standing: Int32Array,
  breathe: () => Promise<void>,
): Promise<readonly Uint32Array[]> {
  const order = await sharing(calls, column, standing, breathe);
  await sortIndices(order, (a, b) => numberAt(column, a) - numberAt(column, b) || a - b, breathe);
  const groups: Uint32Array[] = [];
  for (let from = 0; from < order.length;) {
    const shared = numberAt(column, numberAt(order, from));
    let to = from + 1;
    while (to < order.length && numberAt(column, numberAt(order, to)) === shared) to += 1;
    if (to - from > 1) groups.push(order.subarray(from, to));
    from = to;
  }
  return groups;
}

/** True when both show an address and the child came from elsewhere: what runs in parallel in one trace is no parent. */
function addressesPart(calls: CallColumns, addresses: Addresses, parent: number, child: number): boolean {
  const isShown = addresses.of(numberAt(calls.upstream, parent)) !== NONE && addresses.of(numberAt(calls.clientIp, child)) !== NONE;
  return isShown && !addressesMeet(calls, addresses, parent, child);
}

/** True when `candidate` itself was made to answer a call of the same client in the same log: then that call and `child` are two of the client's. */
function isBehindSibling(calls: CallColumns, parents: Parents, candidate: number, child: number): boolean {
  const client = numberAt(calls.clientIp, child);
  if (client === NONE) return false;
  let above = numberAt(parents.of, candidate);
  for (let steps = 0; above !== NONE && steps < MAX_HOPS; steps += 1) {
    if (numberAt(calls.source, above) === numberAt(calls.source, child) && numberAt(calls.clientIp, above) === client) return true;
    above = numberAt(parents.of, above);
  }
  return false;
}

/** The innermost open call of the trace that contains `child` on another hop. */
function innermostContainer(calls: CallColumns, addresses: Addresses, parents: Parents, open: readonly number[], child: number): number {
  let best = NONE;
  for (const candidate of open) {
    // Two calls of one log and one client run in parallel; that one is longer makes it no parent.
    const otherHop =
      numberAt(calls.source, candidate) !== numberAt(calls.source, child) || addressesMeet(calls, addresses, candidate, child);
    if (!otherHop || !isWithin(calls, child, candidate) || addressesPart(calls, addresses, candidate, child)) continue;
    if (isBehindSibling(calls, parents, candidate, child)) continue;
    const shorter =
      best === NONE ||
      numberAt(calls.end, candidate) - numberAt(calls.start, candidate) < numberAt(calls.end, best) - numberAt(calls.start, best);
    if (shorter) best = candidate;
  }
  return best;
}

/** The hop that waited for `inner`: by address if that tells, else the shortest that contains it. */
function outerHop(calls: CallColumns, addresses: Addresses, longer: readonly number[], inner: number): number {
  let best = NONE;
  let bestMeets = false;
  for (const candidate of longer) {
    const elsewhere = numberAt(calls.source, candidate) !== numberAt(calls.source, inner);
    const apart = Math.abs(numberAt(calls.start, inner) - numberAt(calls.start, candidate));
    const meets = addressesMeet(calls, addresses, candidate, inner);
    // One log mostly has one clock, so only what lies within counts, unless the address says so too: hosts may write one log by clocks
    // of their own. Between two clocks the id says enough.
    const near = meets ? apart <= REACH : elsewhere ? apart <= HOP_REACH : isWithin(calls, inner, candidate);
    if (!near) continue;
    // Candidates come longest first: a later one is further in.
    if (best === NONE || meets || !bestMeets) {
      best = candidate;
      bestMeets = meets;
    }
  }
  return best;
}

/** Parents along the hops of one request: the outer hop takes longer than the inner one that it waits for. */
function addHopParents(calls: CallColumns, groups: readonly Uint32Array[], addresses: Addresses, parents: Parents): void {
  const duration = (at: number): number => numberAt(calls.end, at) - numberAt(calls.start, at);
  for (const group of groups) {
    if (group.length > MAX_HOPS) continue;
    const outward = [...group].sort((a, b) => duration(b) - duration(a) || numberAt(calls.start, a) - numberAt(calls.start, b) || a - b);
    for (const [hop, inner] of outward.entries()) {
      if (hop === 0 || parents.of[inner] !== NONE) continue;
      const outer = outerHop(calls, addresses, outward.slice(0, hop), inner);
      if (outer !== NONE) parents.set(inner, outer, 'trace', SAME_REQUEST_ID, false);
    }
  }
}

/**
 * Parents of calls that came with the very trace context of another call of the trace: a service without a tracer hands it on as it got it. The
 * addresses say which way; ids and addresses need no clock, so that calls of a busy run are not given to a neighbour when clocks are
 * known to some milliseconds only. Where several calls fit, time has to tell.
 * Shape: `group` holds the calls of one trace.
 */
function setContextParents(calls: CallColumns, group: Uint32Array, addresses: Addresses, parents: Parents): void {
  const handed = group.filter((at) => numberAt(calls.parentSpan, at) !== 0);
  for (const alike of groupBy(handed, (at) => numberAt(calls.parentSpan, at)).values()) {
    if (alike.length < 2 || alike.length > MAX_HOPS) continue;
    for (const child of alike) {
      if (parents.of[child] !== NONE) continue;
      const outer = alike.filter(
        (at) =>
          at !== child &&
          numberAt(calls.source, at) !== numberAt(calls.source, child) &&
          Math.abs(numberAt(calls.start, at) - numberAt(calls.start, child)) <= HOP_REACH &&
          addressesMeet(calls, addresses, at, child),
      );
      const [only = NONE] = outer;
      if (outer.length === 1) parents.set(child, only, 'trace', SAME_CONTEXT, false);
    }
  }
}

/** Parents that a span names: as sure as the log itself. */
export async function setSpanParents(
  calls: CallColumns,
  standing: Int32Array,
  parents: Parents,
  breathe: () => Promise<void>,
): Promise<void> {
  // A circle of spans is a broken log; the earlier call then stays without a parent.
  for (const [parent, child] of await spanParents(calls, standing, breathe)) parents.set(child, parent, 'trace', SPAN_PARENT, true);
}

/**
 * Parents of calls that still have none, from ids that they share: records with one request id on several hops; else the call that it has its
 * trace context from; else the innermost call of the trace that contains it on another hop.
 * Returns the calls of traces that hold more than one call without a parent: there the trace spans a whole run.
 */
export async function setTraceParents(
  calls: CallColumns,
  standing: Int32Array,
  addresses: Addresses,
  parents: Parents,
  breathe: () => Promise<void>,
): Promise<Uint8Array> {
  const inRun = new Uint8Array(calls.count);
  addHopParents(calls, await groupsBy(calls, calls.requestId, standing, breathe), addresses, parents);
  await breathe();
  let looked = 0;
  for (const group of await groupsBy(calls, calls.trace, standing, breathe)) {
    let open: number[] = [];
    let roots = 0;
    setContextParents(calls, group, addresses, parents);
    for (const child of group) {
      const start = numberAt(calls.start, child);
      open = open.filter((candidate) => numberAt(calls.end, candidate) >= start - CONTAINMENT_SLACK);
      if (parents.of[child] === NONE) {
        const parent = innermostContainer(calls, addresses, parents, open, child);
        if (parent !== NONE) parents.set(child, parent, 'trace', SAME_TRACE_CONTAINED, false);
        if (numberAt(parents.of, child) === NONE) roots += 1;
      }
      open.push(child);
      if (open.length > MAX_OPEN) open.shift();
    }
    if (roots > 1) for (const call of group) inRun[call] = 1;
    looked += group.length;
    if (looked > 20_000) {
      looked = 0;
      await breathe();
    }
  }
  return inRun;
}
