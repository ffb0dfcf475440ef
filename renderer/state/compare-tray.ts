import { create } from 'zustand';
import { withoutTimeSpan } from '#shared/query/edit.ts';
import { follow, goTo, useSelection } from './selection.ts';

/** Something to compare: the calls that a query finds, and what it is called. */
export interface TrayItem {
  readonly kind: 'call' | 'chain' | 'principal' | 'window' | 'query';
  /** Finds its calls; names it, too, since two of one query are the same. */
  readonly query: string;
  /** Holds captured text. */
  readonly label: string;
  /** Of a call: its reference. */
  readonly ref?: string;
}

interface TrayStore {
  readonly items: readonly TrayItem[];
  /** Queries of the two that are compared next, the earlier chosen first. */
  readonly chosen: readonly string[];
}

/** As many as fit on a line; the oldest goes. */
const MOST = 8;

/** What the analyst laid aside to compare, on whichever screen. */
export const useTray = create<TrayStore>()(() => ({ items: [], chosen: [] }));

const chooseToo = (chosen: readonly string[], query: string): readonly string[] => [
  ...chosen.filter((other) => other !== query).slice(-1),
  query,
];

/** Lays something into the tray and chooses it for the next comparison beside the one chosen last. */
export function addToTray(item: TrayItem): void {
  useTray.setState(({ items, chosen }) => {
    const kept = items.filter(({ query }) => query !== item.query);
    // One that is chosen stays: it is what the new one is compared with.
    const oldest = kept.length < MOST ? undefined : kept.find(({ query }) => query !== chosen.at(-1));
    return { items: [...kept.filter((each) => each !== oldest), item], chosen: chooseToo(chosen, item.query) };
  });
}

/** Takes something out of the tray. */
export function removeFromTray(query: string): void {
  useTray.setState(({ items, chosen }) => ({
    items: items.filter((item) => item.query !== query),
    chosen: chosen.filter((other) => other !== query),
  }));
}

/** Chooses an item for the next comparison, or no longer. */
export function toggleChosen(query: string): void {
  useTray.setState(({ chosen }) => ({
    chosen: chosen.includes(query) ? chosen.filter((other) => other !== query) : chooseToo(chosen, query),
  }));
}

/** Empties the tray. */
export function clearTray(): void {
  useTray.setState({ items: [], chosen: [] });
}

/** The two that are compared next; `undefined` unless there are two. */
export function chosenPair({ items, chosen }: TrayStore): readonly [TrayItem, TrayItem] | undefined {
  const [left, right] = chosen.flatMap((query) => items.filter((item) => item.query === query));
  return left === undefined || right === undefined ? undefined : [left, right];
}

/** What of the shared query still narrows both sides: not what a side itself was made of. */
function narrowing(items: readonly TrayItem[]): string {
  const { query } = useSelection.getState().place;
  if (items.some(({ kind }) => kind === 'query')) return '';
  return items.some(({ kind }) => kind === 'window') ? withoutTimeSpan(query) : query;
}

/** Shows two things side by side: two calls with their headers and bodies, anything else as two sets of calls. */
export function showCompared([left, right]: readonly [TrayItem, TrayItem]): void {
  if (left.ref !== undefined && right.ref !== undefined) follow({ view: 'calls', query: '', call: left.ref, with: right.ref });
  else goTo({ view: 'compare', query: narrowing([left, right]), left: left.query, right: right.query, call: undefined, with: undefined });
}

/** Lays something into the tray; with another chosen beside it both are compared at once. */
export function layAndCompare(item: TrayItem): void {
  addToTray(item);
  const pair = chosenPair(useTray.getState());
  if (pair !== undefined) showCompared(pair);
}
