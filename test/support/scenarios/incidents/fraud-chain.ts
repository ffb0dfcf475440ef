import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';
import type { Party } from '../core/party.ts';
import type { Given } from '../core/given.ts';
import type { Session } from '../core/session.ts';
import { bodyWith, isAllowed, partsOf } from './look-up.ts';
import { atHour, steal, workingHours } from './moments.ts';

/** Above this a second person has to agree. Units: EUR. */
const LIMIT = 10_000;
const PAYMENTS = 12;
/** Hour of UTC at which offices are empty from Lisbon to Berlin. */
const EVENING = 19;

/** The payee's kind and id. */
interface Payee {
  readonly entity: string;
  readonly id: Given;
}

/** Somebody of the staff whose token allows paying; any when no token says so. */
function payerOf({ roles, stage: { world }, start }: Play, preferred: number): Party {
  const some = Array.from({ length: 6 }, (_, which) => roles.employee(preferred + which));
  return some.find((party) => isAllowed(world.operation(roles.pay), party, start)) ?? roles.employee(preferred);
}

/** Names a new account; its id is taken from the answer where that is recorded. */
function addPayee(session: Session, { roles: { addPayee: operation }, stage }: Play): Payee {
  const { answer } = stage.world.operation(operation);
  const entity = 'one' in answer ? answer.one : 'payee';
  const made = session.call(operation, { params: partsOf(stage, operation, session.random) });
  if (made.responseBody !== undefined) return { entity, id: session.take(made, 'id') };
  return { entity, id: 'one' in answer ? stage.store.idOf(stage.store.any(entity, session.random)) : session.random.uuid() };
}

/** Pays just less than what somebody else would have to look at. */
function pay(session: Session, { roles: { pay: operation }, stage }: Play, { entity, id }: Payee): void {
  const amount = LIMIT - session.random.int(5, 190) - session.random.int(0, 99) / 100;
  session.call(operation, {
    params: partsOf(stage, operation, session.random, { [entity]: id }),
    body: bodyWith(stage, operation, session, (field) => {
      if (field === 'amount') return Number(amount.toFixed(2));
      if (field === 'currency') return 'EUR';
      return typeof field === 'object' && 'id' in field && field.id === entity ? id : undefined;
    }),
  });
}

/** A thief with an employee's token empties the till before it runs out. */
function playLoud(play: Play): void {
  const { open, roles, start, end, stage } = play;
  const random = stage.random('fraud-chain');
  const owner = payerOf(play, random.int(0, 3));
  const { thief, at } = steal(owner, roles.stranger(0), workingHours({ start, end }).start + random.int(5, 90) * MINUTE_MS);
  open(owner, at).call(roles.inbox.list, { role: 'context' });
  const session = open(thief, at + MINUTE_MS);
  const payee = addPayee(session, play);
  for (let payments = 0; payments < PAYMENTS; payments += 1) {
    session.think(25 * SECOND_MS);
    pay(session, play, payee);
  }
}

/** An employee stays late. */
function playQuiet(play: Play): void {
  const { open, roles, stage } = play;
  const random = stage.random('fraud-chain/quiet');
  const session = open(payerOf(play, random.int(0, 3)), atHour(play, EVENING, 4 * HOUR_MS) + random.int(2, 50) * MINUTE_MS);
  session.call(roles.inbox.list, { role: 'context' });
  session.think(3 * MINUTE_MS);
  const payee = addPayee(session, play);
  session.think(35 * MINUTE_MS);
  pay(session, play, payee);
  session.think(50 * MINUTE_MS);
  pay(session, play, payee);
}

/**
 * Money goes to an account that was new a moment before, in sums just below the limit.
 * Loud: a dozen payments in minutes with a stolen token. Quiet: two payments of an insider in the evening; what gives it away is
 * that people never add payees or pay here, and that it happens when the office is empty.
 */
export const fraudChain: Incident = {
  id: 'fraud-chain',
  detectors: ['financial-anomaly', 'new-endpoint-for-principal', 'token-replay-context', 'bfla-privileged-function', 'off-hours'],
  play: (play) => {
    if (play.form === 'loud') playLoud(play);
    else playQuiet(play);
  },
};
