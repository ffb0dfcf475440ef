import { groupBy } from '../../../lib/group-by.ts';
import type { SignatureReason } from '../../../model/token-signature.ts';
import type { SeenToken } from './claims.ts';

/** So many tokens of an issuer that fail, and none that fits, say more about the key set than about the tokens. */
export const WRONG_SET = 3;

/** What is wrong with a token's signature, said of the token. */
const BAD: ReadonlyMap<SignatureReason, string> = new Map([
  ['wrong', 'though its signature does not fit the key that it names'],
  ['key-type', 'though it names a key that its algorithm cannot use'],
  ['confused', 'though it is signed with the issuer’s public key as if that were a secret'],
  ['unsigned', 'though it is not signed and its issuer signs'],
]);

/** A token whose signature does not verify. */
export interface BadSignature {
  readonly words: string;
  /** True where nothing but a forgery explains it; else the key set may be of another issuer. */
  readonly proven: boolean;
  /** Tokens of the same issuer that the case's keys fit. */
  readonly genuine: number;
}

/**
 * Tokens whose signature does not verify, by credential. That the case's keys are the issuer's is shown by a token of the same issuer
 * that they fit; a confused one (the public key taken for a secret) proves itself. A set that fits none of many tokens is taken for
 * another issuer's, and an issuer that never signs is left to `jwt-hygiene`.
 */
export function badSignatures(tokens: readonly SeenToken[]): ReadonlyMap<number, BadSignature> {
  const bad = new Map<number, BadSignature>();
  for (const group of groupBy(tokens, ({ issuer }) => issuer).values()) {
    const genuine = group.filter(({ signature }) => signature?.reason === 'fits').length;
    const failing = group.filter(({ signature }) => signature?.reason === 'wrong' || signature?.reason === 'key-type').length;
    for (const { credential, signature } of group) {
      const words = signature === undefined ? undefined : BAD.get(signature.reason);
      if (signature === undefined || words === undefined) continue;
      const proven = signature.reason === 'confused' || genuine > 0;
      if (!proven && (signature.reason === 'unsigned' || failing >= WRONG_SET)) continue;
      bad.set(credential, { words, proven, genuine });
    }
  }
  return bad;
}
