import { HOUR_MS } from '../core/calendar.ts';
import type { Foreign } from '../core/exchange.ts';
import type { Trap } from '../core/incident.ts';
import { momentAt } from './moments.ts';

const PERSONS = 10;
/** How often the flow runs against the new host before the evidence ends; an hour lies between two runs. */
const RUNS = 3;

/** The partner's new place: another provider, another domain, a name that says whose it is. */
const movedTo = ({ host, path }: Foreign): Foreign => ({
  host: `intake.${host.split('.').at(-2) ?? host}-cloud.example`,
  path,
  address: '198.51.100.84',
});

/**
 * A partner moves to another provider and says so: from one hour on the agreed flow ends at a host that nobody has seen before.
 * Tempts: `sensitive-read-to-external-write`, `new-call-edge`, `ssrf-pattern`, `bulk-data-egress`.
 */
export const partnerMoves: Trap = {
  id: 'partner-moves',
  play: ({ open, roles, start, end, stage: { store } }) => {
    const { party, read, to } = roles.outward;
    const moved = movedTo(to);
    const first = momentAt({ start, end }, 10, RUNS * HOUR_MS);
    for (let run = 0; run < RUNS; run += 1) {
      const session = open(party, first + run * HOUR_MS);
      const day = new Date(session.at).toISOString().slice(0, 10);
      session.call(read, { query: { day } });
      for (let person = 0; person < PERSONS; person += 1) {
        session.think(500);
        session.call(roles.readObject.operation, { params: [store.any(roles.readObject.entity, session.random)] });
      }
      session.think(1500);
      session.web(moved, 'POST', { day, run }, { accepted: true }, { query: { day }, status: 202 });
    }
  },
};
