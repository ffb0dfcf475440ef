import { MINUTE_MS, SECOND_MS } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';
import type { Party } from '../core/party.ts';
import type { Session } from '../core/session.ts';
import type { Item } from '../core/store.ts';
import { isAllowed, partsOf } from './look-up.ts';
import { steal, workingHours } from './moments.ts';

/** Customers who are read with the employee's token. */
const READ = 60;

/** The owner goes on working: the same token from the usual place, so that both take turns. */
function turnOf(session: Session, at: number, operation: string, params: readonly Item[] | undefined): void {
  session.at = Math.max(session.at, at);
  session.call(operation, { role: 'context', ...(params === undefined ? {} : { params }) });
}

function playLoud({ open, roles, start, end, stage }: Play): void {
  const { store } = stage;
  const random = stage.random('token-replay');
  const owner = roles.employee(random.int(0, 3));
  const stolen = steal(owner, roles.stranger(1), workingHours({ start, end }).start + random.int(10, 60) * MINUTE_MS);
  const office = open(owner, stolen.at);
  turnOf(office, stolen.at, roles.inbox.list, undefined);
  const session = open(stolen.thief, stolen.at + 2 * MINUTE_MS);
  const first = random.int(0, store.people - READ);
  const secret = stage.world.operation(roles.readSecret.operation);
  for (let which = 0; which < READ; which += 1) {
    if (which % 10 === 0) {
      session.call(roles.readMany);
      session.think(SECOND_MS);
    }
    session.call(roles.readObject.operation, { params: [store.itemOf(roles.readObject.entity, first + which, 0)] });
    if (which % 6 === 0) {
      session.think(0.7 * SECOND_MS);
      const params = [store.itemOf(roles.readSecret.entity, first + which, 0)];
      session.call(secret.id, isAllowed(secret, stolen.thief, session.at) ? { params } : { params, status: 403 });
    }
    session.think(4 * SECOND_MS);
    if (which % 12 === 5) {
      const message = store.any(roles.inbox.entity, random);
      turnOf(office, session.at, which % 24 === 5 ? roles.inbox.read : roles.inbox.list, which % 24 === 5 ? [message] : undefined);
    }
  }
}

function playQuiet({ open, roles, start, end, stage }: Play): void {
  const { store } = stage;
  const random = stage.random('token-replay/quiet');
  const owner = roles.customer(random.int(100, 160));
  const person = owner.person ?? 0;
  const stolen = steal(owner, roles.stranger(2), workingHours({ start, end }).start + random.int(10, 120) * MINUTE_MS);
  // The thief copies whatever the owner's client sends; only the address is another.
  const thief: Party = { ...stolen.thief, userAgent: owner.userAgent, headers: owner.headers };
  const own = [store.itemOf(roles.readObject.entity, person, 0)];
  const home = open(owner, stolen.at);
  turnOf(home, stolen.at, roles.browse.list, undefined);
  turnOf(home, stolen.at + MINUTE_MS, roles.readObject.operation, own);
  const session = open(thief, stolen.at + 3 * MINUTE_MS);
  session.call(roles.readObject.operation, { params: own });
  turnOf(home, session.at + 20 * SECOND_MS, roles.browse.read, undefined);
  session.think(70 * SECOND_MS);
  session.call(roles.readSecret.operation, { params: [store.itemOf(roles.readSecret.entity, person, 0)] });
  session.think(3 * MINUTE_MS);
  const update = roles.updateSelf;
  session.call(update.operation, {
    params: partsOf(stage, update.operation, random, { [update.entity]: store.itemOf(update.entity, person, 0) }),
    status: 200,
  });
  turnOf(home, session.at + 30 * SECOND_MS, roles.readObject.operation, own);
  session.think(MINUTE_MS);
  session.call(roles.readObject.operation, { params: own });
  turnOf(home, session.at + MINUTE_MS, roles.browse.list, undefined);
}

/**
 * A token in two places at once, its owner and somebody else taking turns.
 * Loud: an employee's, from elsewhere, where customer after customer is read. Quiet: four calls with a customer's on what is his own,
 * from a client that looks the same; what gives it away is one token from two networks within minutes.
 */
export const tokenReplay: Incident = {
  id: 'token-replay',
  detectors: ['token-replay-context', 'impossible-switch', 'api-key-many-networks', 'bulk-data-egress'],
  play: (play) => {
    if (play.form === 'loud') playLoud(play);
    else playQuiet(play);
  },
};
