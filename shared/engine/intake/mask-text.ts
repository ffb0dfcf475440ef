import { estimateBits } from './entropy.ts';
import { isCardNumber } from './card-number.ts';
import type { SecretType } from './mask-token.ts';
import { isPlaceholder } from './placeholder.ts';
import { findPrefixedSecret, PEM_PATTERN, TOKEN_RUN } from './secret-patterns.ts';
import type { Secret, Vault } from './vault.ts';

/** A secret that stands in a text. Units: UTF-16 code units. */
export interface FoundSecret {
  readonly start: number;
  readonly end: number;
  readonly secret: Secret;
}

/** A value whose name is only `likely` secret must be at least this long and this hard to guess. */
const LIKELY_LENGTH = 16;
const LIKELY_BITS = 60;

const AFTER_SCHEME = /\b(?:Bearer|Basic|Token|ApiKey|Api-Key|Bot|DPoP|Negotiate|NTLM)(?: |%20|\+)([A-Za-z0-9._~+/-]{6,}={0,2})/gi;
const USER_INFO = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>‹]{0,200}:([^\s/@"'<>‹]{1,200})@/gi;
const NAMED = /([A-Za-z][A-Za-z0-9_.-]{1,59})\\?["']?(?:\s?[:=]\s?|=>|%3D)\\?["']?([^\s"'‹›\\,;&<>(){}[\]|]+)/g;
const XML_NAMED = /<([A-Za-z][A-Za-z0-9_.:-]{1,59})>([^<>‹]{1,4096})<\//g;
const CARD = /(?<![\d.A-Za-z_-])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|3[47]\d{2}([ -])\d{6}\2\d{5})(?![\d.A-Za-z_-])/g;
const CARD_HINT = /\d{4}[ -]?\d{4}[ -]?\d{2}|3[47]\d{2}[ -]\d{6}/;
const NAME_HINT = /passw|pwd|pass["':= ]|secret|token|bearer|key|auth|sess|sid\b|cookie|credential|jwt|otp|csrf|cvv|cvc|pin\b|card|code|sig|assertion/i;

/** Secrets that prove themselves by form: provider prefixes, JWTs, private keys, card numbers. In order, not overlapping. */
export function findSecretsByForm(text: string, vault: Vault): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const add = (start: number, end: number, type: SecretType): void => {
    found.push({ start, end, secret: vault.secret(text.slice(start, end), type) });
  };
  if (text.includes('PRIVATE KEY')) for (const match of text.matchAll(PEM_PATTERN)) add(match.index, match.index + match[0].length, 'private-key');
  TOKEN_RUN.lastIndex = 0;
  for (let run = TOKEN_RUN.exec(text); run !== null; run = TOKEN_RUN.exec(text)) {
    // The letter after a backslash belongs to the escape (`\n`), in JSON inside JSON and in shell quotes alike.
    const start = text.charCodeAt(run.index - 1) === 92 ? run.index + 1 : run.index;
    const secret = findPrefixedSecret(text, start);
    if (secret === undefined) continue;
    add(start, secret.end, secret.type);
    TOKEN_RUN.lastIndex = secret.end;
  }
  if (CARD_HINT.test(text)) {
    for (const match of text.matchAll(CARD)) if (isCardNumber(match[0])) add(match.index, match.index + match[0].length, 'payment-card');
  }
  return withoutOverlap(found);
}

/** Secrets that the words around them give away: `password=…`, `Bearer …`, `https://user:…@`. */
function findSecretsByName(text: string, vault: Vault): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const add = (start: number, value: string, type: SecretType): void => {
    if (!isPlaceholder(value)) found.push({ start, end: start + value.length, secret: vault.secret(value, type) });
  };
  if (text.includes('@')) {
    for (const match of text.matchAll(USER_INFO)) if (match[1] !== undefined) add(match.index + match[0].length - 1 - match[1].length, match[1], 'password');
  }
  if (!NAME_HINT.test(text)) return found;
  for (const match of text.matchAll(AFTER_SCHEME)) {
    const value = match[1] ?? '';
    // `Basic authentication` and `bearer token` are prose.
    if (/[0-9=]/.test(value) || (/[a-z][A-Z]/.test(value) && value.length >= LIKELY_LENGTH)) add(match.index + match[0].length - value.length, value, 'session-token');
  }
  for (const pattern of [NAMED, XML_NAMED]) {
    if (pattern === XML_NAMED && !text.includes('</')) continue;
    for (const match of text.matchAll(pattern)) {
      const [whole, name = '', value = ''] = match;
      const start = pattern === XML_NAMED ? match.index + whole.length - 2 - value.length : match.index + whole.length - value.length;
      const type = secretTypeOf(name, value, vault);
      if (type !== undefined && !isScheme(value)) add(start, value, type);
    }
  }
  return found;
}

const isScheme = (value: string): boolean => /^(?:bearer|basic|token|digest|negotiate|ntlm|apikey|dpop|bot)$/i.test(value);

/** The type of secret that a value is for its name's sake; `undefined` when the name promises nothing or the value does not keep it. */
export function secretTypeOf(name: string, value: string, vault: Vault): SecretType | undefined {
  const hint = vault.hint(name);
  if (hint === undefined || isPlaceholder(value)) return undefined;
  if (hint.type === 'payment-card') return isCardNumber(value) ? 'payment-card' : undefined;
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(value);
  if (hint.sure) return isNumber && !hint.numeric && value.length < LIKELY_LENGTH ? undefined : hint.type;
  return value.length >= LIKELY_LENGTH && estimateBits(value) >= LIKELY_BITS && !/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value) ? hint.type : undefined;
}

/** All secrets of a text that has no structure known to us, in order, not overlapping. */
export function findSecrets(text: string, vault: Vault): readonly FoundSecret[] {
  const byForm = findSecretsByForm(text, vault);
  const byName = findSecretsByName(text, vault);
  return byName.length === 0 ? byForm : withoutOverlap([...byForm, ...byName]);
}

/** Puts masks where the secrets stand; the rest of the text is kept letter by letter. */
export function replaceFound(text: string, found: readonly FoundSecret[]): string {
  if (found.length === 0) return text;
  let masked = '';
  let from = 0;
  for (const { start, end, secret } of found) {
    masked += text.slice(from, start) + secret.token;
    from = end;
  }
  return masked + text.slice(from);
}

/** A text with its secrets masked. */
export const maskText = (text: string, vault: Vault): string => replaceFound(text, findSecrets(text, vault));

/** In order of place; of two that overlap, the one that begins earlier and then the longer stays. */
function withoutOverlap(found: FoundSecret[]): readonly FoundSecret[] {
  if (found.length < 2) return found;
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let reach = -1;
  return found.filter((each) => {
    if (each.start < reach) return false;
    reach = each.end;
    return true;
  });
}
