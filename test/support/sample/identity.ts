import { unsignedToken, type Algorithm } from '../large/jwt.ts';
import type { Random } from '../large/random.ts';
import { HOUR_MS } from './calendar.ts';
import type { Consumer } from './gateway.ts';
import { HOSTS } from './world.ts';

/** The claims that differ from one application to the next. */
export interface Grant {
  readonly subject: string;
  readonly client: string;
  readonly scopes: readonly string[];
  readonly actor?: string;
  /** Units: ms. */
  readonly lifetime: number;
}

interface Issuer {
  readonly url: string;
  readonly algorithm: Algorithm;
  readonly keyId: string;
}

/** Customers log in at one place, everybody and everything that works here at another. */
const CUSTOMER_ISSUER: Issuer = { url: HOSTS.login, algorithm: 'ES256', keyId: 'cust-31' };
const WORK_ISSUER: Issuer = { url: HOSTS.identity, algorithm: 'RS256', keyId: 'acme-2026-02' };

/** The consumer entry of an application at the gateway. */
export function makeConsumer(random: Random, username: string): Consumer {
  const own = random.fork(`consumer/${username}`);
  return { id: own.uuid(), username, credentialId: own.uuid() };
}

/** Issues one token. Units: `issuedAt` in epoch ms. */
export function issueToken(random: Random, grant: Grant, issuedAt: number): string {
  const iat = Math.floor(issuedAt / 1000);
  const issuer = grant.client === 'storefront-web' ? CUSTOMER_ISSUER : WORK_ISSUER;
  return unsignedToken(random, issuer.algorithm, issuer.keyId, {
    iss: issuer.url,
    sub: grant.subject,
    aud: `https://${HOSTS.api}`,
    client_id: grant.client,
    scope: grant.scopes.join(' '),
    iat,
    exp: iat + Math.floor(grant.lifetime / 1000),
    jti: random.uuid(),
    ...(grant.actor === undefined ? {} : { act: { sub: grant.actor } }),
  });
}

/** Gives a token that is valid at a moment, and asks for a new one when the last has run out, as a well-behaved client does. */
export function tokenSource(random: Random, grant: Grant): (at: number) => string {
  let current: { readonly token: string; readonly until: number } | undefined;
  return (at) => {
    if (current === undefined || at >= current.until) {
      current = { token: issueToken(random, grant, at - 2000), until: at - 2000 + grant.lifetime - 60_000 };
    }
    return current.token;
  };
}

/** Lifetime that the identity provider gives by default. Units: ms. */
export const DEFAULT_LIFETIME = HOUR_MS;
