import type { TreeCall } from '../truth-trees/play.ts';

/** Calls of a service that are open while a call runs that this service made: its possible parents, by place, in time order. */
export function openParents(calls: readonly TreeCall[]): (child: TreeCall) => readonly number[] {
  const byService = new Map<string, number[]>();
  for (const place of calls.keys()) {
    const { service } = calls[place] ?? { service: '' };
    byService.set(service, [...(byService.get(service) ?? []), place]);
  }
  const startOf = (place: number): number => calls[place]?.start ?? 0;
  const longest = calls.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  for (const list of byService.values()) list.sort((a, b) => startOf(a) - startOf(b));
  return (child) => {
    const list = byService.get(child.from) ?? [];
    const open: number[] = [];
    let at = list.findLastIndex((place) => startOf(place) <= child.start);
    for (; at >= 0 && startOf(list[at] ?? 0) >= child.start - longest; at -= 1)
      if ((calls[list[at] ?? 0]?.end ?? 0) >= child.end) open.unshift(list[at] ?? 0);
    return open;
  };
}

/** The simplest rule: the parent is the latest request that is still open. Shape: the parent's place for each call, -1 for none. */
export function lastOpen(calls: readonly TreeCall[]): readonly number[] {
  const parentsOf = openParents(calls);
  return calls.map((child) => (child.from === '' ? -1 : (parentsOf(child).at(-1) ?? -1)));
}
