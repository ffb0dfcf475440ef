import { someAddress } from '../core/addresses.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';
import type { Party } from '../core/party.ts';
import { workMessage } from './desk.ts';
import { momentAt } from './moments.ts';

/** From his desk to the train. Units: ms. */
const WAY = 25 * MINUTE_MS;
const SESSIONS = 7;

/**
 * A member of staff works in the office on one day and from a hotel on the next, with the laptop and the login of always. On the way
 * he is on line as well, with the token that he had in the office.
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
    const guest = (network: string): Party => ({
      ...roles.quietEmployee,
      ip: someAddress(stage.random(`traveller/${network}`)),
    });
    day(roles.quietEmployee, away - DAY_MS);
    day(guest('hotel'), away);
    const evening = away - DAY_MS + SESSIONS * HOUR_MS;
    const { expiresAt = Infinity } = roles.quietEmployee.credentialAt(evening) ?? {};
    const leaves = expiresAt - evening < 2 * WAY ? expiresAt + 1000 : evening;
    if (leaves < stage.span.start) return;
    const random = stage.random('traveller/way');
    for (const [party, at] of [
      [roles.quietEmployee, leaves],
      [guest('train'), leaves + WAY],
    ] as const)
      workMessage(open(party, at), roles, random.int(0, stage.store.people - 1));
  },
};
