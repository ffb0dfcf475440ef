import { HOUR_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';

const BUYERS = 60;

/** Something is cheap for an hour, and everybody comes at once. */
export const flashSale: Trap = {
  id: 'flash-sale',
  play: ({ open, roles, start, stage }) => {
    const random = stage.random('flash-sale');
    for (let which = 0; which < BUYERS; which += 1) {
      const session = open(roles.customer(which * 3), start + random.int(0, HOUR_MS));
      session.call(roles.browse.list);
      for (let views = random.int(1, 5); views > 0; views -= 1) {
        session.think(3000);
        session.call(roles.browse.read);
      }
    }
  },
};
