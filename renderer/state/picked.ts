import { create } from 'zustand';

interface PickedStore {
  /** References, in the order in which they were picked. */
  readonly refs: readonly string[];
}

/** Calls that the analyst picked to do something with all of them; every screen shares them. */
export const usePicked = create<PickedStore>()(() => ({ refs: [] }));

/** Most calls picked at a time; the engine takes no more in one change. */
const MOST_PICKED = 10_000;

/** Picks a call, or no longer. */
export function togglePicked(ref: string): void {
  usePicked.setState(({ refs }) => ({ refs: refs.includes(ref) ? refs.filter((other) => other !== ref) : add(refs, [ref]) }));
}

/** Picks calls in addition to those that are. */
export function addPicked(more: readonly string[]): void {
  usePicked.setState(({ refs }) => ({ refs: add(refs, more) }));
}

const add = (refs: readonly string[], more: readonly string[]): readonly string[] => [...new Set([...refs, ...more])].slice(0, MOST_PICKED);

/** Picks nothing. */
export function clearPicked(): void {
  usePicked.setState({ refs: [] });
}
