import { loggedOut } from '../actors/outsiders.ts';
import { HOUR_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';
import { momentAt, scaled } from './moments.ts';

const PEOPLE = 110;

/**
 * All passwords had to be changed: on the next morning many people type the old one once or twice, and then the new one, and go on.
 * Each does so from his own machine.
 * Tempts: `auth-failure-burst`.
 */
export const passwordDay: Trap = {
  id: 'password-day',
  play: ({ open, roles, start, end, stage }) => {
    const random = stage.random('password-day');
    const morning = momentAt({ start, end }, 6, 4 * HOUR_MS);
    for (let which = 0; which < scaled(stage, PEOPLE); which += 1) {
      const party = roles.customer(which * 3 + 1);
      const outside = open(loggedOut(party), morning + random.int(0, 3 * HOUR_MS));
      for (let failures = random.int(1, 2); failures > 0; failures -= 1) {
        outside.call(roles.login, { status: 401 });
        outside.think(16_000);
      }
      outside.call(roles.login);
      const inside = open(party, outside.at + 1500);
      inside.call(roles.browse.list);
      inside.think(8000);
      inside.call(roles.browse.read);
    }
  },
};
