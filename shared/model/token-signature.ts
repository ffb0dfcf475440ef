import { isJsonObject } from '../lib/json.ts';

/** What can be said of a token's signature. `no-key`: the case lacks the key; `not-checked`: nothing was tried. */
export const SIGNATURE_STATES = ['valid', 'invalid', 'no-key', 'not-checked'] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];

/**
 * Every outcome of a check, with its state and what it says about a token. `no-keys` and `keys-later` are never stored: they are
 * what the absence of a check means.
 */
const REASONS = {
  fits: { state: 'valid', says: 'The signature was checked on import and fits a key of the case.' },
  wrong: { state: 'invalid', says: 'The signature does not fit the key that the token names.' },
  unsigned: { state: 'invalid', says: 'The token is not signed: anyone can write one.' },
  'key-type': { state: 'invalid', says: 'The token names a key of another kind than its algorithm needs.' },
  confused: { state: 'invalid', says: 'The token is signed with the public key as if that were a shared secret: a forgery by whoever can read the key set.' },
  'unknown-id': { state: 'no-key', says: 'No key set of the case holds the key that the token names.' },
  'no-id': { state: 'no-key', says: 'The token names no key, and no key of the case fits it.' },
  'own-key': { state: 'no-key', says: 'The token brings its own key, which proves nothing about who issued it.' },
  'shared-secret': { state: 'no-key', says: 'The token is signed with a shared secret, which does not belong in a case.' },
  cut: { state: 'not-checked', says: 'The record holds the token without its whole signature; logs often cut it.' },
  algorithm: { state: 'not-checked', says: 'The token names an algorithm that is not known here.' },
  critical: { state: 'not-checked', says: 'The token demands an extension (crit) that is not known here.' },
  'no-keys': { state: 'not-checked', says: 'Decoded, not trusted: the case held no key of a token issuer when this token was read.' },
  'keys-later': { state: 'not-checked', says: 'Decoded, not trusted: the key sets came after the token, and tokens are not kept.' },
} as const satisfies Readonly<Record<string, { readonly state: SignatureState; readonly says: string }>>; // prettier-ignore
export type SignatureReason = keyof typeof REASONS;
export const SIGNATURE_REASONS = Object.keys(REASONS) as [SignatureReason, ...SignatureReason[]]; // the table is not empty

/** What a check of one token's signature came to. */
export interface TokenSignature {
  readonly reason: SignatureReason;
  /** The key set that decided: which the signature fits, or which holds the key that it does not fit. */
  readonly file?: string;
}

export const stateOf = ({ reason }: TokenSignature): SignatureState => REASONS[reason].state;

/** The outcome in one sentence. */
export const signatureSentence = ({ reason }: TokenSignature): string => REASONS[reason].says;

/** Outcomes that a key of the case decided. */
export const DECIDED: readonly SignatureReason[] = ['fits', 'wrong', 'unsigned', 'key-type', 'confused'];

const isReason = (value: unknown): value is SignatureReason => typeof value === 'string' && Object.hasOwn(REASONS, value);

/** Reads what a case keeps of a check; `undefined` for none, or for one of a later version. */
export function parseTokenSignature(text: string | null): TokenSignature | undefined {
  const value: unknown = text === null ? undefined : JSON.parse(text);
  if (!isJsonObject(value) || !isReason(value['reason'])) return undefined;
  const { reason, file } = value;
  return { reason, ...(typeof file === 'string' ? { file } : {}) };
}
