import { bytesOfBase64 } from '../../lib/base64.ts';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';

/** A public key of a JWK set. */
export interface PublicKey {
  readonly kty: 'RSA' | 'EC' | 'OKP';
  readonly kid?: string;
  readonly alg?: string;
  /** Not valid before, not valid after. Units: seconds since 1970; milliseconds are understood too. */
  readonly nbf?: number;
  readonly exp?: number;
  /** The members that make the key, as RFC 7518 and RFC 8037 name them. */
  readonly members: Readonly<Record<string, string>>;
}

/** Members that each kind of key must have. Source: RFC 7518 section 6, RFC 8037 section 2. */
const NEEDED: Readonly<Record<PublicKey['kty'], readonly string[]>> = { RSA: ['e', 'n'], EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'] };
/** Members that only a private key has. Source: RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const MAX_KEYS = 1000;

const isKty = (value: unknown): value is PublicKey['kty'] => typeof value === 'string' && Object.hasOwn(NEEDED, value);

/**
 * Reads a JWK set, of a token issuer or of agents that sign their requests.
 * Shape:  the keys, or one sentence about what is wrong with the set. Private and shared keys are refused: they would make the
 *         case a secret.
 * Source: RFC 7517 section 5; draft-meunier-http-message-signatures-directory section 4 for directories, which hold Ed25519 keys.
 */
export function parseKeySet(text: string): readonly PublicKey[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return `the key set is not valid JSON: ${error.message}`;
    throw error;
  }
  const list: unknown = isJsonObject(value) ? value['keys'] : undefined;
  if (!Array.isArray(list)) return 'the key set has no member keys with a list (RFC 7517, section 5)';
  if (list.length === 0) return 'the key set holds no key';
  if (list.length > MAX_KEYS) return `the key set holds ${String(list.length)} keys, more than ${String(MAX_KEYS)}`;
  const keys: PublicKey[] = [];
  for (const [index, item] of list.entries()) {
    const key = isJsonObject(item) ? toKey(item, index + 1) : `key ${String(index + 1)} is no object`;
    if (typeof key === 'string') return key;
    keys.push(key);
  }
  return keys;
}

function toKey(jwk: JsonObject, number: number): PublicKey | string {
  const name = `key ${String(number)}`;
  const { kty } = jwk;
  if (kty === 'oct' || PRIVATE.some((member) => Object.hasOwn(jwk, member)))
    return `${name} is a private or shared key; only public keys belong in a case`;
  if (!isKty(kty)) return `${name} has kty ${typeof kty === 'string' ? kty : 'missing'}; RSA, EC and OKP are known`;
  const members: Record<string, string> = { kty };
  for (const member of NEEDED[kty]) {
    const value = jwk[member];
    if (typeof value !== 'string' || value === '') return `${name} lacks ${member}, which a key of kty ${kty} must have`;
    if (member !== 'crv' && bytesOfBase64(value) === undefined) return `${name}: ${member} is not base64url`;
    members[member] = value;
  }
  const text = (member: 'kid' | 'alg'): Partial<Record<'kid' | 'alg', string>> =>
    typeof jwk[member] === 'string' ? { [member]: jwk[member] } : {};
  const seconds = (member: 'nbf' | 'exp'): Partial<Record<'nbf' | 'exp', number>> => {
    const value = jwk[member];
    return typeof value === 'number' && Number.isFinite(value) ? { [member]: value > 1e11 ? value / 1000 : value } : {};
  };
  return { kty, members, ...text('kid'), ...text('alg'), ...seconds('nbf'), ...seconds('exp') };
}

/**
 * The text whose SHA-256 is the thumbprint of a key: its needed members, sorted, as JSON without spaces.
 * Source: RFC 7638 section 3; RFC 8037 appendix A.3 has an example.
 */
export const thumbprintText = ({ members }: PublicKey): string =>
  JSON.stringify(Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1))));
