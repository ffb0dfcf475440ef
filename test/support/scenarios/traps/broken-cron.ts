import { HOUR_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';

/** Each wait is so much longer than the one before. */
const GROWTH = 1.14;
const FIRST_WAIT = 60_000;

/**
 * A job of the company fails and tries again, first every minute and then ever less often, for an hour: the server is broken, then
 * its login service for a while, then all is well again.
 * Tempts: `agent-loop`, `auth-failure-burst`, `rate-burst`.
 */
export const brokenCron: Trap = {
  id: 'broken-cron',
  play: ({ open, roles, start }) => {
    const { party, read } = roles.outward;
    const session = open(party, start);
    let wait = FIRST_WAIT;
    for (; session.at < start + HOUR_MS; wait *= GROWTH) {
      const minute = (session.at - start) / 60_000;
      session.call(read, { status: minute > 18 && minute < 33 ? 401 : 500, millis: minute > 18 && minute < 33 ? 4 : 900 });
      session.at += Math.round(wait);
    }
    session.call(read);
  },
};
