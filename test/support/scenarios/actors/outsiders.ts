import type { Random } from '../../large/random.ts';
import { someAddress } from '../core/addresses.ts';
import type { Operation } from '../core/api.ts';
import { speaksAs, type Credential, type Party } from '../core/party.ts';
import type { Place, Roles } from '../core/roles.ts';
import type { Stage } from '../core/stage.ts';
import { BROWSERS, SCRIPTS } from '../core/user-agents.ts';
import { anonymous } from './noise.ts';

/** Somebody without a credential: the evidence has no name for them but their address. */
export function nobody({ ip, userAgent }: Place, headers: Party['headers'] = {}): Party {
  const party = anonymous(`unknown:${ip}`, 'unknown', ip, userAgent);
  return { ...party, headers: { ...party.headers, ...headers } };
}

/** A person who has not logged in yet: same machine, no credential. */
export function loggedOut(party: Party): Party {
  const { person: _, recordedBy: __, ipAt: ___, ...rest } = party;
  return { ...rest, id: `unknown:${party.ip}`, consumer: undefined, credentialAt: () => undefined, traced: 'none' };
}

/** Whoever may ask for that at a place: nobody in particular where no scope is needed, else somebody who made an account for it. */
export function visitor(roles: Roles, { scopes }: Operation, place: Place): Party {
  return scopes.length === 0 ? nobody(place) : speaksAs(roles.customer(41), place);
}

/** One of many rented addresses, in the networks of homes. */
export function proxyAddress(random: Random): string {
  return someAddress(random, true);
}

/** What a stranger's program says it is: what others say as well. */
export function strangeAgent(random: Random): string {
  return random.pick(random.chance(0.7) ? SCRIPTS : BROWSERS);
}

/** The place of a stranger: the same number is the same place. */
export function strangePlace(stage: Stage, which: number): Place {
  const random = stage.random(`stranger/${String(which)}`);
  return { ip: proxyAddress(random), userAgent: strangeAgent(random) };
}

/** Another machine of the same network. */
export function neighbourOf(ip: string, last: number): string {
  return ip.includes(':') ? ip.replace(/[^:]+$/, last.toString(16)) : ip.replace(/\d+$/, String(last));
}

/** A key for another client, in the form of one that the company has given out: same header, same prefix. */
export function keyLike(model: Credential | undefined, random: Random, client: string, scopes: readonly string[]): () => Credential {
  const [name, value] = model?.header ?? ['x-api-key', ''];
  const prefix = model?.kind === 'api-key' ? (/^(?:[A-Za-z]+[ ._-])+/.exec(value)?.[0] ?? '') : '';
  const credential: Credential = {
    id: `${client}/key`,
    kind: 'api-key',
    header: [model?.kind === 'api-key' ? name : 'x-api-key', `${prefix}${random.base32(32)}`],
    scopes,
    subject: client,
    client,
  };
  return () => credential;
}
