import { numberAt } from '../../../lib/numbers.ts';
import { hostPath } from '../../../lib/host-path.ts';
import { sayStep } from '../../../model/named-operation.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import type { MergedEdge } from './edges/edge-list.ts';
import { MARK } from './values/shared-marks.ts';

/** What clocks differ by without anyone noticing. Units: µs. */
const CLOCK_NOISE = 2_000;
/** Steps of a title before the dots. */
const TITLE_HEAD = 2;

/** A step: endpoint and how often it was called in a row. */
interface Step {
  readonly text: string;
  readonly times: number;
}

/** Folds repeats in a row: `a a b a` gives `a ×2, b, a`. */
function foldSteps(steps: readonly string[]): readonly Step[] {
  const folded: { text: string; times: number }[] = [];
  for (const text of steps) {
    const last = folded.at(-1);
    if (last?.text === text) last.times += 1;
    else folded.push({ text, times: 1 });
  }
  return folded;
}

/** An endpoint as the steps of a title name it. */
export interface StepName {
  readonly method: string;
  readonly host: string;
  readonly template: string;
}

const plural = (count: number, noun: string): string => `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/** A sentence for a person: who, first steps, last step, how many calls. A host is named where it is not the first call's. */
export function titleOf(who: string, steps: readonly StepName[]): string {
  const home = steps[0]?.host ?? '';
  const texts = steps.map((step) => sayStep(step.method, step.host === home ? step.template : hostPath(step.host, step.template)));
  const folded = foldSteps(texts).map((step) => (step.times > 1 ? `${step.text} ×${String(step.times)}` : step.text));
  const shown = folded.length <= TITLE_HEAD + 2 ? folded : [...folded.slice(0, TITLE_HEAD), '…', folded.at(-1) ?? ''];
  return `${who}: ${shown.join(' → ')}, ${plural(steps.length, 'call')}`;
}

/**
 * For each call, how many calls lie on the longest path of causes that ends with it, itself included. Order-only edges are no causes and do not count.
 * Shape: members in time order, edges with both ends among them.
 */
export function depthsOf(members: Int32Array, edges: readonly MergedEdge[]): ReadonlyMap<number, number> {
  const depth = new Map(Array.from(members, (at) => [at, 1]));
  const incoming = new Map<number, number[]>();
  for (const edge of edges) {
    if (edge.kind === 'adjacent') continue;
    const list = incoming.get(edge.to) ?? [];
    list.push(edge.from);
    incoming.set(edge.to, list);
  }
  // Causes come before their effects in time, give or take clock noise; an edge against the order counts from 1.
  for (const at of members) {
    for (const from of incoming.get(at) ?? []) depth.set(at, Math.max(depth.get(at) ?? 1, (depth.get(from) ?? 0) + 1));
  }
  return depth;
}

/** Milliseconds for a person: `7 ms`, `2.1 s`, `3 min`. */
function spokenDuration(micros: number): string {
  const ms = Math.abs(micros) / 1000;
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${String(Math.round(ms / 60_000))} min`;
}

/** True when the effect begins after the end of its cause, which waited for it, or clearly before it. */
const isOutside = (calls: CallColumns, { from, to }: MergedEdge): boolean =>
  numberAt(calls.start, to) > numberAt(calls.end, from) || numberAt(calls.start, to) < numberAt(calls.start, from) - CLOCK_NOISE;

const isMarked = ({ marks }: MergedEdge, mark: number): boolean => (marks & mark) !== 0;

/** What two records of one request agree on, beside the clock: `same method, path, status and client`. */
function agreeing(edge: MergedEdge): string {
  const fields = [
    'method',
    'path',
    ...(isMarked(edge, MARK.query) ? ['query'] : []),
    ...(isMarked(edge, MARK.status) ? ['status'] : []),
    ...(isMarked(edge, MARK.client) ? ['client'] : []),
    ...(isMarked(edge, MARK.program) ? ['program'] : []),
    ...(isMarked(edge, MARK.upstream) ? ['address it was passed on to'] : []),
  ];
  return `same ${fields.slice(0, -1).join(', ')} and ${fields.at(-1) ?? ''}`;
}

/** One sentence with numbers for an edge whose kinds follow from ids and times. */
export function sentenceOf(calls: CallColumns, edge: MergedEdge): string {
  const after = spokenDuration(numberAt(calls.start, edge.to) - numberAt(calls.start, edge.from));
  switch (edge.kind) {
    case 'trace':
      if (isMarked(edge, MARK.requestId))
        return `same request id, and the cause is the outer hop; they began ${after} apart${isOutside(calls, edge) ? ', so their clocks differ' : ''}`;
      if (isMarked(edge, MARK.context))
        return `both came with one trace context, which was handed on from the cause; they began ${after} apart${edge.kinds.includes('nesting') ? ', the later one at the address that the cause was passed on to' : ''}`;
      return isMarked(edge, MARK.parentSpan)
        ? `its span lies in that of the cause, in the same trace; it began ${after} later${edge.kinds.includes('nesting') ? ' at the address that the cause was passed on to' : ''}`
        : `same trace, and it lies within the cause, which is the innermost open call; it began ${after} later`;
    case 'rpc':
      return `the same message of JSON-RPC handed on: operation and message id agree, and it lies within the cause; it began ${after} later`;
    case 'nesting':
      if (isMarked(edge, MARK.request))
        return `the cause handed this request on: ${agreeing(edge)} in another log, beside it on a common clock; it began ${after} ${numberAt(calls.start, edge.to) < numberAt(calls.start, edge.from) ? 'earlier' : 'later'}`;
      return `began ${after} after the cause and ended before it, at the address that the cause was passed on to${edge.confidence < 0.9 ? '; other open calls fit as well' : ''}`;
    case 'adjacent':
      return isMarked(edge, MARK.trace)
        ? `same trace, next call ${after} later; nothing shows that one caused the other`
        : `next call of the same agent ${after} later; nothing shows that one caused the other`;
    default:
      return `${edge.kind}, ${after} later`;
  }
}

/**
 * A caller of whom this is one client of several at once. Example: `partner by curl (credential also used elsewhere)`; where no credential is known to be
 * the same, as for a name in a log that shows none: `partner by curl (also at work elsewhere by another program)`.
 */
export const partyName = (caller: string, program: string, sharesCredential: boolean): string =>
  `${caller} by ${program} (${sharesCredential ? 'credential also used elsewhere' : 'also at work elsewhere by another program'})`;

/** Who started the chain: the principal of its first call that has one. */
export function mainPrincipal(members: Int32Array, principalOf: (at: number) => number): number {
  const named = members.find((at) => principalOf(at) !== NONE);
  return named === undefined ? NONE : principalOf(named);
}
