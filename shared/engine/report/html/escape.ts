import { hostNotes } from '../../../lib/host-note.ts';
import { UNSEEN } from '../../../lib/visible-text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };
const entities = (value: string): string => value.replace(/[&<>"'`]/g, (char) => ENTITIES[char] ?? char);

const codePoint = (char: string): string => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function escapeUnseen(value: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const match of value.matchAll(UNSEEN)) {
    parts.push(entities(value.slice(at, match.index)), `<span class="hidden-char">${codePoint(match[0])}</span>`);
    at = match.index + match[0].length;
  }
  parts.push(entities(value.slice(at)));
  return parts.join('');
}

/**
 * Evidence or own text as HTML text; hidden characters become their visible code point, and a host name that could pass for another has what it is on the
 * wire beside it. The only way text gets into a page.
 */
export function escapeText(value: string): string {
  let at = 0;
  let html = '';
  for (const note of hostNotes(value, false)) {
    html += `${escapeUnseen(value.slice(at, note.at))}<span class="hidden-char"> [${escapeUnseen(note.text)}]</span>`;
    at = note.at;
  }
  return html + escapeUnseen(value.slice(at));
}

/** Text where no markup can stand (an attribute value in double quotes, an SVG text, a title); hidden characters as `[U+202E]`. */
export const escapeAttribute = (value: string): string => entities(value.replace(UNSEEN, (char) => `[${codePoint(char)}]`));

/** Text as a CSS string with its quotes: everything but letters, digits and spaces is a numeric escape. */
export const cssString = (value: string): string =>
  `"${value.replace(UNSEEN, (char) => `[${codePoint(char)}]`).replace(/[^A-Za-z0-9 ]/gu, (char) => `\\${(char.codePointAt(0) ?? 0).toString(16)} `)}"`;
