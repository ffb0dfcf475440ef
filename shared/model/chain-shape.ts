import { splitRounds } from '../lib/rounds.ts';
import { textHash } from '../lib/text-hash.ts';
import { causesFirst, effectsOf, ROOT } from './chain-tree.ts';

/** Longest text for one branch, and for a whole shape: what is longer ends in a hash of the rest. Units: characters. */
const MAX_BRANCH = 1_000;
const MAX_SHAPE = 1_500;
/** Longest round of steps that is recognised as a loop. Longer ones are told apart by how often they ran. */
const MAX_ROUND = 4;

/** What the shape of a chain depends on. */
export interface ShapeCall {
  /** Method, host and route. */
  readonly step: string;
  /** Units: µs; NaN where unknown. */
  readonly start: number;
  readonly end: number;
  readonly hasFailed: boolean;
}

/** Cuts a text so that two that differ beyond the cut still differ. */
const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)}… #${textHash(text).toString(36)}`;

/** Writes rounds of `length` steps that follow one another as one: `a b a b` gives `(a > b)+`. */
function foldRounds(steps: readonly string[], length: number): readonly string[] {
  return splitRounds(steps, { shortest: length, longest: length, least: 2 }).map(({ from, times }) => {
    if (times === 1) return steps[from] ?? '';
    return length === 1 ? `${steps[from] ?? ''}+` : `(${steps.slice(from, from + length).join(' > ')})+`;
  });
}

/** Calls that overlap as one step in which order does not count. Shape: one step or `[a & b]`, repeats as `a+`. */
function writeAtOnce(branches: readonly string[]): string {
  const sorted = foldRounds(branches.toSorted(), 1);
  return sorted.length === 1 ? (sorted[0] ?? '') : `[${sorted.join(' & ')}]`;
}

/** Calls under one cause: in order where one ended before the next began, else at once. */
function writeSiblings(siblings: readonly number[], calls: readonly ShapeCall[], branches: readonly string[]): string {
  const steps: string[] = [];
  let atOnce: string[] = [];
  let over = -Infinity;
  for (const at of siblings) {
    const { start = NaN, end = NaN } = calls[at] ?? {};
    if (atOnce.length > 0 && !(start < over)) {
      steps.push(writeAtOnce(atOnce));
      atOnce = [];
    }
    atOnce.push(branches[at] ?? '');
    over = Number.isNaN(end) ? over : Math.max(over, end);
  }
  if (atOnce.length > 0) steps.push(writeAtOnce(atOnce));
  let folded: readonly string[] = steps;
  for (let length = 1; length <= MAX_ROUND; length += 1) folded = foldRounds(folded, length);
  return folded.join(' > ');
}

/**
 * The shape of a chain as a text: what two chains share that did the same at different times. `a > b` one after the other, `a(b)` a led to b,
 * `[a & b]` at once, `a+` several times in a row, `a!` failed.
 * Shape:   calls in time order, `cause` as `findCauses` gives it.
 * Cost:    one pass, a sort of calls that overlap.
 * Example: a list and thirty items named in it: `GET a/list(GET a/item/{id}+)`, and so with three.
 */
export function shapeOf(calls: readonly ShapeCall[], cause: Int32Array): string {
  const effects = effectsOf(cause);
  const branches: string[] = Array.from({ length: calls.length }, () => '');
  for (const at of causesFirst(effects).toReversed()) {
    const { step = '', hasFailed = false } = calls[at] ?? {};
    const below = effects.get(at);
    const own = `${step}${hasFailed ? '!' : ''}`;
    branches[at] = cut(below === undefined ? own : `${own}(${writeSiblings(below, calls, branches)})`, MAX_BRANCH);
  }
  return cut(writeSiblings(effects.get(ROOT) ?? [], calls, branches), MAX_SHAPE);
}
