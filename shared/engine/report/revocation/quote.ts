import { UNSEEN } from '../../../lib/visible-text.ts';

/**
 * Evidence inside of files that other programs read. Each language has its own way; what it cannot hold safely is refused, and the
 * draft says so in our own words. Nothing of the evidence ever stands in a comment.
 */

/** JSON text on lines of its own, with everything but printable ASCII as an escape, so that no editor or terminal acts on it. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replace(/[^\n\x20-\x7e]|[<>&]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

/**
 * A YAML double-quoted scalar of printable ASCII.
 * Source: YAML 1.2.2, section 5.7: `\"`, `\\`, `\xHH`, `\uHHHH`, `\UHHHHHHHH`. Halves of surrogate pairs are no characters: U+FFFD.
 */
export function yamlText(value: string): string {
  const parts = [...value].map((char) => {
    if (char === '"' || char === '\\') return `\\${char}`;
    if (/^[\x20-\x7e]$/.test(char)) return char;
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) return '\\uFFFD';
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${parts.join('')}"`;
}

/**
 * A Lua string: every byte but letters and digits is a decimal escape, so that no quote, bracket or line end is left.
 * Source: Lua 5.1 reference manual, section 2.1 (LuaJIT, which Kong runs, reads the same).
 */
export const luaText = (value: string): string =>
  `"${[...new TextEncoder().encode(value)]
    .map((byte) => (/[A-Za-z0-9]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`))
    .join('')}"`;

/** Words that a key of an NGINX `map` may not be. */
const NGINX_WORDS: ReadonlySet<string> = new Set(['default', 'hostnames', 'include', 'volatile']);

/**
 * A key of an NGINX `map`, in quotes; `undefined` for what would need escapes. A first `~` would be a regular expression, `$` a
 * variable, `\` an escape: none of them is among the characters that ids are made of.
 */
export const nginxKey = (value: string): string | undefined =>
  /^[A-Za-z0-9_][A-Za-z0-9_.:@|/+=-]{0,255}$/.test(value) && !NGINX_WORDS.has(value.toLowerCase()) ? `"${value}"` : undefined;

/** The end of an NGINX variable such as `$http_x_api_key`; `undefined` when the name cannot be one. */
export function nginxName(value: string): string | undefined {
  const name = value.toLowerCase().replaceAll('-', '_');
  return /^[a-z0-9_]{1,64}$/.test(name) ? name : undefined;
}

/** A name of a header as RFC 9110 allows it, lower case; `undefined` for any other text. */
export const headerName = (value: string): string | undefined =>
  /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/.test(value) ? value.toLowerCase() : undefined;

/** The host of an `https` address, for a `Host` header; `undefined` for any other text. */
export const hostOf = (address: string): string | undefined =>
  /^https:\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::\d{1,5})?)(?:\/|$)/.exec(address)?.[1]?.toLowerCase();

/** Evidence on a line of a text for people: nothing unseen, no line ends, not endless. */
export function plainText(value: string): string {
  const text = value.replace(UNSEEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
