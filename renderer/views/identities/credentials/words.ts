import { LIFETIME_BANDS, type CredentialRow, type Ladder, type LifeEvent, type Rung } from '#shared/contract/credentials.ts';
import type { TokenSignatureJson } from '#shared/contract/report-json.ts';
import { formatDuration } from '../../../widgets/format.ts';

/** What each question of the ladder asks. */
export const RUNG_WORDS: Readonly<Record<Rung, { readonly title: string; readonly meaning: string }>> = {
  present: { title: 'Present', meaning: 'The call came with a credential.' },
  fresh: { title: 'Fresh', meaning: 'A token within its own dates, by its own words. A token without an end is not fresh; a key has no dates.' },
  bound: { title: 'Sender-bound', meaning: 'Of use to its sender only: a client certificate, or a token with a proof of its key (DPoP, mTLS).' },
  audience: { title: 'Right audience', meaning: 'Made for the host that it was shown to, as far as accepted calls show which host takes which audience.' },
  delegated: { title: 'Rightly delegated', meaning: 'A person’s own token, a program’s own, or one that says who acts for whom (act).' },
}; // prettier-ignore

export const CALLERS_WORDS: Readonly<Record<Ladder['callers'], string>> = {
  people: 'people',
  machines: 'machines',
  unknown: 'principals of unknown kind',
};

export const SIGNATURE_STATE_WORDS: Readonly<Record<TokenSignatureJson['state'], string>> = {
  valid: 'valid',
  invalid: 'invalid',
  'no-key': 'not verifiable: no key',
  'not-checked': 'not checked',
};

const SIGNED_WORDS = {
  valid: { title: 'verified', word: 'signature:verified' },
  invalid: { title: 'failed', word: 'signature:failed' },
  'no-key': { title: 'no key', word: 'signature:no-key' },
  'not-checked': { title: 'not checked', word: 'signature:not-checked' },
  unsigned: { title: 'unsigned', word: 'signature:unsigned' },
} as const;

/** What is known of a token's signature, as the table says it and as the filter's word; `undefined` for what is no token. */
export function signedWords({ kind, signature, issues }: CredentialRow): (typeof SIGNED_WORDS)[keyof typeof SIGNED_WORDS] | undefined {
  if (kind !== 'jwt') return undefined;
  if (issues.includes('not signed')) return SIGNED_WORDS.unsigned;
  // Nothing is said of tokens while the case holds no key of an issuer.
  return SIGNED_WORDS[signature?.reason === 'no-keys' ? 'no-key' : (signature?.state ?? 'no-key')];
}

/** What to do where a signature could not be checked; absent where nothing can be done. */
export const SIGNATURE_ADVICE: Readonly<Partial<Record<TokenSignatureJson['reason'], string>>> = {
  'no-keys': 'Add the key set of the issuer, then read the source again: signatures are checked only while tokens are read.',
  'keys-later': 'Read the source again to have it checked.',
  'unknown-id': 'With the issuer’s whole key set, former keys included, it can be checked: add it, then read the source again.',
};

export const EVENT_WORDS: Readonly<Record<LifeEvent['kind'], string>> = {
  issued: 'Issued',
  'valid-from': 'Valid from',
  expires: 'Expires',
  exposed: 'Exposed',
  refused: 'Refused',
};

/** A span as every screen writes it. Units: s. */
export const spanText = (seconds: number): string => formatDuration(seconds * 1000);

/** A band of lifetimes by its place: `≤ 1 h`, at the end `longer` and `no end`. */
export function bandName(index: number): string {
  const end = LIFETIME_BANDS[index];
  if (end !== undefined) return `≤ ${spanText(end)}`;
  return index === LIFETIME_BANDS.length ? 'longer' : 'no end';
}

/** The word of the filter for a band: `lifetime:≤1h`. */
export const bandWord = (index: number): string => `lifetime:${bandName(index).replaceAll(' ', '')}`;

/** The band that a token's lifetime lies in, as a word of the filter; empty for what is no token. */
export function lifetimeWord({ kind, lifetimeSeconds }: CredentialRow): string {
  if (kind !== 'jwt') return '';
  const at = LIFETIME_BANDS.findIndex((end) => lifetimeSeconds !== undefined && lifetimeSeconds <= end);
  return bandWord(lifetimeSeconds === undefined ? LIFETIME_BANDS.length + 1 : at < 0 ? LIFETIME_BANDS.length : at);
}
