import { nobody, proxyAddress } from '../actors/outsiders.ts';
import { MINUTE_MS } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';
import { speaksAs } from '../core/party.ts';
import type { Place } from '../core/roles.ts';
import { BROWSERS } from '../core/user-agents.ts';

const ACCOUNTS = 420;
const ADDRESSES = 60;
/** One in so many passwords still fits. */
const LOUD_FITS = 35;
/** Units: ms between two tries, all addresses together. */
const QUIET_GAP = 4 * MINUTE_MS;
/** Some twenty hours of them. */
const QUIET_TRIES = 300;

/** What is done with an account that opened. */
function use({ open, roles, stage: { store } }: Play, account: number, place: Place, at: number): void {
  const owner = roles.customer(account);
  const { readObject, readSecret } = roles;
  const own = owner.person ?? 0;
  const session = open(speaksAs(owner, place), at);
  session.call(readObject.operation, { params: [store.itemOf(readObject.entity, own, 0)] });
  session.think(2600);
  session.call(readSecret.operation, { params: [store.itemOf(readSecret.entity, own, 0)] });
}

function loud(play: Play): void {
  const { open, roles, start } = play;
  const place = roles.stranger(0);
  const session = open(nobody(place), start);
  for (let account = 0; account < ACCOUNTS; account += 1) {
    const fits = account % LOUD_FITS === LOUD_FITS - 1;
    session.call(roles.login, fits ? {} : { status: 401 });
    if (fits) use(play, account, place, session.at + 40_000);
    session.think(650);
  }
}

function quiet(play: Play): void {
  const { open, roles, start, end, stage } = play;
  const random = stage.random('credential-stuffing');
  const places = Array.from({ length: ADDRESSES }, () => ({ ip: proxyAddress(random), userAgent: random.pick(BROWSERS) }));
  const tries = Math.min(QUIET_TRIES, Math.floor((end - start - 30 * MINUTE_MS) / QUIET_GAP));
  const fitting = new Set([0.22, 0.51, 0.83].map((share) => Math.floor(tries * share)));
  for (let count = 0; count < tries; count += 1) {
    const place = places[count % ADDRESSES];
    if (place === undefined) continue;
    const at = start + count * QUIET_GAP + random.int(0, QUIET_GAP / 2);
    open(nobody(place, { 'accept-language': 'en-US,en;q=0.9' }), at).call(roles.login, fitting.has(count) ? {} : { status: 401 });
    if (fitting.has(count)) use(play, 100 + count, place, at + 11 * MINUTE_MS);
  }
}

/**
 * Passwords that were stolen elsewhere are tried here.
 * Loud: one address, hundreds of accounts within minutes; a dozen open and are read.
 * Quiet: sixty addresses, each tries once every few hours, for the better part of a day; three accounts open. What gives it away: nearly all
 * tries fail, at night as by day, and nobody who fails ever asks for a page.
 */
export const credentialStuffing: Incident = {
  id: 'credential-stuffing',
  detectors: ['auth-failure-burst'],
  play: (play) => (play.form === 'loud' ? loud(play) : quiet(play)),
};
