import { beyondUnits, textCodes } from '../../../lib/text-codes.ts';
import type { SecretType } from './token.ts';
import { nameEnds } from './secret-names.ts';
import { isPrefixStart, secretAt } from './secret-patterns.ts';

/** What is worth a closer look in a text. Units: UTF-16 code units. */
export interface TextScan {
  /** Secrets that a known prefix gives away, in order, not overlapping. */
  readonly secrets: { readonly start: number; readonly end: number; readonly type: SecretType }[];
  /** Names that may be a secret's, each with the place where its value begins. */
  readonly names: { readonly start: number; readonly end: number; readonly value: number }[];
  /** Places where a token begins behind `Bearer ` and the like. */
  readonly tokens: number[];
  /** True when some run of digits has a length that card numbers have, plain or in groups. */
  mayHoldCard: boolean;
}

const [BACKSLASH, QUOTE, APOSTROPHE, SPACE, COLON, EQUALS, GREATER, PERCENT, PLUS, DASH, UNDERSCORE] = [
  92, 34, 39, 32, 58, 61, 62, 37, 43, 45, 95,
];

const [OTHER, LETTER, ESCAPE, BEYOND] = [0, 1, 2, 3];
/** What a byte is to the scan. */
const CLASS = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-') CLASS[letter.charCodeAt(0)] = LETTER;
CLASS[BACKSLASH] = ESCAPE;
CLASS.fill(BEYOND, 128);

/** Letters and digits in lower case from 1 on, what else a name may hold as 0, anything else as 255. */
const IN_NAME = new Uint8Array(256).fill(255);
let place = 1;
for (const letter of 'abcdefghijklmnopqrstuvwxyz0123456789') {
  IN_NAME[letter.charCodeAt(0)] = place;
  IN_NAME[letter.toUpperCase().charCodeAt(0)] = place;
  place += 1;
}
for (const mark of '_.-') IN_NAME[mark.charCodeAt(0)] = 0;
const NAME_LETTERS = 37;
/** Last three letters of names of secrets, by code; shorter names stand at the code of what they have. */
const NAME_END = new Uint8Array(NAME_LETTERS ** 3);
for (const end of nameEnds) {
  let code = 0;
  for (const letter of end) code = code * NAME_LETTERS + (IN_NAME[letter.charCodeAt(0)] ?? 0);
  NAME_END[code] = 1;
}
/** Longer names are data. Units: characters. */
const MAX_NAME = 60;

const SCHEMES = new Set(['bearer', 'basic', 'token', 'apikey', 'api-key', 'bot', 'dpop', 'negotiate', 'ntlm']);
const MAX_SCHEME = 9;
/** Lengths and first letters of schemes, by code: nearly every other word is ruled out by them. */
const SCHEME_START = new Uint8Array((MAX_SCHEME + 1) * 32);
for (const scheme of SCHEMES) SCHEME_START[scheme.length * 32 + (scheme.charCodeAt(0) & 31)] = 1;

/**
 * Goes through a text once and notes where secrets may stand: at prefixes, after names, after schemes.
 * Cost: one table look-up a letter. Regular expressions for the same took four times as long, and every line of every log
 * passes here.
 */
export function scanText(text: string): TextScan {
  const scan: TextScan = { secrets: [], names: [], tokens: [], mayHoldCard: false };
  const { codes, length } = textCodes(text);
  let runStart = -1;
  // Bytes so far that are no code unit of their own: place in the text = place in the bytes − beyond.
  let beyond = 0;
  for (let at = 0; at <= length; at += 1) {
    const code = codes[at] ?? 0;
    const kind = CLASS[code];
    if (kind === LETTER) {
      // A token may be glued to the word before it: `backup-ghp_…`, `session_eyJ…`.
      const isGlued = runStart >= 0;
      if (isGlued && !isJoint(codes[at - 1])) continue;
      if (!isGlued) runStart = at;
      const next = codes[at + 1] ?? 0;
      if (next >= 128 || isPrefixStart[code * 128 + next] !== 1) continue;
      const secret = secretAt(text, at - beyond, isGlued);
      if (secret === undefined) continue;
      scan.secrets.push(secret);
      at = secret.end + beyond - 1;
      continue;
    }
    if (runStart >= 0) {
      endOfRun(text, codes, runStart, at, beyond, scan);
      runStart = -1;
    }
    if (kind === OTHER) {
      // The two digits of `%3F` belong to the escape, not to the name behind it.
      if (code === PERCENT && isHex(codes[at + 1]) && isHex(codes[at + 2])) at += 2;
      continue;
    }
    if (kind === BEYOND) beyond += beyondUnits(code);
    else {
      // The letter after a backslash belongs to the escape (`\n`), in JSON inside JSON and in shell quotes alike.
      at += 1;
      beyond += beyondUnits(codes[at] ?? 0);
    }
  }
  return scan;
}

/** Looks at what follows a run of letters: a separator makes it a name, a space may make it a scheme. */
function endOfRun(text: string, codes: Uint8Array, start: number, end: number, beyond: number, scan: TextScan): void {
  const code = codes[end] ?? 0;
  const size = end - start;
  const first = codes[start] ?? 0;
  if ((code === SPACE || code === PERCENT || code === PLUS) && size <= MAX_SCHEME && SCHEME_START[size * 32 + (first & 31)] === 1) {
    const isScheme = SCHEMES.has(text.slice(start - beyond, end - beyond).toLowerCase());
    if (isScheme) scan.tokens.push(end - beyond + (code === PERCENT ? 3 : 1));
  }
  if (first >= 48 && first <= 57) {
    scan.mayHoldCard ||= isCardLike(codes, start, end);
    if (code === COLON && size >= 8 && size <= 10) noteBotToken(text, start - beyond, scan);
  }
  const value = valueAfter(codes, end);
  if (value < 0) return;
  const nameStart = endsInLetters(codes, start, end) ? startOfName(codes, end) : -1;
  if (nameStart >= 0) scan.names.push({ start: nameStart - beyond, end: end - beyond, value: value - beyond });
}

const BOT_TOKEN = /[0-9]{8,10}:[A-Za-z0-9_-]{33,}/y;

/** Telegram's token of a bot, `123456789:AAHd…`, where no `bot` stands before it. */
function noteBotToken(text: string, start: number, scan: TextScan): void {
  BOT_TOKEN.lastIndex = start;
  if (BOT_TOKEN.test(text)) scan.secrets.push({ start, end: BOT_TOKEN.lastIndex, type: 'api-key' });
}

/** `4539578763621486`, `4539-5787-6362-1486`, `3782-822463-10005`, and the first four digits of a group with spaces. */
function isCardLike(codes: Uint8Array, start: number, end: number): boolean {
  const size = end - start;
  if (!((size >= 14 && size <= 19) || (size === 4 && codes[end] === SPACE))) return false;
  for (let at = start; at < end; at += 1) {
    const code = codes[at] ?? 0;
    if ((code < 48 || code > 57) && code !== 45) return false;
  }
  return true;
}

/** True when a name's last two letters stand side by side, or one stands alone that is a name. */
const endsInLetters = (codes: Uint8Array, start: number, end: number): boolean => {
  const last = IN_NAME[codes[end - 1] ?? 0] ?? 0;
  return end - start === 1 ? NAME_END[last] === 1 : last !== 0 && IN_NAME[codes[end - 2] ?? 0] !== 0;
};

/** Where the name begins whose last letter stands before `end`; -1 when its last letters are those of no secret. */
function startOfName(codes: Uint8Array, end: number): number {
  let start = end;
  let ending = 0;
  let letters = 0;
  let scale = 1;
  for (; start > 0 && end - start < MAX_NAME; start -= 1) {
    const letter = IN_NAME[codes[start - 1] ?? 0] ?? 255;
    if (letter === 255 || codes[start - 3] === PERCENT) break;
    if (letter === 0 || letters === 3) continue;
    ending += letter * scale;
    scale *= NAME_LETTERS;
    letters += 1;
    if (letters === 3 && NAME_END[ending] !== 1) return -1;
  }
  return letters === 3 || NAME_END[ending] === 1 ? start : -1;
}

/** Where the value begins behind `":"`, `=`, ` : `, `=>`, `%3D` or `\":\"`, with as many backslashes as it is nested; -1 when no separator follows the name. */
function valueAfter(codes: Uint8Array, end: number): number {
  let at = behindBackslashes(codes, end);
  if (isQuote(codes[at])) at += 1;
  if (codes[at] === SPACE) at += 1;
  const separator = codes[at];
  // `%3D` is a separator in URL spelling.
  if (separator === PERCENT && codes[at + 1] === 51 && codes[at + 2] === 68) return at + 3;
  if (separator !== COLON && separator !== EQUALS) return -1;
  at += 1;
  if (codes[at] === GREATER) at += 1;
  if (codes[at] === SPACE) at += 1;
  at = behindBackslashes(codes, at);
  return isQuote(codes[at]) ? at + 1 : at;
}

/** A shell's `\"` in JSON is `\\\"`, and what tools relay is JSON inside of JSON: one backslash, three, seven. */
const MAX_BACKSLASHES = 7;

function behindBackslashes(codes: Uint8Array, from: number): number {
  let at = from;
  while (codes[at] === BACKSLASH && at - from < MAX_BACKSLASHES) at += 1;
  return at;
}

const isJoint = (code: number | undefined): boolean => code === DASH || code === UNDERSCORE;
const isHex = (code = 0): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
const isQuote = (code: number | undefined): boolean => code === QUOTE || code === APOSTROPHE;
