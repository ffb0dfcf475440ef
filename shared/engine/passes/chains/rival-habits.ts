import { numberAt } from '../../../lib/numbers.ts';
import { NONE, type CallColumns } from './call-columns.ts';
import { createDelayModel } from './delay-model.ts';
import type { Families } from './families.ts';
import { keyOf } from './key-index.ts';

/** Kinds of calls told apart in a pair of kinds. */
const KINDS = 2 ** 24;
/** Nearly no parent has more calls of one kind than this share of them has. */
const ROOM_SHARE = 0.97;
/** What has so many calls of one kind may have any number. */
const ANY_NUMBER = 4;

/** A call and the open calls that may have led to it: two or more, each as good by address and time. */
export interface Question {
  readonly child: number;
  readonly candidates: readonly number[];
}

/** What is habit between calls of two kinds. */
export interface Habits {
  /** Takes a pair of which the second call was made to answer the first, as far as is known. */
  learn(parent: number, child: number, weight: number): void;
  /** Takes how many calls of the child's kind one parent has. */
  learnNumber(parent: number, child: number, number: number): void;
  /** How well a pair fits what was learned. Units: nats. */
  fit(parent: number, child: number): number;
  /** How many calls of the child's kind a parent may have. */
  room(parent: number, child: number): number;
}

/** Small numbers for what calls ask for: the endpoint, else method and path. */
export function kindsOf(calls: CallColumns): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const endpoint = numberAt(calls.endpoint, at);
    const asked = endpoint === NONE ? -1 - keyOf(calls, at) : endpoint;
    let kind = known.get(asked);
    if (kind === undefined) known.set(asked, (kind = known.size % KINDS));
    return kind;
  };
}

/** One number for two kinds. */
export const pairOf = (kindOf: (at: number) => number, parent: number, child: number): number => kindOf(parent) * KINDS + kindOf(child);

const add = (counts: Map<number, number>, key: number, weight: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + weight);
};

/**
 * Begins to learn how calls of two kinds go together: how often one leads to the other, how long after the parent was free to make it (its start, or the
 * answer to its call of another kind before), how long before the parent's end, and how many of a kind a parent has.
 * Source: the delay histograms of TraceWeaver (SIGCOMM 2024) with the order of siblings in place of a recorded call graph.
 */
export function createHabits(calls: CallColumns, kindOf: (at: number) => number, families: Families): Habits {
  const [before, after] = [createDelayModel(), createDelayModel()];
  const [pairs, children] = [new Map<number, number>(), new Map<number, number>()];
  const numbers = new Map<number, number[]>();
  const rooms = new Map<number, number>();
  const waitOf = (parent: number, child: number): number => {
    const start = numberAt(calls.start, child);
    let free = numberAt(calls.start, parent);
    families.each(parent, (other) => {
      const end = numberAt(calls.end, other);
      if (end <= start && end > free && kindOf(other) !== kindOf(child)) free = end;
    });
    return start - free;
  };
  const leftOf = (parent: number, child: number): number => numberAt(calls.end, parent) - numberAt(calls.end, child);
  return {
    learn(parent, child, weight) {
      const pair = pairOf(kindOf, parent, child);
      before.learn(pair, waitOf(parent, child), weight);
      after.learn(pair, leftOf(parent, child), weight);
      add(pairs, pair, weight);
      add(children, kindOf(child), weight);
    },
    learnNumber(parent, child, number) {
      const pair = pairOf(kindOf, parent, child);
      const list = numbers.get(pair);
      if (list === undefined) numbers.set(pair, [number]);
      else list.push(number);
    },
    fit(parent, child) {
      const pair = pairOf(kindOf, parent, child);
      const share = ((pairs.get(pair) ?? 0) + 0.1) / ((children.get(kindOf(child)) ?? 0) + 1);
      return Math.log(share) + before.usual(pair, waitOf(parent, child)) + after.usual(pair, leftOf(parent, child));
    },
    room(parent, child) {
      const pair = pairOf(kindOf, parent, child);
      let room = rooms.get(pair);
      if (room !== undefined) return room;
      const sorted = numbers.get(pair)?.toSorted((a, b) => a - b) ?? [];
      const most = sorted[Math.floor(ROOM_SHARE * (sorted.length - 1))] ?? 1;
      room = most >= ANY_NUMBER ? Infinity : most;
      rooms.set(pair, room);
      return room;
    },
  };
}
