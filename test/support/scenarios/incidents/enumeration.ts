import { HOUR_MS } from '../core/calendar.ts';
import type { Incident } from '../core/incident.ts';

/** How many numbers are tried, in each form. */
const TRIED = { loud: 240, quiet: 60 } as const;

/** A customer goes through the numbers of the others: all in minutes, or a few each hour. */
export const enumeration: Incident = {
  id: 'enumeration',
  detectors: ['bola-enumeration', 'bola-ownership-mismatch', 'bola-exclusivity-break'],
  play: ({ open, roles, form, start, end, stage: { store } }) => {
    const { operation, entity } = roles.readObject;
    const party = roles.customer(5);
    const own = party.person ?? 0;
    const first = Math.max(0, own - Math.floor(TRIED[form] / 3));
    const gap = form === 'loud' ? 900 : Math.min(HOUR_MS / 3, (end - start) / (TRIED.quiet + 1));
    const session = open(party, start);
    for (let index = first; index < first + TRIED[form]; index += 1) {
      if (index === own) continue;
      const item = { entity, index };
      const exists = (store.ownerOf(item) ?? 0) < store.people && index % 11 !== 0;
      session.call(operation, { params: [item], status: exists ? 200 : 404 });
      session.think(gap);
    }
  },
};
