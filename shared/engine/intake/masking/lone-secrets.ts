import { fingerprintNumber } from '../value-forms.ts';
import { estimateBits } from './entropy.ts';
import { isFilePath } from './file-path.ts';
import type { LoneSecret } from './lone-secret.ts';
import type { Secret } from './secret.ts';
import { secretHint } from './secret-names.ts';
import type { SecretType } from './token.ts';

/** A shorter text shares its letters with words and numbers that are none. Units: characters. */
const MIN_LENGTH = 10;
/** Longer texts are documents and tokens with a form of their own. Units: characters. */
const MAX_LENGTH = 1024;
/** One that is easier to guess may be a word of the evidence. Units: bits. */
const MIN_BITS = 40;

/** Codes for one use and signatures go from call to call on purpose, cookies of other names are ids as often, cards are known by their form. */
const TYPES = new Set<SecretType>(['password', 'api-key', 'session-token', 'secret']);

/** Forms that name things, people and times: they stand in a field of that name by mistake or as an answer's remark, and evidence is told by them. */
const NAMES_SOMETHING: readonly RegExp[] = [
  /\s/, // a sentence: "must have 10 characters"
  /@[\w-]+\.[a-z]/i, // an e-mail address
  /^[a-z][a-z0-9+.-]*:/i, // a URL, a URN, an ARN, `sha256:…`
  /^\.{0,2}\/|^[A-Z]:\\/i, // a path
  /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?::\d+)?$/i, // a host or a file
  /^[\d.,:/TZ+-]+$/, // a number, a date, an address of a network
  /^[A-Z]+(?:[_-][A-Z]+)*[_-]?\d{0,3}$/, // a constant: `INVALID_PASSWORD_2`
  /^[a-z]+(?:[-_.][a-z]+)*[-_.]?\d{0,3}$/i, // words in a row: `customer-orders-2`
];

/**
 * True for a text that is the same secret wherever it stands: long, hard to guess, with a digit or a mark that words have not, and in no form
 * that names things. So `Sommer-2026!x` is looked for; `hunter2`, `customer-orders-2`, `ann@shop.example` and `prod/db/credentials` are not, since
 * a path or a person would be masked because somebody chose their name as a password.
 */
export const isRare = (text: string): boolean =>
  text.length >= MIN_LENGTH &&
  text.length <= MAX_LENGTH &&
  /[^\p{L}\s.,;:'"()/_-]/u.test(text) &&
  !NAMES_SOMETHING.some((form) => form.test(text)) &&
  !isFilePath(text) &&
  estimateBits(text) >= MIN_BITS;

/** True for a secret of a type that is the same wherever it stands. */
export const isSpread = ({ type }: Secret): boolean => TYPES.has(type);

/** The last name of a place: `$.auth.password`, `cookie sid`, `api_key`. */
const LAST_NAME = /([A-Za-z][\w-]*)(?:\[[^\]]*\])*$/;

/** What the place where a secret stood says of it. `unknown`: another name gave it away, in a text, a path or an address. */
export type PlaceSays = 'sure' | 'likely' | 'unknown';

/** What a place says of the secrets in it: `session`, `key` and `code` name things as often. */
export function placeSays(field: string): PlaceSays {
  if (/^(?:set-)?cookie /.test(field)) return 'sure';
  const name = LAST_NAME.exec(field)?.[1];
  const hint = name === undefined ? undefined : secretHint(name);
  return hint === undefined ? 'unknown' : hint.sure ? 'sure' : 'likely';
}

/** Types that no name gives away which things bear as well: whatever the place, such a secret is one. */
const ALWAYS_SURE = new Set<SecretType>(['password', 'secret']);

/**
 * True for a secret that is one without doubt. What only a name may make one is masked where that name stands, and is an id or a build elsewhere;
 * where the name is not known it may have been such a one.
 */
export const isSure = ({ type }: Secret, says: PlaceSays): boolean => says === 'sure' || (says === 'unknown' && ALWAYS_SURE.has(type));

export const toLoneSecret = ({ text, type, token, credential }: Secret): LoneSecret => ({
  text,
  type,
  token,
  print: fingerprintNumber(credential.fingerprint),
});
