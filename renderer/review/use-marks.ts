import type { MarkedCall } from '#shared/contract/review.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';

const NONE: ReadonlyMap<string, MarkedCall> = new Map();

/** Marked calls by each of their references, made once for each answer: many rows of a screen ask. */
const byRef = new WeakMap<readonly MarkedCall[], ReadonlyMap<string, MarkedCall>>();

function indexOf(calls: readonly MarkedCall[]): ReadonlyMap<string, MarkedCall> {
  const known = byRef.get(calls);
  if (known !== undefined) return known;
  const made = new Map(calls.flatMap((call) => [call.ref, ...(call.alsoSeenAs ?? [])].map((ref) => [ref, call] as const)));
  byRef.set(calls, made);
  return made;
}

/** What the analyst put on calls, by reference: for screens whose rows come without it. */
export function useMarks(): ReadonlyMap<string, MarkedCall> {
  const { data } = useEngineQuery('review.marks', {});
  return data === undefined ? NONE : indexOf(data);
}
