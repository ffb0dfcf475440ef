import { numberAt } from '../../../../lib/numbers.ts';
import { NONE, type CallColumns } from '../call-columns.ts';

/** Half of a 52-bit key. */
const HALF_KEY = 2 ** 26;

/** One number for a span of a trace; a look-up compares the ids themselves as well. */
const spanKey = (trace: number, span: number): number => (trace % HALF_KEY) * HALF_KEY + (span % HALF_KEY);

/** Calls looked at between two pauses. */
const STRETCH = 50_000;

/** Span-parent pairs of calls that stand for themselves. Cost: one map entry a span that some call names as its parent. */
export async function spanParents(
  calls: CallColumns,
  standing: Int32Array,
  breathe: () => Promise<void>,
): Promise<readonly (readonly [parent: number, child: number])[]> {
  const wanted = new Map<number, number>();
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (standing[at] === NONE && numberAt(calls.parentSpan, at) !== 0)
      wanted.set(spanKey(numberAt(calls.trace, at), numberAt(calls.parentSpan, at)), NONE);
  }
  if (wanted.size === 0) return [];
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    if (standing[at] !== NONE || numberAt(calls.span, at) === 0) continue;
    const key = spanKey(numberAt(calls.trace, at), numberAt(calls.span, at));
    if (wanted.get(key) === NONE) wanted.set(key, at);
  }
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < calls.count; at += 1) {
    if (at % STRETCH === 0) await breathe();
    const span = numberAt(calls.parentSpan, at);
    const trace = numberAt(calls.trace, at);
    if (standing[at] !== NONE || span === 0) continue;
    const parent = wanted.get(spanKey(trace, span)) ?? NONE;
    if (parent === NONE || parent === at || numberAt(calls.span, parent) !== span || numberAt(calls.trace, parent) !== trace) continue;
    pairs.push([parent, at]);
  }
  return pairs;
}
