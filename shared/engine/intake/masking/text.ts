import { estimateBits } from './entropy.ts';
import { isFilePath } from './file-path.ts';
import { isCardNumber } from '../personal/card-number.ts';
import type { SecretType } from './token.ts';
import { isPlaceholder } from './placeholder.ts';
import { scanText, type TextScan } from './scan-text.ts';
import { PEM_PATTERN } from './secret-patterns.ts';
import { findCommandSecrets, findListedSecrets } from './command-secrets.ts';
import { findSpokenSecrets } from './spoken-secrets.ts';
import { findTextPairs } from './text-pairs.ts';
import { namedLists } from './named-lists.ts';
import { behindProperties, yamlValues } from './yaml-values.ts';
import { throughEscapes } from './through-escapes.ts';
import type { Secret, Vault } from './secret.ts';

/** A secret that stands in a text. Units: UTF-16 code units. */
export interface FoundSecret {
  readonly start: number;
  readonly end: number;
  readonly secret: Secret;
}

/** Names within the value of another one whose own values are looked at: `a=a=a=…` would have as many as long ones as it has letters. */
const MAX_INSIDE = 8;
/** Shorter codes for one use are numbers of things. Units: characters. */
const MIN_CODE = 6;
/** A value whose name is only `likely` secret must be at least this long and this hard to guess. */
const LIKELY_LENGTH = 16;
const LIKELY_BITS = 60;

const TOKEN = /[A-Za-z0-9._~+/-]{6,}={0,2}(?![\w=])/y;
const USER_INFO = /:\/\/[^\s/:@"'<>‹]{0,200}:([^\s/@"'<>‹]{1,200})@/g;
const VALUE = /[^\s"'‹›\\,;&<>(){}[\]|]+/y;
/** Several words inside of quotes, by the quote. */
const QUOTED: Readonly<Record<string, RegExp>> = {
  '"': /[A-Za-z0-9][^\s"\\‹›]{0,200}(?: [^\s"\\‹›]{1,200}){1,12}(?=\\{0,3}")/y,
  "'": /[A-Za-z0-9][^\s'\\‹›]{0,200}(?: [^\s'\\‹›]{1,200}){1,12}(?=\\{0,3}')/y,
};
const XML_NAMED = /<([A-Za-z][A-Za-z0-9_.:-]{1,59})>([^<>‹]{1,4096})<\//g;
const CARD = /(?<![\d.A-Za-z_-])(?:\d{14,16}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|3[47]\d{2}([ -])\d{6}\2\d{5})(?![\d.A-Za-z_-])/g;
/** Secrets that prove themselves by form: provider prefixes, JWTs, private keys, card numbers. In order, not overlapping. */
export const findSecretsByForm = (text: string, vault: Vault): readonly FoundSecret[] =>
  throughEscapes(text, (plain) => secretsByForm(plain, scanText(plain), vault));

function secretsByForm(text: string, scan: TextScan, vault: Vault): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const add = (start: number, end: number, type: SecretType): void => {
    found.push({ start, end, secret: vault.secret(text.slice(start, end), type) });
  };
  if (text.includes('PRIVATE KEY'))
    for (const match of text.matchAll(PEM_PATTERN)) add(match.index, match.index + match[0].length, 'private-key');
  for (const { start, end, type } of scan.secrets) add(start, end, type);
  if (scan.mayHoldCard) {
    for (const match of text.matchAll(CARD)) if (isCardNumber(match[0])) add(match.index, match.index + match[0].length, 'payment-card');
  }
  return withoutOverlap(found);
}

/** Secrets that the words around them give away: `password=…`, `Bearer …`, `https://user:…@`. */
function findSecretsByName(text: string, scan: TextScan, vault: Vault): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const add = (start: number, value: string, type: SecretType): void => {
    if (!isPlaceholder(value)) found.push({ start, end: start + value.length, secret: vault.secret(value, type) });
  };
  if (text.includes('@')) {
    for (const match of text.matchAll(USER_INFO))
      if (match[1] !== undefined) add(match.index + match[0].length - 1 - match[1].length, match[1], 'password');
  }
  for (const start of scan.tokens) {
    TOKEN.lastIndex = start;
    const value = TOKEN.exec(text)?.[0] ?? '';
    // `Basic authentication` and `bearer token` are prose.
    if (/[0-9=]/.test(value) || (/[a-z][A-Z]/.test(value) && value.length >= LIKELY_LENGTH)) add(start, value, 'session-token');
  }
  const [valueBelow, listBelow] = [yamlValues(text), namedLists(text)];
  let [reach, inside] = [-1, 0];
  for (const { start: nameStart, end, value: beside } of scan.names) {
    inside = nameStart < reach ? inside + 1 : 0;
    if (inside > MAX_INSIDE) continue;
    const name = text.slice(nameStart, end);
    const hint = vault.hint(name);
    if (hint === undefined) continue;
    const isYaml = text[end] === ':' || text[end + 1] === ':';
    const start = isYaml ? behindProperties(text, beside) : beside;
    const below = isYaml ? valueBelow(nameStart, start) : undefined;
    if (below !== undefined) {
      const type = typeOfBelow(name, below.value, vault);
      if (type !== undefined) add(below.start, below.value, type);
      continue;
    }
    for (const item of isYaml || text[start] === '[' ? listBelow(nameStart, start) : []) {
      const type = typeOfListed(name, item.value, vault);
      if (type !== undefined) add(item.start, item.value, type);
    }
    const value = valueBeside(text, start, hint.sure);
    if (value === undefined || isScheme(value)) continue;
    reach = Math.max(reach, start + value.length);
    const before = text[nameStart - 1];
    const type = before === '?' || before === '&' ? typeOfParameter(name, value, vault) : secretTypeOf(name, value, vault);
    if (type !== undefined) add(start, value, type);
  }
  if (text.includes(' '))
    for (const { start, value, isPassword } of [...findSpokenSecrets(text), ...findCommandSecrets(text, (name) => vault.hint(name))])
      add(start, value, isPassword ? 'password' : 'secret');
  for (const { start, end, isPassword } of findListedSecrets(text, (name) => vault.hint(name)))
    add(start, text.slice(start, end), isPassword ? 'password' : 'secret');
  for (const { name, start, value } of findTextPairs(text)) {
    const type = secretTypeOf(name, value, vault);
    if (type !== undefined) add(start, value, type);
  }
  if (text.includes('</')) {
    for (const match of text.matchAll(XML_NAMED)) {
      const [whole, name = '', value = ''] = match;
      const type = secretTypeOf(name, value, vault);
      if (type !== undefined) add(match.index + whole.length - 2 - value.length, value, type);
    }
  }
  return found;
}

/** The value that begins at a place: one word, or, where the name leaves no doubt, all of its quotes. */
function valueBeside(text: string, start: number, isSure: boolean): string | undefined {
  const quoted = QUOTED[text[start - 1] ?? ''];
  if (isSure && quoted !== undefined) {
    quoted.lastIndex = start;
    const value = quoted.exec(text)?.[0];
    if (value !== undefined && !isScheme(value.slice(0, value.indexOf(' ')))) return value;
  }
  VALUE.lastIndex = start;
  const value = VALUE.exec(text)?.[0];
  // A comment of YAML, below which nothing stands.
  return value === '#' ? undefined : value;
}

/** The type of a secret that stands below its name: a `code: |` or `policy: |` of several words is a document. */
const typeOfBelow = (name: string, value: string, vault: Vault): SecretType | undefined =>
  vault.hint(name)?.sure === true || !/\s/.test(value) ? secretTypeOf(name, value, vault) : undefined;

/** The type of a secret in a list of a text: ids of `credentials` and names (`x-api-key: [api_key]`) stand in such lists, too. */
function typeOfListed(name: string, value: string, vault: Vault): SecretType | undefined {
  const type = secretTypeOf(name, value, vault, true);
  return type === 'password' || (type !== undefined && isOneOfMany(type, value, true)) ? type : undefined;
}

const isScheme = (value: string): boolean => /^(?:bearer|basic|token|digest|negotiate|ntlm|apikey|dpop|bot)$/i.test(value);

/**
 * The type of secret that a value is for its name's sake; `undefined` when the name promises nothing or the value does not keep it.
 * `inList`: the value is one of a list that has the name.
 */
export function secretTypeOf(name: string, value: string, vault: Vault, inList = false): SecretType | undefined {
  const hint = vault.hint(name);
  if (hint === undefined || isPlaceholder(value)) return undefined;
  if (hint.type === 'payment-card') return isCardNumber(value) ? 'payment-card' : undefined;
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(value);
  if (hint.many) return isNumber || !isOneOfMany(hint.type, value, inList) ? undefined : hint.type;
  if (hint.sure) return isNumber && !hint.numeric && value.length < LIKELY_LENGTH ? undefined : hint.type;
  return value.length >= LIKELY_LENGTH && estimateBits(value) >= LIKELY_BITS && !isUuidLike(value) && !isFilePath(value)
    ? hint.type
    : undefined;
}

const isUuidLike = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text);

/** Any text is a password; a list of `tokens` holds the words of a text as often, one of `secrets` their names. */
function isOneOfMany(type: SecretType, value: string, inList: boolean): boolean {
  if (inList && type === 'password') return true;
  if (/\s/.test(value) || !/\d/.test(value)) return false;
  if (inList && type === 'one-time') return value.length >= MIN_CODE;
  return value.length >= LIKELY_LENGTH && estimateBits(value) >= LIKELY_BITS;
}

/** Parameters that are signatures whatever their length; elsewhere these names need a value that is hard to guess. */
const isSignature = (name: string): boolean => name.length <= 9 && /^sig(?:nature)?$/i.test(name);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** In a URL these say who asks, whatever form the value has; in a body `key` and `session` name things as often, by UUIDs too. */
const isCaller = (name: string): boolean => name.length <= 10 && /^(?:key|auth|credential|session|sess)$/i.test(name);

/** The same for a parameter of a URL. `isGrant`: a `state` stands beside it, as beside the `code` that an authorization server hands out. */
export function typeOfParameter(name: string, value: string, vault: Vault, isGrant = false): SecretType | undefined {
  const byName = secretTypeOf(name, value, vault);
  if (byName !== undefined) return byName;
  if (isSignature(name) && !isPlaceholder(value)) return 'signature';
  return (isCaller(name) || (isGrant && name === 'code')) && UUID.test(value) ? vault.hint(name)?.type : undefined;
}

/** True for the parameters of a URL that hold a `state`. */
export const hasState = (parameters: string): boolean => /(?:^|[?&#])state=/.test(parameters);

/** All secrets of a text that has no structure known to us, in order, not overlapping. */
export const findSecrets = (text: string, vault: Vault): readonly FoundSecret[] =>
  throughEscapes(text, (plain) => {
    const scan = scanText(plain);
    const byForm = secretsByForm(plain, scan, vault);
    const byName = findSecretsByName(plain, scan, vault);
    return byName.length === 0 ? byForm : withoutOverlap([...byForm, ...byName]);
  });

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
export function withoutOverlap(found: FoundSecret[]): readonly FoundSecret[] {
  if (found.length < 2) return found;
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let reach = -1;
  return found.filter((each) => {
    if (each.start < reach) return false;
    reach = each.end;
    return true;
  });
}
