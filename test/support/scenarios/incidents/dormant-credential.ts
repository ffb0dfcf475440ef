import { MINUTE_MS } from '../core/calendar.ts';
import type { Incident } from '../core/incident.ts';
import { speaksAs } from '../core/party.ts';

const READS = 420;

/**
 * A credential that nobody withdrew is used again, from a new place.
 * Loud: hundreds of reads of customers' data, by another program.
 * Quiet: five calls in an hour, with the user agent that it always had. What gives it away: the silence before, for most of the
 * evidence, and the address.
 */
export const dormantCredential: Incident = {
  id: 'dormant-credential',
  detectors: ['dormant-credential-woken', 'token-replay-context', 'bulk-data-egress'],
  play: ({ open, roles, form, start, stage: { store } }) => {
    const { operation, entity } = roles.readObject;
    const place = roles.stranger(form === 'loud' ? 0 : 5);
    const session = open(speaksAs(roles.retired, form === 'loud' ? place : { ip: place.ip, userAgent: roles.retired.userAgent }), start);
    const count = form === 'loud' ? READS : 5;
    for (let index = 0; index < count; index += 1) {
      if (index % 10 === 0) session.call(roles.readMany, { query: { page: String(1 + Math.floor(index / 10)) } });
      else session.call(operation, { params: [store.any(entity, session.random)] });
      session.think(form === 'loud' ? 1100 : 12 * MINUTE_MS);
    }
  },
};
