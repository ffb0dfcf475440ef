import { MINUTE_MS, SECOND_MS } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';
import type { Session } from '../core/session.ts';
import type { Item } from '../core/store.ts';
import { moments } from './moments.ts';

/** Numbers that are tried in a row. */
const TRIED = 240;
/** Visits of the quiet form, and the numbers tried in each. */
const VISITS = 20;
const A_VISIT = 3;
/** The quiet form takes its numbers from so many around the customer's own. */
const NEIGHBOURS = 150;

/** Reads one thing, or learns that there is none. */
function tryOne(session: Session, { roles }: Play, index: number): void {
  const { operation, entity } = roles.readObject;
  const item: Item = { entity, index };
  session.call(operation, { params: [item] });
}

/**
 * A customer goes through the numbers of the others.
 * Loud: one number after the other, a second apart. Quiet: a few neighbours each hour for a day, out of order, after a look at
 * what is his own; what gives it away is that sixty things of others are read by one to whom a single one belongs.
 */
export const enumeration: Incident = {
  id: 'enumeration',
  detectors: ['bola-enumeration', 'bola-ownership-mismatch', 'bola-exclusivity-break', 'low-and-slow-scrape'],
  play: (play) => {
    const { open, roles, form, start, end, stage } = play;
    const random = stage.random('enumeration');
    const party = roles.customer(random.int(40, 90));
    const own = stage.store.itemOf(roles.readObject.entity, party.person ?? 0, 0);
    if (form === 'loud') {
      const session = open(party, start);
      const first = Math.max(0, own.index - Math.floor(TRIED / 3));
      for (let index = first; index < first + TRIED; index += 1) {
        if (index === own.index) continue;
        tryOne(session, play, index);
        session.think(0.9 * SECOND_MS);
      }
      return;
    }
    const tried = new Set<number>([own.index]);
    for (const at of moments(random, { start, end: end - 10 * MINUTE_MS }, VISITS)) {
      const session = open(party, at);
      session.call(roles.readObject.operation, { params: [own], role: 'context' });
      for (let left = A_VISIT; left > 0; left -= 1) {
        let index = own.index;
        while (tried.has(index)) index = Math.max(0, own.index - NEIGHBOURS / 2) + random.int(0, NEIGHBOURS);
        tried.add(index);
        session.think(20 * SECOND_MS);
        tryOne(session, play, index);
      }
    }
  },
};
