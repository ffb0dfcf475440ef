import type { SecretType } from './mask-token.ts';
import { nameEnds } from './secret-names.ts';
import { isPrefixStart, secretAt } from './secret-patterns.ts';

/** What is worth a closer look in a text. Units: UTF-16 code units. */
export interface TextScan {
  /** Secrets that a known prefix gives away, in order, not overlapping. */
  readonly secrets: { readonly start: number; readonly end: number; readonly type: SecretType }[];
  /** Ends of names that may be a secret's, each with the place where its value begins. */
  readonly names: { readonly end: number; readonly value: number }[];
  /** Places where a token begins behind `Bearer ` and the like. */
  readonly tokens: number[];
  /** True when some run of digits has a length that card numbers have, plain or in groups. */
  mayHoldCard: boolean;
}

const LETTER = new Uint8Array(128);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-') LETTER[letter.charCodeAt(0)] = 1;
/** Last two letters of names of secrets, lower case, by code. */
const NAME_END = new Uint8Array(128 * 128);
for (const end of nameEnds) NAME_END[end.charCodeAt(0) * 128 + end.charCodeAt(end.length - 1)] = 1;
/** Letters in lower case, by code. */
const LOWER = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

const SCHEMES = new Set(['bearer', 'basic', 'token', 'apikey', 'api-key', 'bot', 'dpop', 'negotiate', 'ntlm']);
const MAX_SCHEME = 9;

const [BACKSLASH, QUOTE, APOSTROPHE, SPACE, COLON, EQUALS, GREATER, PERCENT, PLUS] = [92, 34, 39, 32, 58, 61, 62, 37, 43];

/**
 * Goes through a text once and notes where secrets may stand: at prefixes, after names, after schemes.
 * Cost: one or two table look-ups a letter. Regular expressions for the same took four times as long, and every line of
 * every log passes here.
 */
export function scanText(text: string): TextScan {
  const scan: TextScan = { secrets: [], names: [], tokens: [], mayHoldCard: false };
  let runStart = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? SPACE : text.charCodeAt(at);
    if (code < 128 && LETTER[code] === 1) {
      if (runStart >= 0) continue;
      runStart = at;
      const next = text.charCodeAt(at + 1);
      if (!(next < 128) || isPrefixStart[code * 128 + next] !== 1) continue;
      const secret = secretAt(text, at);
      if (secret === undefined) continue;
      scan.secrets.push({ start: at, ...secret });
      at = secret.end - 1;
      continue;
    }
    if (runStart >= 0) {
      endOfRun(text, runStart, at, code, scan);
      runStart = -1;
    }
    // The letter after a backslash belongs to the escape (`\n`), in JSON inside JSON and in shell quotes alike.
    if (code === BACKSLASH) at += 1;
  }
  return scan;
}

/** `4539578763621486`, `4539-5787-6362-1486`, `3782-822463-10005`, and the first four digits of a group with spaces. */
const isCardLength = (length: number, next: number): boolean => (length >= 14 && length <= 19) || (length === 4 && next === SPACE);

/** Looks at what follows a run of letters: a separator makes it a name, a space may make it a scheme. */
function endOfRun(text: string, start: number, end: number, code: number, scan: TextScan): void {
  if (
    (code === SPACE || code === PERCENT || code === PLUS) &&
    end - start <= MAX_SCHEME &&
    end - start >= 3 &&
    SCHEMES.has(text.slice(start, end).toLowerCase())
  ) {
    scan.tokens.push(code === PERCENT ? end + 3 : end + 1);
  }
  const first = text.charCodeAt(start);
  if (first >= 48 && first <= 57) {
    scan.mayHoldCard ||= isCardLength(end - start, code);
    return;
  }
  const last = text.charCodeAt(end - 1);
  const before = end - start > 1 ? text.charCodeAt(end - 2) : last;
  if (NAME_END[(LOWER[before] ?? 0) * 128 + (LOWER[last] ?? 0)] !== 1) return;
  const value = valueAfter(text, end);
  if (value >= 0) scan.names.push({ end, value });
}

/** Where the value begins behind `":"`, `=`, ` : `, `=>`, `%3D` or `\":\"`; -1 when no separator follows the name. */
function valueAfter(text: string, end: number): number {
  let at = end;
  if (text.charCodeAt(at) === BACKSLASH) at += 1;
  if (isQuote(text.charCodeAt(at))) at += 1;
  if (text.charCodeAt(at) === SPACE) at += 1;
  const separator = text.charCodeAt(at);
  if (separator === PERCENT && text.startsWith('3D', at + 1)) return at + 3;
  if (separator !== COLON && separator !== EQUALS) return -1;
  at += 1;
  if (text.charCodeAt(at) === GREATER) at += 1;
  if (text.charCodeAt(at) === SPACE) at += 1;
  if (text.charCodeAt(at) === BACKSLASH) at += 1;
  return isQuote(text.charCodeAt(at)) ? at + 1 : at;
}

const isQuote = (code: number): boolean => code === QUOTE || code === APOSTROPHE;
