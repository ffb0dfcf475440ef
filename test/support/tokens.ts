import { constants, createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { parseKeySet } from '#shared/model/knowledge/key-set.ts';
import type { IssuerKey } from '#shared/model/knowledge/issuer-key.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An issuer with one fresh key pair. */
export interface TestIssuer {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public key as a member of a key set. */
  readonly jwk: object;
}

const pairOf = (kind: string): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } => {
  if (kind === 'RSA') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  if (kind === 'Ed25519') return generateKeyPairSync('ed25519');
  return kind === 'Ed448' ? generateKeyPairSync('ed448') : generateKeyPairSync('ec', { namedCurve: kind });
};

/** Draws a key pair: `RSA`, a curve of EC, `Ed25519` or `Ed448`. */
export function newIssuer(kind: string, kid: string): TestIssuer {
  const { privateKey, publicKey } = pairOf(kind);
  return { privateKey, publicKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

/** Signs a token as a JWT library does; `header` names the algorithm. */
export function signToken(
  issuer: Pick<TestIssuer, 'privateKey'>,
  header: { readonly alg: string; readonly kid?: string },
  claims: object,
): string {
  const text = `${part(header)}.${part(claims)}`;
  const [family, bits] = [header.alg.slice(0, 2), header.alg.slice(2, 5)];
  const hash = family === 'Ed' ? null : `sha${bits}`;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const signature = sign(hash, Buffer.from(text), {
    key: issuer.privateKey,
    ...(family === 'PS' ? pss : {}),
    ...(family === 'ES' ? { dsaEncoding: 'ieee-p1363' } : {}),
  });
  return `${text}.${signature.toString('base64url')}`;
}

/** A token under a shared secret. */
export function macToken(secret: string, header: { readonly alg: string; readonly kid?: string }, claims: object): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac(`sha${header.alg.slice(2)}`, secret)
    .update(text)
    .digest('base64url')}`;
}

/** A token without a signature. */
export const plainToken = (header: object, claims: object): string => `${part(header)}.${part(claims)}.`;

const keySetText = (...jwks: readonly object[]): string => JSON.stringify({ keys: jwks });

/** Keys as a case holds them. */
export function issuerKeys(...jwks: readonly object[]): readonly IssuerKey[] {
  const keys = parseKeySet(keySetText(...jwks));
  if (typeof keys === 'string') throw new Error(keys);
  return keys.map((key) => ({ ...key, file: 'issuer.json' }));
}
