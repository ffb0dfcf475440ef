import { numberAt } from '../../../lib/numbers.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { countDelay, createDelayHistogram, logDensity, type DelayHistogram } from './delay-histogram.ts';
import type { Families } from './families.ts';
import { keyOf } from './key-index.ts';

/** Kinds of calls told apart. */
const KINDS = 2 ** 24;
/** Kinds of calls without an endpoint come after all those with one. */
const UNNAMED = 2 ** 23;
/** The parent's answer, where else the kind of the next child stands. */
const ANSWER = KINDS - 1;
/** Moments after which something happens: the parent's start, and the start or end of a child of a kind. */
const MOMENTS = 2 * KINDS;
const BEGUN = MOMENTS - 1;

/** Children before a moment that are looked at for the latest to end; also the most of one kind that are counted. */
const MAX_CHILDREN = 64;
/** How often each next step is thought to have been seen after a moment, and all together. */
const [UNSEEN_STEP, UNSEEN_STEPS] = [0.1, 1];
/** Parents that are thought to have had each number of children. */
const UNSEEN_NUMBER = 0.02;

/** What is known of a step: a parent of one kind makes a call of another, or answers. */
interface Step {
  /** Delays after any moment. */
  readonly usual: DelayHistogram;
  /** Delays by the moment before. */
  readonly after: Map<number, DelayHistogram>;
  /** Parents by how many such children they have; none is what is left of all. */
  readonly numbers: Float64Array;
  /** Parents with any. */
  having: number;
}

/** What families of a kind usually look like. */
export interface FamilyHabits {
  /** Forgets all, then learns from all families as they are. */
  learn(): void;
  /** How much likelier or less likely a family is with one more child. Units: nats, of a density per µs. */
  gain(parent: number, child: number): number;
}

/** Small numbers for what calls ask for: the endpoint, else method and path. */
export function kindsOf(calls: CallColumns): (at: number) => number {
  const unnamed = new Map<number, number>();
  return (at) => {
    const endpoint = numberAt(calls.endpoint, at);
    if (endpoint !== NONE) return endpoint % UNNAMED;
    const asked = keyOf(calls, at);
    let kind = unnamed.get(asked);
    if (kind === undefined) unnamed.set(asked, (kind = UNNAMED + (unnamed.size % (UNNAMED - 1))));
    return kind;
  };
}

/**
 * Habits of families: what a parent does next after each moment of its own (its start, a child's start, a child's end), how long after, and how many
 * children of a kind it has. Steps one after the other show as delays after an end, steps side by side as delays after a start.
 * Shape:  a child has one step, the parent's answer is one more, and each follows the latest moment before it, so that the likelihood of a
 *         family is a product over its steps.
 * Source: delays by call and sibling order as in TraceWeaver (SIGCOMM 2024), with the moment before in place of a recorded call graph; a semi-Markov process.
 * Example: where a parent always asks B 1 ms after A's answer, a B fits the family whose A ended 1 ms ago, whenever that family began.
 */
export function createFamilyHabits(calls: CallColumns, kindOf: (at: number) => number, families: Families): FamilyHabits {
  const steps = new Map<number, Step>();
  const moments = new Map<number, number>();
  const parents = new Map<number, number>();
  const { start, end } = calls;

  const stepOf = (parentKind: number, next: number): Step | undefined => steps.get(parentKind * KINDS + next);
  const createStep = (parentKind: number, next: number): Step => {
    const step = { usual: createDelayHistogram(), after: new Map(), numbers: new Float64Array(MAX_CHILDREN + 1), having: 0 };
    steps.set(parentKind * KINDS + next, step);
    return step;
  };

  /** The moment before the step at `place` of a family, and how long before; one past the last child is the parent's answer. `without` is looked past. */
  let moment = BEGUN;
  const waitBefore = (parent: number, list: readonly number[], place: number, without: number): number => {
    const isAnswer = place === list.length;
    const time = isAnswer ? numberAt(end, parent) : numberAt(start, numberAt(list, place));
    let latest = numberAt(start, parent);
    moment = BEGUN;
    let isStartSeen = isAnswer;
    for (let at = place - 1; at >= Math.max(0, place - MAX_CHILDREN); at -= 1) {
      const child = numberAt(list, at);
      if (child === without) continue;
      if (!isStartSeen && numberAt(start, child) >= latest) {
        latest = numberAt(start, child);
        moment = 2 * kindOf(child);
      }
      isStartSeen = true;
      const ended = numberAt(end, child);
      // An answer waits for all: one that seems to come before a child's end is a matter of clocks.
      if (ended < latest || (ended > time && !isAnswer)) continue;
      latest = ended;
      moment = 2 * kindOf(child) + 1;
    }
    return time - latest;
  };

  const nextOf = (list: readonly number[], place: number): number => (place === list.length ? ANSWER : kindOf(numberAt(list, place)));

  const logOf = (parent: number, list: readonly number[], place: number, without = NONE): number => {
    const parentKind = kindOf(parent);
    const wait = waitBefore(parent, list, place, without);
    const step = stepOf(parentKind, nextOf(list, place));
    const after = step?.after.get(moment);
    const share = ((after?.total ?? 0) + UNSEEN_STEP) / ((moments.get(parentKind * MOMENTS + moment) ?? 0) + UNSEEN_STEPS);
    return Math.log(share) + logDensity(wait, after, step?.usual);
  };

  /** Logarithm of how much oftener parents have one child more of the kind than those that the family has without `child`. */
  const logOfNumber = (parent: number, list: readonly number[], child: number): number => {
    if (list.length > MAX_CHILDREN) return 0;
    const kind = kindOf(child);
    let number = 0;
    for (const other of list) if (kindOf(other) === kind) number += 1;
    const step = stepOf(kindOf(parent), kind);
    const none = (parents.get(kindOf(parent)) ?? 0) - (step?.having ?? 0);
    const having = (count: number): number => (count === 0 ? none : (step?.numbers[count] ?? 0)) + UNSEEN_NUMBER;
    return Math.log(having(number) / having(number - 1));
  };

  const learnSteps = (parent: number, list: readonly number[]): void => {
    const parentKind = kindOf(parent);
    for (let place = 0; place <= list.length; place += 1) {
      const next = nextOf(list, place);
      const step = stepOf(parentKind, next) ?? createStep(parentKind, next);
      const wait = waitBefore(parent, list, place, NONE);
      let after = step.after.get(moment);
      if (after === undefined) step.after.set(moment, (after = createDelayHistogram()));
      countDelay(after, wait);
      countDelay(step.usual, wait);
      const passed = parentKind * MOMENTS + moment;
      moments.set(passed, (moments.get(passed) ?? 0) + 1);
    }
  };

  const learnNumbers = (parent: number, list: readonly number[]): void => {
    const numbers = new Map<number, number>();
    for (const child of list) numbers.set(kindOf(child), (numbers.get(kindOf(child)) ?? 0) + 1);
    for (const [kind, number] of numbers) {
      const step = stepOf(kindOf(parent), kind);
      if (step === undefined) continue;
      const counted = Math.min(MAX_CHILDREN, number);
      step.numbers[counted] = numberAt(step.numbers, counted) + 1;
      step.having += 1;
    }
    parents.set(kindOf(parent), (parents.get(kindOf(parent)) ?? 0) + 1);
  };

  return {
    learn() {
      for (const known of [steps, moments, parents]) known.clear();
      for (const parent of families.parents) {
        const list = families.childrenOf(parent);
        learnSteps(parent, list);
        learnNumbers(parent, list);
      }
    },
    gain(parent, child) {
      families.add(parent, child);
      const list = families.childrenOf(parent);
      const place = list.indexOf(child);
      // Beside its own step a child changes the one after its start, the one after its end and the parent's answer.
      let ended = place + 1;
      while (ended < list.length && numberAt(start, numberAt(list, ended)) < numberAt(end, child)) ended += 1;
      let sum = logOf(parent, list, place) + logOfNumber(parent, list, child);
      for (const changed of new Set([place + 1, ended, list.length]))
        sum += logOf(parent, list, changed) - logOf(parent, list, changed, child);
      families.remove(parent, child);
      return sum;
    },
  };
}
