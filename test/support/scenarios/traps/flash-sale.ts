import { HOUR_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';
import { scaled } from './moments.ts';

const BUYERS = 320;
/** Things that are cheap. */
const ON_SALE = 4;

/**
 * Something is cheap for an hour, and several hundred people come at once, most of them in the first minutes.
 * Tempts: `rate-burst`, `low-and-slow-scrape`, `auth-failure-burst` by its sheer rate.
 */
export const flashSale: Trap = {
  id: 'flash-sale',
  play: ({ open, roles, start, stage }) => {
    const random = stage.random('flash-sale');
    const { list, read, entity } = roles.browse;
    for (let which = 0; which < scaled(stage, BUYERS); which += 1) {
      // The square brings most of them early.
      const session = open(roles.customer(which * 3), start + Math.floor(random.next() ** 2 * HOUR_MS));
      session.call(list);
      for (let views = random.int(1, 5); views > 0; views -= 1) {
        session.think(7000);
        session.call(read, random.chance(0.8) ? { params: [stage.store.itemOf(entity, 0, random.int(0, ON_SALE - 1))] } : {});
      }
      // The shop gets slow, and turns some away.
      if (random.chance(0.05)) session.call(read, { status: 503 });
    }
  },
};
