import { DAY_MS, HOUR_MS, MINUTE_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';
import type { Party } from '../core/party.ts';
import { workMessage } from './desk.ts';
import { momentAt } from './moments.ts';

/** Guest network of a hotel. */
const ELSEWHERE = '203.0.113.254';
const SESSIONS = 7;

/**
 * A member of staff works in the office on one day and from a hotel on the next, with the laptop and the login of always.
 * Between the last call here and the first one there lies a night.
 * Tempts: `token-replay-context`, `impossible-switch`, `api-key-many-networks`.
 */
export const traveller: Trap = {
  id: 'traveller',
  play: ({ open, roles, start, end, stage }) => {
    const away = momentAt({ start, end }, 7, 8 * HOUR_MS);
    const day = (party: Party, from: number): void => {
      for (let session = 0; session < SESSIONS; session += 1) {
        const random = stage.random(`traveller/${String(from)}/${String(session)}`);
        const at = from + session * HOUR_MS + random.int(0, 20 * MINUTE_MS);
        if (at < stage.span.start || at > end) continue;
        workMessage(open(party, at), roles, random.int(0, stage.store.people - 1));
      }
    };
    day(roles.quietEmployee, away - DAY_MS);
    day({ ...roles.quietEmployee, ip: ELSEWHERE }, away);
  },
};
