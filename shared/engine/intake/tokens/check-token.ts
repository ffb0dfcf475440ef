import { bytesOfBase64 } from '../../../lib/base64.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { IssuerKey } from '../../../model/knowledge/issuer-key.ts';
import type { TokenSignature } from '../../../model/token-signature.ts';
import type { CryptoPort } from '../../ports.ts';

/** Keys that are tried for one token: sets of several issuers may use one key id, and some tokens name none. */
export const MAX_TRIED = 16;

/** The kind of key that an algorithm needs. */
interface Algorithm {
  readonly kty: IssuerKey['kty'];
  readonly curves?: readonly string[];
}
const RSA: Algorithm = { kty: 'RSA' };

/** Source: RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 8812 section 3.2, RFC 9864 section 2.2. */
const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((name) => [name, RSA] as const),
  ['ES256', { kty: 'EC', curves: ['P-256'] }],
  ['ES384', { kty: 'EC', curves: ['P-384'] }],
  ['ES512', { kty: 'EC', curves: ['P-521'] }],
  ['ES256K', { kty: 'EC', curves: ['secp256k1'] }],
  ['EdDSA', { kty: 'OKP', curves: ['Ed25519', 'Ed448'] }],
  ['Ed25519', { kty: 'OKP', curves: ['Ed25519'] }],
  ['Ed448', { kty: 'OKP', curves: ['Ed448'] }],
]);
const SHARED_SECRET = /^HS(?:256|384|512)$/;

/** Length of a signature under the curves. Units: bytes. Source: RFC 7518 section 3.4, RFC 8032 sections 5.1.6 and 5.2.6. */
const CURVE_SIGNATURE: Readonly<Record<string, number>> = {
  'P-256': 64,
  'P-384': 96,
  'P-521': 132,
  secp256k1: 64,
  Ed25519: 64,
  Ed448: 114,
};

/** Length of the signatures that a key makes: of an RSA key the length of its modulus. Units: bytes. */
function signatureLength({ kty, members }: IssuerKey): number {
  if (kty !== 'RSA') return CURVE_SIGNATURE[members['crv'] ?? ''] ?? 0;
  const modulus = bytesOfBase64(members['n'] ?? '') ?? new Uint8Array();
  const start = modulus.findIndex((byte) => byte !== 0);
  return start < 0 ? 0 : modulus.length - start;
}

const isMadeFor = (key: IssuerKey, { kty, curves }: Algorithm): boolean =>
  key.kty === kty && (curves === undefined || curves.includes(key.members['crv'] ?? ''));

/** What of a token is signed, and the signature. Source: RFC 7515 section 5.2. */
interface SignedParts {
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

function splitToken(token: string): SignedParts | undefined {
  const dot = token.lastIndexOf('.');
  if (token.indexOf('.') === dot) return undefined;
  const signature = bytesOfBase64(token.slice(dot + 1));
  return signature === undefined ? undefined : { data: new TextEncoder().encode(token.slice(0, dot)), signature };
}

/** Checks the signature of a token (`header.claims.signature`) whose header was read. */
export type TokenCheck = (token: string, header: JsonObject) => TokenSignature;

/**
 * A check against the issuers' keys of a case; `undefined` when it holds none. The algorithm that a token names only chooses among
 * keys made for it: a public key never serves as a shared secret (RFC 8725 sections 3.1 and 3.2), save to prove that somebody tried.
 */
export function createTokenCheck(crypto: Pick<CryptoPort, 'verifyToken'>, keys: readonly IssuerKey[]): TokenCheck | undefined {
  if (keys.length === 0) return undefined;
  return (token, header) => {
    const { alg, kid } = header;
    if (typeof alg !== 'string' || /^(?:none)?$/i.test(alg)) return { reason: 'unsigned' };
    if (header['crit'] !== undefined) return { reason: 'critical' };
    const parts = splitToken(token);
    if (parts === undefined) return { reason: 'cut' };
    const named = typeof kid === 'string' ? keys.filter((key) => key.kid === kid) : undefined;
    if (SHARED_SECRET.test(alg)) return judgeSharedSecret(crypto, alg, parts, keys, named);
    const algorithm = ALGORITHMS.get(alg);
    if (algorithm === undefined) return { reason: 'algorithm' };
    if (named === undefined && header['jwk'] !== undefined) return { reason: 'own-key' };
    if (named?.length === 0) return { reason: 'unknown-id' };
    return judgeByKeys(crypto, alg, parts, (named ?? keys).filter((key) => isMadeFor(key, algorithm)), named);
  };
} // prettier-ignore

function judgeByKeys(
  crypto: Pick<CryptoPort, 'verifyToken'>,
  alg: string,
  { data, signature }: SignedParts,
  candidates: readonly IssuerKey[],
  named: readonly IssuerKey[] | undefined,
): TokenSignature {
  const fits = candidates.slice(0, MAX_TRIED).find((key) => crypto.verifyToken(key.members, alg, data, signature));
  if (fits !== undefined) return { reason: 'fits', file: fits.file };
  if (named === undefined) return { reason: 'no-id' };
  const [first] = candidates;
  if (first === undefined) return withFile('key-type', named[0]);
  return candidates.every((key) => signature.length < signatureLength(key)) ? { reason: 'cut' } : withFile('wrong', first);
}

/** A case holds no shared secrets. What can be shown is the attack: a public key that was taken for one (CVE-2015-9256 and its kin). */
function judgeSharedSecret(
  crypto: Pick<CryptoPort, 'verifyToken'>,
  alg: string,
  { data, signature }: SignedParts,
  keys: readonly IssuerKey[],
  named: readonly IssuerKey[] | undefined,
): TokenSignature {
  const candidates = named === undefined || named.length === 0 ? keys : named;
  const used = candidates.slice(0, MAX_TRIED).find((key) => crypto.verifyToken(key.members, alg, data, signature));
  if (used !== undefined) return { reason: 'confused', file: used.file };
  return named === undefined || named.length === 0 ? { reason: 'shared-secret' } : withFile('key-type', named[0]);
}

const withFile = (reason: TokenSignature['reason'], key: IssuerKey | undefined): TokenSignature =>
  key === undefined ? { reason } : { reason, file: key.file };
