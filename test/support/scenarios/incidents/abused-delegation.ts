import { HOUR_MS } from '../core/calendar.ts';
import type { Incident } from '../core/incident.ts';

const LOUD_OTHERS = 160;
const QUIET_OTHERS = 3;

/**
 * A program that acts for one person is talked into acting for others: its token says for whom it was meant, the server only looks at scopes.
 * Loud: a hundred and sixty persons' things within minutes.
 * Quiet: three times, hours apart, in the middle of a run that looks like every other one, another person's thing. What gives it
 * away: in all the days before it has read one person's things only.
 */
export const abusedDelegation: Incident = {
  id: 'abused-delegation',
  detectors: ['bola-ownership-mismatch', 'delegation-chain-anomaly', 'bola-exclusivity-break', 'bola-enumeration'],
  play: ({ open, roles, form, start, end, stage }) => {
    const { store } = stage;
    const { operation, entity, party } = roles.delegate;
    const own = party.person ?? 0;
    const others = (own + 1) % store.people;
    if (form === 'loud') {
      const session = open(party, start);
      session.call(operation, { params: [store.itemOf(entity, own, 0)], role: 'context' });
      for (let count = 0; count < LOUD_OTHERS; count += 1) {
        session.call(operation, { params: [store.itemOf(entity, (others + count * 7) % store.people, 0)] });
        session.think(2400);
      }
      return;
    }
    const gap = Math.min(5 * HOUR_MS, (end - start) / (QUIET_OTHERS + 1));
    for (let run = 0; run < QUIET_OTHERS; run += 1) {
      const session = open(party, start + run * gap + stage.random(`abused-delegation/${String(run)}`).int(0, gap / 4));
      session.call(operation, { params: [store.itemOf(entity, own, 0)], role: 'context' });
      session.think(900);
      session.call(operation, { params: [store.itemOf(entity, (others + run * 31) % store.people, 0)] });
      session.think(900);
      session.call(operation, { params: [store.itemOf(entity, own, 1)], role: 'context' });
    }
  },
};
