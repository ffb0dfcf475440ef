import { MINUTE_MS, SECOND_MS } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';
import type { Party } from '../core/party.ts';
import { ask } from './ask.ts';
import { lookAndChange, partsOf } from './look-up.ts';
import { workingHours } from './moments.ts';

/** How often each function is called, and how often it is refused before. */
const ROUNDS = 14;
const REFUSED = 2;

/** The agent tries what is for administrators until it is let in, and then goes on. */
function playLoud({ open, roles, start, stage }: Play): void {
  const session = open(roles.agent, start);
  ask(session, roles, { task: 'tidy up access' }, roles.administer[0]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const operation of roles.administer) {
      const params = partsOf(stage, operation, session.random);
      session.call(operation, round < REFUSED ? { params, status: 403 } : { params });
      session.think(1.5 * SECOND_MS);
    }
    if (round % 4 === 3) ask(session, roles, { round, state: 'in progress' }, roles.administer[0]);
  }
  ask(session, roles, { done: true });
}

/** One look and one change, by an agent at the desk of an employee. */
function playQuiet({ open, roles, start, end, stage }: Play): void {
  const random = stage.random('function-abuse');
  const { look, change } = lookAndChange(stage, roles);
  const employee = roles.employee(random.int(0, 3));
  const { userAgent, headers } = roles.toolAgent;
  const party: Party = { ...employee, userAgent, headers };
  const hours = workingHours({ start, end });
  const session = open(party, hours.start + random.int(5, 90) * MINUTE_MS);
  session.call(roles.inbox.list, { role: 'context' });
  session.think(4 * SECOND_MS);
  session.call(look, { params: partsOf(stage, look, random) });
  session.think(25 * MINUTE_MS);
  session.call(change, { params: partsOf(stage, change, random) });
}

/**
 * Functions of administrators in the hands of one whose kind never calls them.
 * Loud: the recorded agent, over and over, first refused and then served. Quiet: two calls with the token of an employee; what
 * gives it away is that nobody of the staff but the administrator has ever called them, and that a program speaks and no browser.
 */
export const functionAbuse: Incident = {
  id: 'function-abuse',
  detectors: [
    'bfla-privileged-function',
    'new-endpoint-for-principal',
    'human-token-agent-use',
    'privilege-change-then-use',
    'scope-overgrant',
  ],
  play: (play) => {
    if (play.form === 'loud') playLoud(play);
    else playQuiet(play);
  },
};
