import { HOUR_MS, SECOND_MS } from '../core/calendar.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Incident } from '../core/incident.ts';
import type { Json } from '../core/store.ts';
import { bodyWith, partsOf, readerOf } from './look-up.ts';
import { workingHours } from './moments.ts';

type Fields = Readonly<Record<string, Json>>;

/** What is sent along, round by round; nothing of it is in the description of the body. */
const EXTRAS: readonly Fields[] = [
  { role: 'admin' },
  { role: 'admin', verified: true },
  { balance: 25_000, credit_limit: 50_000 },
  { role: 'admin', verified: true, is_staff: true, balance: 25_000 },
];
/** The one field of the quiet form. */
const SINGLE: readonly Fields[] = [
  { verified: true },
  { balance: 840.5 },
  { credit_limit: 5000 },
  { discount_percent: 25 },
  { tier: 'gold' },
];
/** How often he then calls each of the administrators' functions. */
const USED = 3;

/**
 * A customer writes fields of his own profile that are not his to write, and the answers have them.
 * Loud: role, balance and more, and then what only administrators may. Quiet: one field, and one look at it; what gives it away is
 * that no other body of that kind has the field.
 */
export const massAssignment: Incident = {
  id: 'mass-assignment',
  detectors: ['mass-assignment', 'bfla-privileged-function', 'spec-drift', 'privilege-change-then-use'],
  play: ({ open, roles, form, start, end, stage }) => {
    const random = stage.random(`mass-assignment/${form}`);
    const party = roles.recordedCustomer;
    const { operation, entity } = roles.updateSelf;
    const item = stage.store.itemOf(entity, party.person ?? 0, 0);
    const reader = readerOf(stage, operation, entity);
    const hours = workingHours({ start, end: end - HOUR_MS / 2 });
    const at = form === 'loud' ? start : random.int(hours.start, hours.end);
    const session = open(party, at);
    session.call(roles.browse.list, { role: 'context' });
    session.think(12 * SECOND_MS);
    let kept: Fields = {};
    const profile = (sent: Fields): Json => {
      const usual = stage.store.answer({ one: entity }, item, undefined, session.at, session.random);
      return { ...(usual as Fields), ...sent, ...kept }; // one thing is an object
    };
    const change = (extra: Fields): Exchange => {
      const usual = bodyWith(stage, operation, session, () => undefined) as Fields; // nothing in it is taken from an answer
      kept = { ...kept, ...extra };
      return session.call(operation, {
        params: partsOf(stage, operation, random, { [entity]: item }),
        body: { ...usual, ...extra },
        answer: profile(usual),
        status: 200,
      });
    };
    const look = (): void => {
      if (reader === undefined) return;
      session.think(8 * SECOND_MS);
      session.call(reader, { params: partsOf(stage, reader, random, { [entity]: item }), answer: profile({}) });
    };
    for (const extra of form === 'loud' ? EXTRAS : [random.pick(SINGLE)]) {
      change(extra);
      look();
      session.think(20 * SECOND_MS);
    }
    if (form === 'quiet') return;
    for (let round = 0; round < USED; round += 1) {
      for (const function_ of roles.administer) {
        session.call(function_, { params: partsOf(stage, function_, random) });
        session.think(9 * SECOND_MS);
      }
    }
  },
};
