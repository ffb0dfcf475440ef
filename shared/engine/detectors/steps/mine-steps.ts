import { least } from '../../../lib/extremes.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { objectRanges, type Touches } from '../objects/read-touches.ts';

/** Objects on which a rule must rest, and the share that keeps to it. Source: detection 42. */
export const MIN_SUPPORT = 50;
export const MIN_CONFIDENCE = 0.99;
/** Steps of which one or the other must have been taken. */
const MAX_ALTERNATIVES = 3;
/** An alternative that fewer of the objects took is none. */
const MIN_SHARE = 0.05;

/** `then` is only done where one of `before` was done, for the same object. */
export interface StepRule {
  readonly before: readonly number[];
  readonly then: number;
  readonly support: number;
  readonly confidence: number;
  /** Nineteen of twenty objects come to `then` within this of the step before. Units: µs. */
  readonly usualDelay: number;
}

/** An object that came to `then` without the step before. */
export interface Skipped {
  readonly rule: StepRule;
  /** All its calls that are of the rule, in time order. */
  readonly calls: readonly number[];
  /** The call that should not have been possible. */
  readonly then: number;
  readonly principal: number;
  readonly time: number;
  /** The step came, but after. */
  readonly isLate: boolean;
}

/** Per endpoint that is a later step: on how many objects it was done, and which steps came before it on how many. */
interface Later {
  objects: number;
  readonly before: Map<number, number>;
  /** Which sets of earlier steps there were, as sorted ids, and on how many objects. */
  readonly sets: Map<string, number>;
}

/** Sets kept of one step: more are no process. */
const MAX_SETS = 2_000;

const isDone = (status: number): boolean => status >= 200 && status < 300;

/** First done call of each step of one object, in time order. */
function stepsOf(touches: Touches, from: number, to: number, isStep: (endpoint: number) => boolean): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (let at = from; at < to; at += 1) {
    const endpoint = numberAt(touches.endpoint, at);
    if (isDone(numberAt(touches.status, at)) && isStep(endpoint) && !first.has(endpoint)) first.set(endpoint, at);
  }
  return first;
}

/** Adds alternatives, the most frequent first, until nearly all objects have one of them. */
function chooseAlternatives({ objects, before, sets }: Later): readonly number[] | undefined {
  const chosen: number[] = [];
  const covered = (): number => {
    let sum = 0;
    for (const [key, count] of sets) if (key.split(' ').some((id) => chosen.includes(Number(id)))) sum += count;
    return sum;
  };
  for (const [id, count] of [...before].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (chosen.length >= MAX_ALTERNATIVES || count < MIN_SHARE * objects) return undefined;
    chosen.push(id);
    if (covered() >= MIN_CONFIDENCE * objects) return chosen;
  }
  return undefined;
}

/** Learns which steps are never done without another before them. Memory: counts of pairs of steps, no objects. */
export async function mineSteps(touches: Touches, isStep: (endpoint: number) => boolean, breathe: () => Promise<void>): Promise<readonly StepRule[]> {
  const later = new Map<number, Later>();
  let walked = 0;
  for (const { from, to } of objectRanges(touches)) {
    walked += 1;
    if (walked % 5_000 === 0) await breathe();
    const steps = stepsOf(touches, from, to, isStep);
    const earlier: number[] = [];
    for (const endpoint of steps.keys()) {
      const own = later.get(endpoint) ?? { objects: 0, before: new Map<number, number>(), sets: new Map<string, number>() };
      later.set(endpoint, own);
      own.objects += 1;
      for (const id of earlier) own.before.set(id, (own.before.get(id) ?? 0) + 1);
      const key = [...earlier].sort((a, b) => a - b).join(' ');
      if (own.sets.has(key) || own.sets.size < MAX_SETS) own.sets.set(key, (own.sets.get(key) ?? 0) + 1);
      earlier.push(endpoint);
    }
  }
  return [...later].flatMap(([then, own]): StepRule[] => {
    if (own.objects < MIN_SUPPORT) return [];
    const before = chooseAlternatives(own);
    if (before === undefined) return [];
    let kept = 0;
    for (const [key, count] of own.sets) if (key.split(' ').some((id) => before.includes(Number(id)))) kept += count;
    return kept === own.objects ? [] : [{ before, then, support: own.objects, confidence: kept / own.objects, usualDelay: 0 }];
  });
} // prettier-ignore

const delaysOf = (touches: Touches, steps: ReadonlyMap<number, number>, { before, then }: StepRule): readonly number[] => {
  const at = steps.get(then);
  const earlier = before.map((id) => steps.get(id)).filter((place) => place !== undefined);
  if (at === undefined) return [];
  return earlier.filter((place) => place < at).map((place) => numberAt(touches.time, at) - numberAt(touches.time, place));
};

/**
 * Objects that broke a rule. The step before may lie before the evidence: an object counts only when nineteen of twenty others would have
 * shown it, had it been taken.
 */
export async function findSkipped(touches: Touches, rules: readonly StepRule[], isStep: (endpoint: number) => boolean, start: number, breathe: () => Promise<void>): Promise<readonly Skipped[]> {
  const delays = new Map(rules.map((rule) => [rule, [] as number[]]));
  const broken: { readonly rule: StepRule; readonly steps: ReadonlyMap<number, number>; readonly at: number }[] = [];
  let walked = 0;
  for (const { from, to } of objectRanges(touches)) {
    walked += 1;
    if (walked % 5_000 === 0) await breathe();
    const steps = stepsOf(touches, from, to, isStep);
    for (const rule of rules) {
      const at = steps.get(rule.then);
      if (at === undefined) continue;
      const own = delaysOf(touches, steps, rule);
      if (own.length > 0) delays.get(rule)?.push(least(own));
      else broken.push({ rule, steps, at });
    }
  }
  const usual = new Map([...delays].map(([rule, values]) => [rule, values.sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Infinity]));
  return broken.flatMap(({ rule, steps, at }): Skipped[] => {
    const delay = usual.get(rule) ?? Infinity;
    const time = numberAt(touches.time, at);
    if (time - start < delay) return [];
    const own = [...steps].filter(([id]) => id === rule.then || rule.before.includes(id)).map(([, place]) => numberAt(touches.call, place));
    return [{ rule: { ...rule, usualDelay: delay }, calls: own, then: numberAt(touches.call, at), principal: numberAt(touches.principal, at), time, isLate: own.length > 1 }];
  });
} // prettier-ignore
