import { keyLike, neighbourOf } from '../actors/outsiders.ts';
import { program } from '../core/cast.ts';
import type { Trap } from '../core/incident.ts';
import { scaled } from './moments.ts';

const CALLS = 2400;
/** Virtual users that call at the same time. */
const USERS = 10;

/**
 * The company measures what its own server can bear: one program in its own network, with its own key, asks one question thousands of
 * times.
 * Tempts: `rate-burst`, `agent-loop`, `machine-speed-chain`, `new-principal`.
 */
export const loadTest: Trap = {
  id: 'load-test',
  play: ({ open, roles, start, stage }) => {
    const { scopes } = stage.world.operation(roles.browse.list);
    const party = program(stage, {
      id: 'load-test',
      kind: 'service',
      ip: neighbourOf(roles.outward.party.ip, 240),
      userAgent: 'Grafana k6/1.2.3',
      headers: { 'x-load-test': 'release-5.19' },
      credentialAt: keyLike(roles.partner.credentialAt(start), stage.random('load-test/key'), 'load-test', scopes),
    });
    const calls = Math.ceil(scaled(stage, CALLS) / USERS);
    for (let user = 0; user < USERS; user += 1) {
      const session = open(party, start + user * 2000);
      for (let count = 0; count < calls; count += 1) {
        session.call(roles.browse.list, session.random.chance(0.004) ? { status: 503 } : {});
        session.think(400);
      }
    }
  },
};
