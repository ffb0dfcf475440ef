import { neighbourOf } from '../actors/outsiders.ts';
import { MINUTE_MS, nextAt } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';
import { speaksAs } from '../core/party.ts';
import type { Session } from '../core/session.ts';

const CALLS = { loud: 150, quiet: 8 } as const;
/** The owner comes back this long after the first visit. Units: ms. */
const BACK = 75 * MINUTE_MS;
/** Early evening in Europe, noon in America: people are awake. Units: hour of the day, UTC. */
const AWAKE = 17;

/** The owner looks around; the browser records it. */
function ownVisit({ open, roles, stage: { store } }: Play, at: number): void {
  const { readObject, browse, recordedCustomer } = roles;
  const session = open(recordedCustomer, at);
  session.call(browse.list, { role: 'context' });
  session.think(14_000);
  session.call(browse.read, { role: 'context' });
  session.think(21_000);
  session.call(readObject.operation, { params: [store.itemOf(readObject.entity, recordedCustomer.person ?? 0, 0)], role: 'context' });
}

/** Somebody else with the same token: no other thing than the owner's is touched. */
function use({ roles, stage: { store } }: Play, session: Session, count: number, think: number): void {
  const { readObject, readSecret, browse, recordedCustomer } = roles;
  const own = recordedCustomer.person ?? 0;
  for (let index = 0; index < count; index += 1) {
    if (index % 4 === 0) session.call(browse.list);
    else if (index % 4 === 1) session.call(readSecret.operation, { params: [store.itemOf(readSecret.entity, own, 0)] });
    else session.call(readObject.operation, { params: [store.itemOf(readObject.entity, own, index)] });
    session.think(think);
  }
}

/**
 * A second person uses a customer's token, with the same user agent. The owner's browser is recorded with all that he did; these
 * calls stand in the gateway's log alone.
 * Loud: from another network, while the owner is there, 150 calls.
 * Quiet: from another machine of the owner's own network, eight calls half an hour after him, and before he comes back. What gives it
 * away: the recording has everything that this token did but these calls.
 */
export const secondUser: Incident = {
  id: 'second-user',
  detectors: ['two-sided-mismatch', 'token-replay-context', 'impossible-switch'],
  play: (play) => {
    const { open, roles, form, start, stage } = play;
    const owner = roles.recordedCustomer;
    const { userAgent, headers, ip } = owner;
    if (form === 'loud') {
      for (const minutes of [0, 12, 31]) ownVisit(play, start + minutes * MINUTE_MS);
      use(play, open(speaksAs(owner, { ip: roles.stranger(3).ip, userAgent }), start + 2 * MINUTE_MS), CALLS.loud, 18_000);
      return;
    }
    const awake = nextAt(AWAKE, start) + stage.random('second-user').int(0, 50 * MINUTE_MS);
    ownVisit(play, awake);
    use(play, open({ ...speaksAs(owner, { ip: neighbourOf(ip, 231), userAgent }), headers }, awake + 30 * MINUTE_MS), CALLS.quiet, 40_000);
    // A recording has no end of its own: what its last request does not outlast may as well have come after it was stopped.
    ownVisit(play, awake + BACK);
  },
};
