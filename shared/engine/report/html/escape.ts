/**
 * Characters that a reader cannot see or that change how the text around them reads: control, format (bidi overrides,
 * zero-width, soft hyphen, tags), line separators, lone surrogates, fillers, and variation selectors of the supplement.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]|[\u034f]|[\u17b4]|[\u17b5]|[\u{e0100}-\u{e01ef}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };
const entities = (value: string): string => value.replace(/[&<>"'`]/g, (char) => ENTITIES[char] ?? char);

const codePoint = (char: string): string => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Evidence or own text as HTML text; hidden characters become their visible code point. The only way text gets into a page. */
export function escapeText(value: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const match of value.matchAll(HIDDEN)) {
    parts.push(entities(value.slice(at, match.index)), `<span class="hidden-char">${codePoint(match[0])}</span>`);
    at = match.index + match[0].length;
  }
  parts.push(entities(value.slice(at)));
  return parts.join('');
}

/** Text where no markup can stand (an attribute value in double quotes, an SVG text, a title); hidden characters as `[U+202E]`. */
export const escapeAttribute = (value: string): string => entities(value.replace(HIDDEN, (char) => `[${codePoint(char)}]`));

/** Text as a CSS string with its quotes: everything but letters, digits and spaces is a numeric escape. */
export const cssString = (value: string): string =>
  `"${value.replace(HIDDEN, (char) => `[${codePoint(char)}]`).replace(/[^A-Za-z0-9 ]/gu, (char) => `\\${(char.codePointAt(0) ?? 0).toString(16)} `)}"`;
