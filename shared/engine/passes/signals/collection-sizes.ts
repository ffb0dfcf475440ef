import { numberAt } from '../../../lib/numbers.ts';
import type { SignalInput } from './signal.ts';

/** Different objects of each collection that were found in the whole evidence. Cost: one pass, 8 bytes and more an object. */
export function collectionSizes({ columns, places }: Pick<SignalInput, 'columns' | 'places'>): ReadonlyMap<string, number> {
  const sets = new Map<string, Set<number>>();
  for (let at = 0; at < columns.count; at += 1) {
    const collection = places.get(numberAt(columns.endpoint, at))?.collection;
    if (collection === undefined || numberAt(columns.object, at) === 0) continue;
    const set = sets.get(collection) ?? new Set<number>();
    sets.set(collection, set);
    if (numberAt(columns.status, at) < 400) set.add(numberAt(columns.object, at));
  }
  return new Map([...sets].map(([collection, { size }]) => [collection, size]));
}
