import { splitRounds } from '../lib/rounds.ts';
import type { Outcome } from './call-outcome.ts';

/** From this many alike siblings, or rounds of them, on they are folded; two rows are quicker read than explained. */
const FOLD_FROM = 3;
/** Longest round that is folded. Units: calls. */
const LONGEST_ROUND = 6;
/** Rounds are folded where they hold this share of all siblings alike to theirs: by chance, a few of any busy fan stand in rounds. */
const ROUNDS_HOLD = 0.75;
/** A pause up to here never parts alike calls: people and schedulers pause for less. Units: ms. */
const QUIET = 60_000;
/** Alike calls part where a pause is this many times their usual one: what comes after it is another occasion. */
const PAUSE_FACTOR = 10;

/** How siblings are told alike. `T`: a call, in whatever form the picture has it. */
export interface FoldRules<T> {
  /** Method, route and outcome: see `alikeKey`. */
  readonly keyOf: (call: T) => string;
  /** When it began. Units: ms, `undefined` or NaN where unknown. */
  readonly startOf: (call: T) => number | undefined;
}

/** Siblings that are one in a picture, in time order. `round`: calls of one round where they are rounds of several. */
export interface FoldGroup<T> {
  readonly members: readonly T[];
  readonly round?: number;
}

/** What alike calls have in common. An answer of which nothing is known is like no other. */
export const alikeKey = (step: string, outcome: Outcome): string => `${outcome} ${step}`;

/**
 * Folds what one cause led to, without loss. Calls that come in rounds, `a b a b a b`, are one fold; of the others those that are alike
 * are one at the place of the first. Where either pauses for over a minute and ten times as long as usual, a new fold begins.
 * Shape:   siblings in time order; every one is in exactly one group, groups in the order of their first.
 * Cost:    linear, and a sort.
 * Example: `a b a b a b c c c d`: rounds of 2 with 6 members, 3 `c`, `d`.
 */
export function foldSiblings<T>(siblings: readonly T[], rules: FoldRules<T>): readonly FoldGroup<T>[] {
  if (siblings.length < FOLD_FROM) return siblings.map((call) => ({ members: [call] }));
  const places = new Map(siblings.map((call, place) => [call, place]));
  const rounds = findRounds(siblings, rules);
  const inRounds = new Set(rounds.flatMap(({ members }) => members));
  const alike = new Map<string, T[]>();
  for (const call of siblings) {
    if (inRounds.has(call)) continue;
    const key = rules.keyOf(call);
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [call]);
    else group.push(call);
  }
  const groups = [...alike.values()]
    .flatMap((group) => (group.length < FOLD_FROM ? [group] : partAtPauses(group, 1, rules)))
    .flatMap((group) => (group.length < FOLD_FROM ? group.map((call) => [call]) : [group]))
    .map((members): FoldGroup<T> => ({ members }));
  const placeOf = ({ members: [first] }: FoldGroup<T>): number => (first === undefined ? 0 : (places.get(first) ?? 0));
  return [...rounds, ...groups].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The siblings that come in rounds, as far as most of their like do. */
function findRounds<T>(siblings: readonly T[], rules: FoldRules<T>): readonly FoldGroup<T>[] {
  const keys = siblings.map(rules.keyOf);
  const found = splitRounds(keys, { shortest: 1, longest: LONGEST_ROUND, least: FOLD_FROM }).filter(({ length }) => length > 1);
  if (found.length === 0) return [];
  const all = countBy(keys);
  const held = countBy(found.flatMap(({ from, length, times }) => keys.slice(from, from + length * times)));
  const isMost = (key: string): boolean => (held.get(key) ?? 0) >= (all.get(key) ?? 0) * ROUNDS_HOLD;
  return found
    .filter(({ from, length }) => keys.slice(from, from + length).every(isMost))
    .flatMap(({ from, length, times }) =>
      partAtPauses(siblings.slice(from, from + length * times), length, rules)
        .filter((members) => members.length >= length * FOLD_FROM)
        .map((members) => ({ members, round: length })),
    );
}

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Parts calls, or rounds of them, where they pause far longer than usual. */
function partAtPauses<T>(calls: readonly T[], round: number, { startOf }: FoldRules<T>): readonly (readonly T[])[] {
  const starts = calls.map((call) => startOf(call) ?? NaN);
  const known = starts.filter((start, index) => index % round === 0 && !Number.isNaN(start)).sort((a, b) => a - b);
  const pauses = known.slice(1).map((start, index) => start - (known[index] ?? start));
  const usual = pauses.sort((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? 0;
  const most = Math.max(QUIET, usual * PAUSE_FACTOR);
  const parts: (readonly T[])[] = [];
  let from = 0;
  let before = NaN;
  for (let at = 0; at < calls.length; at += round) {
    const start = starts[at] ?? NaN;
    if (at > from && start - before > most) {
      parts.push(calls.slice(from, at));
      from = at;
    }
    if (!Number.isNaN(start)) before = start;
  }
  parts.push(calls.slice(from));
  return parts;
}
