import { numberAt } from '../../../../lib/numbers.ts';
import type { Addresses } from '../addresses.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { Parents } from '../parents/parents.ts';
import { ONLY_CANDIDATE, setRivalParents } from '../parents/rival-parents.ts';
import type { Question } from '../parents/rival-sampler.ts';
import { addressesMeet, isWithin } from './trace-edges.ts';

/** Candidates that a call is asked about; of more, the latest. */
const MAX_RIVALS = 24;
/** No call is looked at as a parent for longer. Units: µs. */
const HORIZON = 120 * 1_000_000;
/** Open calls to one address: beyond it the best candidate would be a guess among hundreds. */
const MAX_OPEN = 400;

/** Calls still open, by the address they were passed on to. */
type OpenByAddress = Map<number, number[]>;

/** Candidates without those that only led to another candidate: a gateway and the sidecar behind it are no rivals. */
const withoutAncestors = (candidates: readonly number[], parents: Parents): readonly number[] =>
  candidates.length < 2 ? candidates : candidates.filter((one) => !candidates.some((other) => parents.leadsTo(one, other)));

/** Open calls to `address` that are not over at `time`; forgets the others. */
function stillOpen(calls: CallColumns, open: OpenByAddress, address: number, time: number): readonly number[] {
  const list = open.get(address);
  if (list === undefined) return [];
  const kept = list.filter((at) => numberAt(calls.end, at) >= time - 2_000 && numberAt(calls.start, at) >= time - HORIZON);
  if (kept.length !== list.length) open.set(address, kept);
  return kept;
}

/** True when the child was handed a trace context and it is not that of the parent. A trace that begins with the child may have lost it. */
const differentTraces = (calls: CallColumns, parent: number, child: number): boolean => {
  const [above, own] = [numberAt(calls.trace, parent), numberAt(calls.trace, child)];
  return numberAt(calls.parentSpan, child) !== 0 && above !== 0 && own !== 0 && above !== own;
};

const innermostOf = (calls: CallColumns, candidates: readonly number[]): number =>
  candidates.reduce(
    (best, candidate) => (best === NONE || numberAt(calls.start, candidate) >= numberAt(calls.start, best) ? candidate : best),
    NONE,
  );

/** What the open calls that fit say about the parent of `at`. */
function decide(calls: CallColumns, at: number, fitting: readonly number[], parents: Parents): Question | undefined {
  const known = parents.of[at] ?? NONE;
  if (known === NONE) {
    const rivals = withoutAncestors(fitting, parents);
    if (rivals.length > 1) return { child: at, candidates: rivals.slice(-MAX_RIVALS) };
    parents.set(at, innermostOf(calls, rivals), 'nesting', ONLY_CANDIDATE, false);
    return undefined;
  }
  // Ids say that both belong to one request; a hop between the two that shows no id is nearer.
  const between = parents.isSettled(at)
    ? []
    : withoutAncestors(
        fitting.filter((one) => parents.leadsTo(known, one)),
        parents,
      );
  if (between.length > 0) {
    const { kind, confidence } = parents.proofOf(at);
    // The nearer hop shows no message: address and time are what is known of it.
    parents.set(at, innermostOf(calls, between), kind === 'rpc' ? 'nesting' : kind, confidence, false);
    parents.confirm(at, ONLY_CANDIDATE / between.length);
  } else if (fitting.includes(known)) parents.confirm(at, ONLY_CANDIDATE);
  return undefined;
}

/**
 * Parents by address and time: the call was made while another was being served by the very address it came from (a service
 * calling on), or at the address the other was passed on to (the next hop). Where several calls fit, all such calls of the case are
 * settled together (`setRivalParents`). Where ids already name the parent, agreement adds a kind, and a hop between the two is preferred.
 * Cost: one sweep in time.
 */
export async function setNestingParents(
  calls: CallColumns,
  standing: Int32Array,
  addresses: Addresses,
  parents: Parents,
  breathe: () => Promise<void>,
): Promise<void> {
  const open: OpenByAddress = new Map();
  const questions: Question[] = [];
  for (let at = 0; at < calls.count; at += 1) {
    if (at % 20_000 === 0) await breathe();
    const start = numberAt(calls.start, at);
    if (standing[at] !== NONE || Number.isNaN(start)) continue;
    const from = addresses.of(numberAt(calls.clientIp, at));
    const host = addresses.of(numberAt(calls.host, at));
    const fitting = [...stillOpen(calls, open, from, start), ...(host === from ? [] : stillOpen(calls, open, host, start))].filter(
      (parent) => isWithin(calls, at, parent) && addressesMeet(calls, addresses, parent, at) && !differentTraces(calls, parent, at),
    );
    const question = fitting.length > 0 ? decide(calls, at, fitting, parents) : undefined;
    if (question !== undefined) questions.push(question);
    const upstream = addresses.of(numberAt(calls.upstream, at));
    if (upstream === NONE || numberAt(calls.end, at) <= start) continue;
    const list = open.get(upstream) ?? [];
    list.push(at);
    if (list.length > MAX_OPEN) list.shift();
    open.set(upstream, list);
  }
  await setRivalParents(calls, questions, parents, breathe);
}
