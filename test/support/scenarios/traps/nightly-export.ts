import type { Trap } from '../core/incident.ts';

const PERSONS = 14;
const PARTS = 3;

/**
 * The agreed flow to a partner runs by hand, once more, because its last file was lost: personal data goes outwards, to the host to
 * which it always goes.
 * Tempts: `sensitive-read-to-external-write`, `bulk-data-egress`, `off-hours`.
 */
export const nightlyExport: Trap = {
  id: 'nightly-export',
  play: ({ open, roles, start, stage: { store } }) => {
    const { party, read, to } = roles.outward;
    const session = open(party, start);
    const day = new Date(start).toISOString().slice(0, 10);
    session.call(read, { query: { day } });
    for (let person = 0; person < PERSONS; person += 1) {
      session.think(450);
      session.call(roles.readObject.operation, { params: [store.any(roles.readObject.entity, session.random)] });
    }
    for (let part = 1; part <= PARTS; part += 1) {
      session.think(1500);
      session.web(to, 'POST', { day, part }, { accepted: true }, { query: { day, part: String(part) }, status: 202 });
    }
  },
};
