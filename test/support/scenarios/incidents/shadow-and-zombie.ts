import { strangeAgent } from '../actors/outsiders.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';
import type { Party } from '../core/party.ts';
import type { Session } from '../core/session.ts';
import { partsOf } from './look-up.ts';
import { moments } from './moments.ts';

/** Doors that are often there: other editions, descriptions, and what is meant for the inside. */
const DOORS =
  '/v0 /v2 /v3 /beta /internal /internal/status /v1/internal /v1/admin /v0/admin /swagger.json /openapi.json /v1/openapi.yaml /api-docs /docs /redoc /v0/users /v0/status /v1/debug /v1/export /v1/users /v1/config /legacy /old /private /v1/batch /v1/bulk /v1/actions /v1/jobs /v0/orders /v1/test'.split(
    ' ',
  );
/** Calls of each of the two that the search brings to light. */
const USED = 60;
const ROUNDS = 3;

/** Calls one of the two for the things of a person; it has no check of whose they are. */
function use(session: Session, { stage }: Play, operation: string, person: number): void {
  const { world, store } = stage;
  const own = Object.fromEntries(
    Object.keys(world.catalogue.entities).map((entity) => [entity, store.itemOf(entity, person % store.people, 0)]),
  );
  session.call(operation, { params: partsOf(stage, operation, session.random, own), status: 200 });
}

/** A customer with a script: all doors first, then what was found, again and again. */
function playLoud(play: Play): void {
  const { open, roles, start, stage } = play;
  const random = stage.random('shadow-and-zombie');
  const customer = roles.customer(random.int(170, 230));
  const script: Party = { ...customer, headers: {}, userAgent: strangeAgent(random) };
  const session = open(script, start);
  const { api } = stage.world.operation(roles.undocumented);
  for (const door of DOORS) {
    session.probe(api, random.chance(0.2) ? 'POST' : 'GET', door, random.pick([404, 404, 404, 403, 405]), { role: 'context' });
    session.think(0.5 * SECOND_MS);
  }
  const person = customer.person ?? 0;
  for (let which = 0; which < USED; which += 1) {
    use(session, play, roles.deprecated, person + which);
    session.think(SECOND_MS);
    use(session, play, roles.undocumented, person + which);
    session.think(SECOND_MS);
  }
}

/** Six calls of a few hours, from the client that he always uses. */
function playQuiet(play: Play): void {
  const { open, roles, start, end, stage } = play;
  const random = stage.random('shadow-and-zombie/quiet');
  const customer = roles.customer(random.int(240, 300));
  const person = customer.person ?? 0;
  for (const [round, at] of moments(random, { start, end: Math.min(end - 20 * MINUTE_MS, start + 8 * HOUR_MS) }, ROUNDS).entries()) {
    const session = open(customer, at);
    session.call(roles.browse.list, { role: 'context' });
    session.think(9 * SECOND_MS);
    use(session, play, roles.deprecated, person + round);
    session.think(40 * SECOND_MS);
    use(session, play, roles.undocumented, person);
  }
}

/**
 * A customer uses what is in no description any more, or never was.
 * Loud: he tries doors and then works through what he found. Quiet: six calls among others; what gives it away is that customers
 * never call either of the two, one of which its description calls out of date and the other does not have.
 */
export const shadowAndZombie: Incident = {
  id: 'shadow-and-zombie',
  detectors: ['shadow-endpoint', 'zombie-or-orphan', 'version-downgrade', 'recon-fanout', 'new-endpoint-for-principal'],
  play: (play) => {
    if (play.form === 'loud') playLoud(play);
    else playQuiet(play);
  },
};
