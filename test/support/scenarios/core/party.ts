import { Buffer } from 'node:buffer';

import { unsignedToken, type Algorithm } from '../../large/jwt.ts';
import type { Random } from '../../large/random.ts';

export type PartyKind = 'human' | 'service' | 'agent' | 'unknown';

/** The gateway's entry for a calling application. */
export interface Consumer {
  readonly id: string;
  readonly name: string;
}

/** What proves who calls, at one moment. Units: epoch ms. */
export interface Credential {
  /** Its name in the truth. */
  readonly id: string;
  readonly kind: 'jwt' | 'api-key' | 'session' | 'basic' | 'mtls';
  /** The header that carries it, in lower case. */
  readonly header: readonly [name: string, value: string];
  readonly scopes: readonly string[];
  readonly subject: string;
  readonly client: string;
  readonly issuedAt?: number;
  readonly expiresAt?: number;
}

/** Somebody or something that calls: one principal of the truth. */
export interface Party {
  readonly id: string;
  readonly kind: PartyKind;
  readonly ip: string;
  /** Of whoever goes about: the address at a moment, in place of `ip`. Units: epoch ms. */
  readonly ipAt?: (at: number) => string;
  readonly userAgent: string;
  /** Headers beside the credential, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly consumer: Consumer | undefined;
  readonly credentialAt: (at: number) => Credential | undefined;
  /** Whose things it calls its own: a number of a person. */
  readonly person?: number;
  /** Trace context: a trace for each call, one for the whole run, or none. */
  readonly traced: 'none' | 'call' | 'run';
  /** Source that records its traffic with bodies, by the name of the HAR. */
  readonly recordedBy?: string;
}

export interface Grant {
  readonly issuer: string;
  readonly algorithm?: Algorithm;
  readonly keyId?: string;
  readonly audience: string;
  readonly subject: string;
  readonly client: string;
  readonly scopes: readonly string[];
  /** Who acts for the subject. */
  readonly actor?: string;
  /** Units: ms. */
  readonly lifetime: number;
}

/**
 * A party that asks for a new token when the last has run out.
 * Shape: tokens follow a grid of lifetimes, so that one moment always has the same token, whoever else asked before.
 */
export function tokens(random: Random, grant: Grant): (at: number) => Credential {
  const made = new Map<number, Credential>();
  const phase = random.int(0, grant.lifetime - 1);
  return (at) => {
    const slot = Math.floor((at - phase) / grant.lifetime);
    let found = made.get(slot);
    if (found === undefined) {
      const own = random.fork(`token/${String(slot)}`);
      const issuedAt = slot * grant.lifetime + phase;
      const iat = Math.floor(issuedAt / 1000);
      const token = unsignedToken(own, grant.algorithm ?? 'RS256', grant.keyId ?? 'key-2026-02', {
        iss: grant.issuer,
        sub: grant.subject,
        aud: grant.audience,
        client_id: grant.client,
        scope: grant.scopes.join(' '),
        iat,
        exp: iat + Math.floor(grant.lifetime / 1000),
        jti: own.uuid(),
        ...(grant.actor === undefined ? {} : { act: { sub: grant.actor } }),
      });
      found = {
        id: `${grant.client}/${grant.subject}/token-${String(slot)}`,
        kind: 'jwt',
        header: ['authorization', `Bearer ${token}`],
        scopes: grant.scopes,
        subject: grant.subject,
        client: grant.client,
        issuedAt,
        expiresAt: issuedAt + grant.lifetime,
      };
      if (made.size > 64) made.clear();
      made.set(slot, found);
    }
    return found;
  };
}

/** A key that never changes. */
export function apiKey(random: Random, client: string, scopes: readonly string[], prefix = 'key_'): () => Credential {
  const credential: Credential = {
    id: `${client}/key`,
    kind: 'api-key',
    header: ['x-api-key', `${prefix}${random.base32(32)}`],
    scopes,
    subject: client,
    client,
  };
  return () => credential;
}

/** A name and a password in every request, as old clients send them. */
export function basicLogin(random: Random, client: string, scopes: readonly string[]): () => Credential {
  const pair = Buffer.from(`${client}:${random.base32(12)}`).toString('base64');
  const credential: Credential = {
    id: `${client}/basic`,
    kind: 'basic',
    header: ['authorization', `Basic ${pair}`],
    scopes,
    subject: client,
    client,
  };
  return () => credential;
}

/** A session cookie of a person; a new one each day. */
export function sessionCookie(random: Random, subject: string, client: string): (at: number) => Credential {
  return (at) => {
    const day = Math.floor(at / 86_400_000);
    const value = random.fork(`session/${String(day)}`).hex(40);
    return {
      id: `${client}/${subject}/session-${String(day)}`,
      kind: 'session',
      header: ['cookie', `sid=${value}`],
      scopes: [],
      subject,
      client,
    };
  };
}

/** Somebody else with the same credential: the evidence names its owner. */
export function speaksAs(owner: Party, place: Pick<Party, 'ip' | 'userAgent'>): Party {
  const { recordedBy: _, ipAt: __, ...party } = owner;
  return { ...party, headers: {}, traced: 'none', ...place };
}
