import { NONE, type CallColumns } from '../call-columns.ts';
import { countDelay, createDelayHistogram, density, type DelayHistogram } from './delay-histogram.ts';
import type { Families } from './families.ts';
import { keyOf } from '../values/key-index.ts';

/** What a parent does next: a call of a kind, or its answer. */
const ANSWER = 0;
/** Moments after which it does so: its own start, else twice the kind of a child that began then, one more where the child ended. */
const BEGUN = 0;

/** Children before a moment that are looked at for the latest to end, and the most of one kind that are counted. A parent of more is a stream or a load test. */
export const MAX_CHILDREN = 64;
/** How often each next step is thought to have been seen after a moment, and all together. */
const [UNSEEN_STEP, UNSEEN_STEPS] = [0.1, 1];
/** Parents that are thought to have had each number of children. */
const UNSEEN_NUMBER = 0.02;

/** What is known of a step: a parent of one kind makes a call of another, or answers. */
interface Step {
  /** Delays after any moment. */
  readonly usual: DelayHistogram;
  /** Delays by the moment before. */
  readonly after: DelayHistogram[];
  /** Parents by how many such children they have; none is what is left of all. */
  readonly numbers: Float64Array;
  /** Parents with any. */
  having: number;
}

/** What families of a kind usually look like. */
export interface FamilyHabits {
  /** Forgets all, then learns from the families as they are. */
  learn(families: Families): void;
  /** How much likelier or less likely a family is with one more child. Units: nats, of a density per µs. */
  gain(families: Families, parent: number, child: number): number;
}

/** The latest moment of a family before something happens. */
interface Moment {
  readonly kind: number;
  /** The child that began or ended then. */
  readonly by: number;
  /** How long before. Units: µs. */
  readonly wait: number;
}

/** What is known of parents of one kind. */
interface Habit {
  /** By what comes next. */
  readonly steps: Step[];
  /** How often each moment was there. */
  readonly moments: number[];
  parents: number;
}

/** Small numbers, from 1, for what calls ask for: the endpoint, else method and path. */
export function kindsOf(calls: CallColumns): (at: number) => number {
  let endpoints = 0;
  for (let at = 0; at < calls.count; at += 1) endpoints = Math.max(endpoints, calls.endpoint[at] ?? 0);
  const unnamed = new Map<number, number>();
  return (at) => {
    const endpoint = calls.endpoint[at] ?? 0;
    if (endpoint !== NONE) return endpoint + 1;
    const asked = keyOf(calls, at);
    let kind = unnamed.get(asked);
    if (kind === undefined) unnamed.set(asked, (kind = endpoints + 2 + unnamed.size));
    return kind;
  };
}

/**
 * Habits of families: what a parent does next after each moment of its own (its start, a child's start, a child's end), how long after, and how many
 * children of a kind it has. Steps one after the other show as delays after an end, steps side by side as delays after a start.
 * Shape:  a child has one step, the parent's answer is one more, and each follows the latest moment before it, so that the likelihood of a
 *         family is a product over its steps.
 * Source: delays by call and sibling order as in TraceWeaver (SIGCOMM 2024), with the moment before in place of a recorded call graph; a semi-Markov process.
 * Cost:    arrays are read in place: one reader for all kinds of arrays, as elsewhere, took a third of the time of all draws.
 * Example: where a parent always asks B 1 ms after A's answer, a B fits the family whose A ended 1 ms ago, whenever that family began.
 */
export function createFamilyHabits(calls: CallColumns, kindOf: (at: number) => number): FamilyHabits {
  const habits: Habit[] = [];
  const { start, end } = calls;

  const getHabit = (parent: number): Habit => (habits[kindOf(parent)] ??= { steps: [], moments: [], parents: 0 });
  const createStep = (): Step => ({
    usual: createDelayHistogram(),
    after: [],
    numbers: new Float64Array(MAX_CHILDREN + 1),
    having: 0,
  });

  /** The moment before the step at `place` of a family; one past the last child is the parent's answer. `without` is looked past. */
  const momentBefore = (parent: number, list: readonly number[], place: number, without: number): Moment => {
    const isAnswer = place === list.length;
    const time = isAnswer ? (end[parent] ?? 0) : (start[list[place] ?? 0] ?? 0);
    let [latest, kind, by] = [start[parent] ?? 0, BEGUN, NONE];
    let isStartSeen = isAnswer;
    for (let at = place - 1; at >= Math.max(0, place - MAX_CHILDREN); at -= 1) {
      const child = list[at] ?? 0;
      if (child === without) continue;
      const [begun, ended] = [start[child] ?? 0, end[child] ?? 0];
      if (!isStartSeen && begun >= latest) [latest, kind, by] = [begun, 2 * kindOf(child), child];
      isStartSeen = true;
      // An answer waits for all: one that seems to come before a child's end is a matter of clocks.
      if (ended >= latest && (ended <= time || isAnswer)) [latest, kind, by] = [ended, 2 * kindOf(child) + 1, child];
    }
    return { kind, by, wait: time - latest };
  };

  const nextOf = (list: readonly number[], place: number): number => (place === list.length ? ANSWER : kindOf(list[place] ?? 0));

  const logOf = (habit: Habit | undefined, next: number, { kind, wait }: Moment): number => {
    const step = habit?.steps[next];
    const after = step?.after[kind];
    const share = ((after?.total ?? 0) + UNSEEN_STEP) / ((habit?.moments[kind] ?? 0) + UNSEEN_STEPS);
    return Math.log(share * density(wait, after, step?.usual));
  };

  /** Logarithm of how much oftener parents have as many children of the kind of `child` than one fewer. */
  const logOfNumber = (habit: Habit | undefined, list: readonly number[], child: number): number => {
    if (list.length > MAX_CHILDREN) return 0;
    const kind = kindOf(child);
    let number = 0;
    for (const other of list) if (kindOf(other) === kind) number += 1;
    const step = habit?.steps[kind];
    const having = (count: number): number =>
      (count === 0 ? (habit?.parents ?? 0) - (step?.having ?? 0) : (step?.numbers[count] ?? 0)) + UNSEEN_NUMBER;
    return Math.log(having(number) / having(number - 1));
  };

  const learnSteps = ({ steps, moments }: Habit, parent: number, list: readonly number[]): void => {
    for (let place = 0; place <= list.length; place += 1) {
      const step = (steps[nextOf(list, place)] ??= createStep());
      const { kind, wait } = momentBefore(parent, list, place, NONE);
      countDelay((step.after[kind] ??= createDelayHistogram()), wait);
      countDelay(step.usual, wait);
      moments[kind] = (moments[kind] ?? 0) + 1;
    }
  };

  const learnNumbers = (habit: Habit, list: readonly number[]): void => {
    const numbers = new Map<number, number>();
    for (const child of list) numbers.set(kindOf(child), (numbers.get(kindOf(child)) ?? 0) + 1);
    for (const [kind, number] of numbers) {
      const step = (habit.steps[kind] ??= createStep());
      const counted = Math.min(MAX_CHILDREN, number);
      step.numbers[counted] = (step.numbers[counted] ?? 0) + 1;
      step.having += 1;
    }
    habit.parents += 1;
  };

  return {
    learn(families) {
      habits.length = 0;
      for (const parent of families.parents) {
        const [habit, list] = [getHabit(parent), families.childrenOf(parent)];
        learnSteps(habit, parent, list);
        learnNumbers(habit, list);
      }
    },
    gain(families, parent, child) {
      const place = families.add(parent, child);
      const list = families.childrenOf(parent);
      const habit = habits[kindOf(parent)];
      let sum = logOf(habit, nextOf(list, place), momentBefore(parent, list, place, NONE)) + logOfNumber(habit, list, child);
      const change = (changed: number): void => {
        const moment = momentBefore(parent, list, changed, NONE);
        if (moment.by !== child) return;
        const next = nextOf(list, changed);
        sum += logOf(habit, next, moment) - logOf(habit, next, momentBefore(parent, list, changed, child));
      };
      // Beside its own step a child changes the one after its start, the one after its end and the parent's answer.
      let ended = place + 1;
      while (ended < list.length && (start[list[ended] ?? 0] ?? 0) < (end[child] ?? 0)) ended += 1;
      if (place + 1 < ended) change(place + 1);
      if (ended < list.length) change(ended);
      change(list.length);
      families.remove(parent, child);
      return sum;
    },
  };
}
