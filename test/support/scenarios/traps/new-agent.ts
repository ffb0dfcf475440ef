import { agentHeaders } from '../actors/agents.ts';
import { keyLike, neighbourOf } from '../actors/outsiders.ts';
import { program } from '../core/cast.ts';
import { HOUR_MS, MINUTE_MS } from '../core/calendar.ts';
import type { Trap } from '../core/incident.ts';

/**
 * A new agent is switched on and does ordinary work: it looks up what anybody may see, with a key of its own.
 * Tempts: `new-principal`, `new-endpoint-for-principal`, `rare-sequence`, `machine-speed-chain`.
 */
export const newAgent: Trap = {
  id: 'new-agent',
  play: ({ open, roles, start, end, stage }) => {
    const { browse, search } = roles;
    const scopes = [browse.list, browse.read, search.operation].flatMap((id) => stage.world.operation(id).scopes);
    const party = program(stage, {
      id: 'catalog-helper',
      kind: 'agent',
      ip: neighbourOf(roles.agent.ip, 61),
      userAgent: 'catalog-helper/0.1 (python-httpx/0.28.1)',
      headers: agentHeaders('python'),
      credentialAt: keyLike(roles.partner.credentialAt(start), stage.random('new-agent/key'), 'catalog-helper', [...new Set(scopes)]),
      traced: 'run',
    });
    const random = stage.random('new-agent');
    for (let at = start; at < Math.min(start + 10 * HOUR_MS, end); at += random.int(18 * MINUTE_MS, 40 * MINUTE_MS)) {
      const session = open(party, at);
      session.call(search.operation, { query: { [search.parameter]: random.pick(['warm jacket', 'tent for two', 'lamp', 'gift']) } });
      session.think(1400);
      session.call(browse.list);
      for (let reads = random.int(1, 4); reads > 0; reads -= 1) {
        session.think(900);
        session.call(browse.read);
      }
    }
  },
};
