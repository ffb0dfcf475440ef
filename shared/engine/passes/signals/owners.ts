import { numberAt } from '../../../lib/numbers.ts';
import type { SignalInput } from './signal.ts';

/** Touches by one principal that make an object its own, in at least two hours. Source: detection 3 of the catalogue. */
export const OWN_TOUCHES = 3;
export const OWN_HOURS = 2;
const HOUR = 3_600_000_000;
/** More principals at one object make it common property. */
const SEVERAL = 3;

interface Use {
  readonly principal: number;
  touches: number;
  hours: number;
  lastHour: number;
}

/** Whose objects a caller touched, among those that belong to one other principal alone. */
export type Owners = (
  principal: number,
  collection: string,
  at: readonly number[],
) => { readonly foreignOwners: number; readonly foreignObjects: number };

/**
 * Learns whom objects belong to from use alone: one principal comes back to it, at most two others ever touch it.
 * Cost: one pass over the columns; memory for the objects of the named collections.
 */
export function findOwners({ columns, places }: Pick<SignalInput, 'columns' | 'places'>, collections: ReadonlySet<string>): Owners {
  const uses = new Map<string, Use[]>();
  for (let at = 0; at < columns.count; at += 1) {
    const collection = places.get(numberAt(columns.endpoint, at))?.collection;
    if (collection === undefined || !collections.has(collection) || numberAt(columns.status, at) >= 400) continue;
    const object = numberAt(columns.object, at);
    if (object === 0) continue;
    const key = `${String(object)} ${collection}`;
    const list = uses.get(key) ?? [];
    uses.set(key, list);
    const principal = numberAt(columns.principal, at);
    const hour = Math.floor(numberAt(columns.time, at) / HOUR);
    const own = list.find((use) => use.principal === principal);
    if (own === undefined) {
      if (list.length <= SEVERAL) list.push({ principal, touches: 1, hours: 1, lastHour: hour });
    } else {
      own.touches += 1;
      if (own.lastHour !== hour) own.hours += 1;
      own.lastHour = hour;
    }
  }
  return (principal, collection, at) => {
    const owners = new Set<number>();
    const objects = new Set<number>();
    for (const index of at) {
      if (numberAt(columns.status, index) >= 400) continue;
      const object = numberAt(columns.object, index);
      const list = uses.get(`${String(object)} ${collection}`) ?? [];
      if (list.length > SEVERAL) continue;
      const residents = list.filter((use) => use.principal !== principal && use.touches >= OWN_TOUCHES && use.hours >= OWN_HOURS);
      const [resident] = residents;
      if (resident === undefined || residents.length > 1) continue;
      owners.add(resident.principal);
      objects.add(object);
    }
    return { foreignOwners: owners.size, foreignObjects: objects.size };
  };
}
