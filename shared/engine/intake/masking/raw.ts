import { maskText } from './text.ts';
import type { Secret, Vault } from './secret.ts';

/** Shorter secrets are replaced only where they stand alone: anywhere else ids and dates would share their letters. Units: characters. */
const MIN_REPLACED = 8;
/** A shorter number alone (a PIN, a status, a size) is left to the names around it. Units: characters. */
const SHORTEST_NUMBER = 6;

/**
 * Masks a record's own text: first every secret that its fields held, in the spellings that logs write them in, then
 * whatever the text shows by form or by name.
 */
export function maskRaw(raw: string, secrets: ReadonlyMap<string, Secret>, vault: Vault): string {
  let masked = raw;
  const isEscaped = ESCAPED.test(raw);
  // A secret may begin with another: the longest goes first, so that no rest of it stands in clear.
  for (const { text, token } of [...secrets.values()].sort((a, b) => b.text.length - a.text.length)) {
    if (isEscaped && text.length <= LONGEST_PATTERN)
      masked = masked.replaceAll(vault.anySpelling(text), (found: string, at: number, whole: string) =>
        text.length >= MIN_REPLACED || (!isShortNumber(text) && standsAlone(whole, at, at + found.length)) ? token : found,
      );
    for (const spelling of spellingsOf(text)) {
      if (!masked.includes(spelling)) continue;
      masked = text.length < MIN_REPLACED ? replaceAlone(masked, spelling, token) : masked.replaceAll(spelling, () => token);
    }
  }
  return maskText(masked, vault);
}

/** Escapes that a writer may use for any letter: `\u003c` (Go), `\u00e4` (Python), `\/` (PHP), `%26`. */
const ESCAPED = /\\u[0-9a-fA-F]{4}|\\\/|%[0-9a-fA-F]{2}/;
/** Longer secrets are tokens in letters that nobody escapes. Units: characters. */
const LONGEST_PATTERN = 256;

const PLAIN = /^[\w.~:-]+$/;

/** A secret in the spellings that logs write it in. */
export function spellingsOf(text: string): readonly string[] {
  if (PLAIN.test(text)) return [text];
  const json = JSON.stringify(text).slice(1, -1);
  // Half of a surrogate pair has no bytes in UTF-8: writers put U+FFFD in its place, and `encodeURIComponent` throws.
  const encoded = encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
  // RFC 3986 escapes these as well, which `encodeURIComponent` leaves as they are.
  const strict = encoded.replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  const inUrl = [encoded, strict].flatMap((spelled) => [spelled, spelled.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())]);
  // Go's writer of JSON.
  const forHtml = json.replaceAll(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
  return [
    ...new Set([text, json, json.replaceAll('/', '\\/'), forHtml, ...inUrl, ...inUrl.map((spelled) => spelled.replaceAll('%20', '+'))]),
  ];
}

/** What may stand on both sides of a short secret: quotes, what separates parameters, blanks, ends. */
const isEdge = (code: string | undefined): boolean => code === undefined || /["'=&;,#\s\\]/.test(code);

const isShortNumber = (text: string): boolean => text.length < SHORTEST_NUMBER && /^\d+$/.test(text);

/** True between edges; an escape such as `%22` is one. */
const standsAlone = (text: string, start: number, end: number): boolean =>
  (isEdge(text[start - 1]) || text[start - 3] === '%') && (isEdge(text[end]) || text[end] === '%');

/** Replaces a short secret where it is a whole word between quotes, blanks or separators. */
function replaceAlone(text: string, secret: string, token: string): string {
  if (secret === '' || isShortNumber(secret)) return text;
  let masked = '';
  let from = 0;
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + secret.length)) {
    const end = at + secret.length;
    if (!standsAlone(text, at, end)) continue;
    masked += text.slice(from, at) + token;
    from = end;
  }
  return from === 0 ? text : masked + text.slice(from);
}
