import type { TreeCall } from '../truth-trees/play.ts';
import { openParents } from './last-open.ts';

const ROUNDS = 3;
const BINS = 50;
/** Units: µs, of the bins' ends. */
const SHORTEST = 10;
const LONGEST = 10_000_000;

/** A call without a parent. */
const NONE = -1;

function binOf(delay: number): number {
  const share = Math.log(Math.max(SHORTEST, delay) / SHORTEST) / Math.log(LONGEST / SHORTEST);
  return Math.max(0, Math.min(BINS - 1, Math.floor(share * BINS)));
}

/**
 * The floor that the product is held against: the call graph is known, delays from a parent's start and to its end are counted in logarithmic bins, from
 * calls with one possible parent first and then from all that it chose itself; the best pairs are taken first, one child of a kind for
 * each parent unless its only candidate has one already.
 * Source: the design notes on chains, after TraceWeaver (SIGCOMM 2024). Shape: as `lastOpen`.
 */
export function fittedDelays(calls: readonly TreeCall[]): readonly number[] {
  const parentsOf = openParents(calls);
  const candidates = calls.map((child) => (child.from === '' ? [] : parentsOf(child)));
  const kindOf = (parent: number, child: number): string =>
    `${calls[parent]?.operation ?? ''}>${calls[child]?.service ?? ''}/${calls[child]?.operation ?? ''}`;
  const binsOf = (parent: number, child: number): readonly [number, number] => [
    binOf((calls[child]?.start ?? 0) - (calls[parent]?.start ?? 0)),
    binOf((calls[parent]?.end ?? 0) - (calls[child]?.end ?? 0)),
  ];
  let chosen = candidates.map((list) => (list.length === 1 ? (list[0] ?? NONE) : NONE));
  for (let round = 0; round < ROUNDS; round += 1) {
    const counts = new Map<string, number>();
    const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const [child, parent] of chosen.entries()) {
      if (parent === NONE) continue;
      const [before, after] = binsOf(parent, child);
      for (const key of ['', `<${String(before)}`, `>${String(after)}`]) add(kindOf(parent, child) + key);
    }
    const likely = (parent: number, child: number): number => {
      const kind = kindOf(parent, child);
      const [before, after] = binsOf(parent, child);
      const all = (counts.get(kind) ?? 0) + BINS * 0.1;
      const share = (key: string): number => ((counts.get(kind + key) ?? 0) + 0.1) / all;
      return Math.log(all * share(`<${String(before)}`) * share(`>${String(after)}`));
    };
    const pairs = candidates.flatMap((list, child) =>
      list.map((parent) => ({ child, parent, fit: list.length === 1 ? Infinity : likely(parent, child) })),
    );
    pairs.sort((a, b) => (a.fit === b.fit ? 0 : b.fit - a.fit));
    const taken = new Set<string>();
    chosen = calls.map(() => NONE);
    for (const { child, parent, fit } of pairs) {
      const place = `${String(parent)} ${kindOf(parent, child)}`;
      if (chosen[child] !== NONE || (taken.has(place) && fit !== Infinity)) continue;
      chosen[child] = parent;
      taken.add(place);
    }
  }
  return chosen;
}
