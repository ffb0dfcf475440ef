import { numberAt } from '../../../lib/numbers.ts';
import type { Addresses } from './addresses.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import type { EdgeList } from './edge-list.ts';
import { addressesMeet, isWithin } from './trace-edges.ts';

/** Address and time agree and only one call fits: 0.96 to 0.99 precise on estates with known truth. */
const ONLY_CANDIDATE = 0.95;
/** The least that is worth an edge; with more rivals than that nothing is known. */
const MIN_CONFIDENCE = 0.3;
/** No call is looked at as a parent for longer. Units: µs. */
const HORIZON = 120 * 1_000_000;
/** Open calls to one address: beyond it the best candidate would be a guess among hundreds. */
const MAX_OPEN = 400;

/** Hops of one request that are walked up. */
const MAX_HOPS = 16;

/** Calls still open, by the address they were passed on to. */
type OpenByAddress = Map<number, number[]>;

/** Candidates without those that only led to another candidate: a gateway and the sidecar behind it are no rivals. */
function withoutAncestors(candidates: readonly number[], parentOf: Int32Array): readonly number[] {
  if (candidates.length < 2) return candidates;
  const ancestors = new Set<number>();
  for (const candidate of candidates) {
    let above = parentOf[candidate] ?? NONE;
    for (let steps = 0; above !== NONE && steps < MAX_HOPS; steps += 1) {
      ancestors.add(above);
      above = parentOf[above] ?? NONE;
    }
  }
  return candidates.filter((candidate) => !ancestors.has(candidate));
}

/** Open calls to `address` that are not over at `time`; forgets the others. */
function stillOpen(calls: CallColumns, open: OpenByAddress, address: number, time: number): readonly number[] {
  const list = open.get(address);
  if (list === undefined) return [];
  const kept = list.filter((at) => numberAt(calls.end, at) >= time - 2_000 && numberAt(calls.start, at) >= time - HORIZON);
  if (kept.length !== list.length) open.set(address, kept);
  return kept;
}

/** True when both name a trace and not the same one. */
const differentTraces = (calls: CallColumns, a: number, b: number): boolean => {
  const traceA = numberAt(calls.trace, a);
  const traceB = numberAt(calls.trace, b);
  return traceA !== 0 && traceB !== 0 && traceA !== traceB;
};

/**
 * Edges by address and time: the call was made while another was being served by the very address it came from (a service
 * calling on), or at the address the other was passed on to (the next hop). Innermost, that is latest to start, wins; rivals lower the
 * confidence. Where trace context already names the parent, agreement adds a kind and disagreement is dropped.
 * Cost: one sweep in time.
 */
export async function addNestingEdges(
  calls: CallColumns,
  standing: Int32Array,
  addresses: Addresses,
  parentOf: Int32Array,
  edges: EdgeList,
  breathe: () => Promise<void>,
): Promise<void> {
  const open: OpenByAddress = new Map();
  for (let at = 0; at < calls.count; at += 1) {
    if (at % 20_000 === 0) await breathe();
    const start = numberAt(calls.start, at);
    if (standing[at] !== NONE || Number.isNaN(start)) continue;
    const from = addresses.of(numberAt(calls.clientIp, at));
    const host = addresses.of(numberAt(calls.host, at));
    const fitting = [...stillOpen(calls, open, from, start), ...(host === from ? [] : stillOpen(calls, open, host, start))].filter(
      (parent) => isWithin(calls, at, parent) && addressesMeet(calls, addresses, parent, at) && !differentTraces(calls, parent, at),
    );
    const known = parentOf[at] ?? NONE;
    if (known !== NONE) {
      if (fitting.includes(known)) edges.add(known, at, 'nesting', ONLY_CANDIDATE);
    } else if (fitting.length > 0) {
      const rivals = withoutAncestors(fitting, parentOf);
      const confidence = ONLY_CANDIDATE / Math.max(1, rivals.length);
      const innermost = rivals.reduce(
        (best, candidate) => (numberAt(calls.start, candidate) >= numberAt(calls.start, best) ? candidate : best),
        fitting[0] ?? NONE,
      );
      if (confidence >= MIN_CONFIDENCE) {
        parentOf[at] = innermost;
        edges.add(innermost, at, 'nesting', confidence);
      }
    }
    const upstream = addresses.of(numberAt(calls.upstream, at));
    if (upstream === NONE || numberAt(calls.end, at) <= start) continue;
    const list = open.get(upstream) ?? [];
    list.push(at);
    if (list.length > MAX_OPEN) list.shift();
    open.set(upstream, list);
  }
}
