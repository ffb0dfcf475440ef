import { HOUR_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';
import { workMessage } from './desk.ts';
import { momentAt } from './moments.ts';

const CUSTOMERS = 75;

/**
 * A product is called back: all afternoon one member of staff answers those who wrote about it, and opens the record of each, after
 * the message of that very customer.
 * Tempts: `bola-enumeration`, `bola-exclusivity-break`, `bola-ownership-mismatch`, `bulk-data-egress`.
 */
export const supportStaff: Trap = {
  id: 'support-staff',
  play: ({ open, roles, start, end, stage }) => {
    const random = stage.random('support-staff');
    const session = open(roles.employee(1), momentAt({ start, end }, 11, 5 * HOUR_MS) + random.int(0, HOUR_MS / 2));
    for (let answered = 0; answered < CUSTOMERS; answered += 1) {
      if (answered % 12 === 0) session.call(roles.inbox.list);
      workMessage(session, roles, random.int(0, stage.store.people - 1));
      session.think(90_000);
    }
  },
};
