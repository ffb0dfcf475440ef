import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { Parents } from '../parents/parents.ts';
import { sharesId, type HandedOn } from '../twins/same-calls.ts';
import { SAME_REQUEST_ID } from './trace-edges.ts';

/** A pairing of two logs is never surer than a log that names ids. */
const MOST = 0.98;

/** Pairs looked at between two pauses. */
const STRETCH = 20_000;

const durationOf = (calls: CallColumns, at: number): number => numberAt(calls.end, at) - numberAt(calls.start, at);

/** True when `a` is the outer one: telemetry is the service's own, else what took longer waited for the other. */
function isOuter(calls: CallColumns, { pair, records }: HandedOn): boolean {
  if (pair.a.isTelemetry !== pair.b.isTelemetry) return pair.b.isTelemetry;
  if (pair.a.isCapture !== pair.b.isCapture) return pair.a.isCapture;
  let longer = 0;
  for (const { a, b } of records) longer += Math.sign(durationOf(calls, a) - durationOf(calls, b));
  return longer >= 0;
}

/**
 * Parents by pairing: a request and the same request further in, between logs that share no id: a gateway's line and the line of the sidecar, or the
 * span of the service, that it was passed on to. Of several outer hops the innermost is the cause, that is the shortest one.
 * Where a span names the parent, agreement adds a kind and disagreement is dropped.
 */
export async function setPassedOnParents(
  calls: CallColumns,
  handedOn: readonly HandedOn[],
  standingOf: (at: number) => number,
  parents: Parents,
  breathe: () => Promise<void>,
): Promise<void> {
  const best = new Map<number, { readonly from: number; readonly belief: number }>();
  for (const pairing of handedOn) {
    const outerIsA = isOuter(calls, pairing);
    for (const [place, { a, b, belief }] of pairing.records.entries()) {
      if (place % STRETCH === 0) await breathe();
      const [from, to] = outerIsA ? [standingOf(a), standingOf(b)] : [standingOf(b), standingOf(a)];
      const known = best.get(to);
      if (from === to) continue;
      const isBetter =
        known === undefined || (from === known.from ? belief > known.belief : durationOf(calls, from) < durationOf(calls, known.from));
      if (isBetter) best.set(to, { from, belief });
    }
  }
  for (const [place, [to, { from, belief }]] of [...best].sort((x, y) => x[0] - y[0]).entries()) {
    if (place % STRETCH === 0) await breathe();
    const known = parents.of[to] ?? NONE;
    if (known === NONE) {
      if (sharesId(calls, from, to)) parents.set(to, from, 'trace', SAME_REQUEST_ID, true);
      else parents.set(to, from, 'nesting', Math.min(MOST, belief), true);
    }
    if (parents.of[to] === from) parents.confirm(to, Math.min(MOST, belief));
  }
}
