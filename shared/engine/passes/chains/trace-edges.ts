import { numberAt } from '../../../lib/numbers.ts';
import type { Addresses } from './addresses.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { spanParents } from './clock-offsets.ts';
import type { EdgeList } from './edge-list.ts';

/** A span that names its parent: as sure as the log itself. */
const SPAN_PARENT = 0.99;
/** Same trace, and one call lies within the other on another hop: right in nearly all traced estates, but inferred. */
const SAME_TRACE_CONTAINED = 0.9;
/** Children end up to 4 µs after their parents in real dumps, more across hosts. Units: µs. */
export const CONTAINMENT_SLACK = 2_000;
/** Open calls of one trace that are looked at for a container; more are open only in load tests. */
const MAX_OPEN = 64;

/** True when `child` lies within `parent` on the clock, give or take the slack, and is not the longer one. */
export function isWithin(calls: CallColumns, child: number, parent: number): boolean {
  const start = numberAt(calls.start, child);
  const end = numberAt(calls.end, child);
  const parentStart = numberAt(calls.start, parent);
  const parentEnd = numberAt(calls.end, parent);
  return parentEnd > parentStart && start >= parentStart - CONTAINMENT_SLACK && end <= parentEnd + CONTAINMENT_SLACK && end - start <= parentEnd - parentStart;
}

/** True when what `parent` was passed on to is where `child` came from or arrived at. */
export function addressesMeet(calls: CallColumns, addresses: Addresses, parent: number, child: number): boolean {
  const upstream = addresses.of(numberAt(calls.upstream, parent));
  if (upstream === NONE) return false;
  return upstream === addresses.of(numberAt(calls.clientIp, child)) || upstream === addresses.of(numberAt(calls.host, child));
}

/** Traced calls, grouped by trace and in time order within each. */
function* traceGroups(calls: CallColumns, standing: Int32Array): Generator<Uint32Array> {
  const traced = Uint32Array.from({ length: calls.count }, (_, index) => index).filter((at) => numberAt(calls.trace, at) !== 0 && standing[at] === NONE);
  traced.sort((a, b) => numberAt(calls.trace, a) - numberAt(calls.trace, b) || a - b);
  for (let from = 0; from < traced.length; ) {
    const trace = numberAt(calls.trace, numberAt(traced, from));
    let to = from + 1;
    while (to < traced.length && numberAt(calls.trace, numberAt(traced, to)) === trace) to += 1;
    yield traced.subarray(from, to);
    from = to;
  }
}

/** The innermost open call of the trace that contains `child` on another hop. */
function innermostContainer(calls: CallColumns, addresses: Addresses, open: readonly number[], child: number): number {
  let best = NONE;
  for (const candidate of open) {
    // Two calls of one log and one client run in parallel; that one is longer makes it no parent.
    const otherHop = numberAt(calls.source, candidate) !== numberAt(calls.source, child) || addressesMeet(calls, addresses, candidate, child);
    if (!otherHop || !isWithin(calls, child, candidate)) continue;
    const shorter = best === NONE || numberAt(calls.end, candidate) - numberAt(calls.start, candidate) < numberAt(calls.end, best) - numberAt(calls.start, best);
    if (shorter) best = candidate;
  }
  return best;
}

/**
 * Edges from trace context: the span's parent; for calls without one, the innermost call of the trace that contains it on
 * another hop.
 * Returns per call the parent found, or NONE, and the calls of traces that hold more than one call without a parent: there the
 * trace spans a whole run.
 */
export async function addTraceEdges(
  calls: CallColumns,
  standing: Int32Array,
  addresses: Addresses,
  edges: EdgeList,
  breathe: () => Promise<void>,
): Promise<{ readonly parentOf: Int32Array; readonly inRun: Uint8Array }> {
  const parentOf = new Int32Array(calls.count).fill(NONE);
  const inRun = new Uint8Array(calls.count);
  for (const [parent, child] of spanParents(calls, standing)) {
    // A circle of spans is a broken log; the earlier call then stays without a parent.
    if (parentOf[parent] === child) continue;
    parentOf[child] = parent;
    edges.add(parent, child, 'trace', SPAN_PARENT);
  }
  await breathe();
  let looked = 0;
  for (const group of traceGroups(calls, standing)) {
    if (group.length < 2) continue;
    let open: number[] = [];
    let roots = 0;
    for (const child of group) {
      const start = numberAt(calls.start, child);
      open = open.filter((candidate) => numberAt(calls.end, candidate) >= start - CONTAINMENT_SLACK);
      if (parentOf[child] === NONE) {
        const parent = innermostContainer(calls, addresses, open, child);
        if (parent === NONE || parentOf[parent] === child) roots += 1;
        else {
          parentOf[child] = parent;
          edges.add(parent, child, 'trace', SAME_TRACE_CONTAINED);
        }
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
  return { parentOf, inRun };
}
