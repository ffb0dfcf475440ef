import { HOUR_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';
import { momentAt, scaled } from './moments.ts';

const PEOPLE = 130;

/**
 * A release: from one hour on many customers ask, each about a thing of his own, what nobody could ask before. It is described.
 * Tempts: `new-endpoint-for-principal`, `shadow-endpoint`, `bfla-privileged-function`, `new-call-edge`.
 */
export const newEndpoint: Trap = {
  id: 'new-endpoint',
  play: ({ open, roles, start, end, stage }) => {
    const random = stage.random('new-endpoint');
    const { operation, entity } = roles.released;
    const released = momentAt({ start, end }, 9, 9 * HOUR_MS);
    for (let which = 0; which < scaled(stage, PEOPLE); which += 1) {
      const party = roles.customer(which * 5 + 2);
      const session = open(party, released + Math.floor(random.next() ** 1.5 * 8 * HOUR_MS));
      session.call(roles.browse.list);
      session.think(9000);
      for (let asked = random.int(1, 2); asked > 0; asked -= 1)
        session.call(operation, { params: [stage.store.itemOf(entity, party.person ?? 0, asked)] });
    }
  },
};
