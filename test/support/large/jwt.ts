import { Buffer } from 'node:buffer';

import type { Random } from './random.ts';

/** What a bearer token says; only the claims that the generators need. Units: `iat` and `exp` in epoch seconds. */
export interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly client_id: string;
  readonly scope: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly act?: { readonly sub: string };
}

export type Algorithm = 'RS256' | 'ES256';

/** RSA with 2048 bits; two numbers of P-256. Units: bytes. */
const SIGNATURE_BYTES: Readonly<Record<Algorithm, number>> = { RS256: 256, ES256: 64 };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A token that reads like a signed one.
 * The signature is chance: there is no key, so nothing here could ever be accepted by a real server.
 */
export function unsignedToken(random: Random, algorithm: Algorithm, keyId: string, claims: Claims): string {
  const signature = Buffer.from(random.bytes(SIGNATURE_BYTES[algorithm])).toString('base64url');
  return `${encode({ alg: algorithm, typ: 'at+jwt', kid: keyId })}.${encode(claims)}.${signature}`;
}
