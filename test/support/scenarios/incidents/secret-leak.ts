import { DAY_MS, HOUR_MS, MINUTE_MS } from '../core/calendar.ts';
import type { Operation } from '../core/api.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Incident, Play } from '../core/incident.ts';
import { speaksAs } from '../core/party.ts';

const EXPOSED = 40;
const USED = 360;

/** What that key opens, reading only. */
function opened({ stage, roles, start }: Play): readonly string[] {
  const scopes = roles.partner.credentialAt(start)?.scopes ?? [];
  const fits = (operation: Operation): boolean =>
    operation.method === 'GET' && operation.scopes.length > 0 && operation.scopes.every((scope) => scopes.includes(scope));
  const found = stage.world.catalogue.operations.filter((operation) => operation.api !== 'inner' && fits(operation)).map(({ id }) => id);
  return found.length === 0 ? [roles.browse.read] : found;
}

/** The partner's new version writes its key into the URL, beside the header; somebody reads it in a log. */
function loud(play: Play): void {
  const { open, roles, start, stage } = play;
  const random = stage.random('secret-leak');
  const partner = open(roles.partner, start);
  const key = roles.partner.credentialAt(start)?.header[1] ?? '';
  let exposed: Exchange | undefined;
  for (let count = 0; count < EXPOSED; count += 1) {
    exposed = partner.call(roles.browse.list, { query: { page: String(1 + (count % 4)), api_key: key } });
    partner.think(80_000);
  }
  const paths = opened(play);
  for (let which = 0; which < 3; which += 1) {
    const thief = open(speaksAs(roles.partner, roles.stranger(which)), start + HOUR_MS + which * 7 * MINUTE_MS);
    for (let count = 0; count < USED / 3; count += 1) {
      const causes = count === 0 && exposed !== undefined ? [{ from: exposed, kind: 'credential' as const }] : [];
      if (count % 20 === 19) thief.call(roles.readMany, { status: 403, causes });
      else thief.call(random.pick(paths), { causes });
      thief.think(2500);
    }
  }
}

/** A failed answer shows a customer what the server sent on; a day later that key comes from elsewhere. */
function quiet(play: Play): void {
  const { open, roles, start, end } = play;
  const { partner } = roles;
  const [name, value] = partner.credentialAt(start)?.header ?? ['x-api-key', ''];
  const customer = open(roles.recordedCustomer, start);
  customer.call(roles.browse.list, { role: 'context' });
  customer.think(9000);
  const shown = customer.call(roles.browse.read, {
    status: 500,
    answer: {
      error: 'upstream_failed',
      message: 'read timed out after 2000 ms',
      request: { method: 'GET', url: '/feed/stock', headers: { accept: 'application/json', [name]: value } },
    },
  });
  customer.think(6000);
  customer.call(roles.browse.read, { role: 'context' });
  const paths = opened(play);
  const thief = open(
    speaksAs(partner, { ip: roles.stranger(4).ip, userAgent: partner.userAgent }),
    Math.min(start + DAY_MS, end - HOUR_MS),
  );
  for (let count = 0; count < 3; count += 1) {
    thief.call(paths[count % paths.length] ?? roles.browse.read, { causes: count === 0 ? [{ from: shown, kind: 'credential' }] : [] });
    thief.think(11 * MINUTE_MS);
  }
}

/**
 * A partner's key stands where others read it, and is then used by somebody else.
 * Loud: in the URL of forty calls; within the hour hundreds of calls with it from three new addresses.
 * Quiet: once, in the body of a failed answer that a customer's browser recorded; three calls a day later, with the partner's own
 * user agent. What gives it away: the value in the body is the value of the key's header, and its new address.
 */
export const secretLeak: Incident = {
  id: 'secret-leak',
  detectors: ['secret-exposure', 'api-key-many-networks', 'token-replay-context'],
  play: (play) => (play.form === 'loud' ? loud(play) : quiet(play)),
};
