import { create } from 'zustand';
import { MAX_REFS } from '#shared/model/review-size.ts';

interface PickedStore {
  /** References, in the order in which they were picked. */
  readonly refs: readonly string[];
}

/** Calls that the analyst picked to do something with all of them; every screen shares them. */
export const usePicked = create<PickedStore>()(() => ({ refs: [] }));

/** Picks a call, or no longer. */
export function togglePicked(ref: string): void {
  usePicked.setState(({ refs }) => ({ refs: refs.includes(ref) ? refs.filter((other) => other !== ref) : add(refs, [ref]) }));
}

/** Picks calls in addition to those that are. */
export function addPicked(more: readonly string[]): void {
  usePicked.setState(({ refs }) => ({ refs: add(refs, more) }));
}

/** As many as one change may name. */
const add = (refs: readonly string[], more: readonly string[]): readonly string[] => [...new Set([...refs, ...more])].slice(0, MAX_REFS);

/** Picks nothing. */
export function clearPicked(): void {
  usePicked.setState({ refs: [] });
}
