import { textHash } from '../../../lib/text-hash.ts';

/**
 * Evidence text inside generated policies. Only printable ASCII is written as it is: no line break, no quote, no bidi mark and no look-alike
 * letter of a name can end a string or a comment, or hide in one. A lone surrogate, which no encoding of Unicode has, becomes U+FFFD.
 */

const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');
const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);

/** A string literal of Cedar. Source: docs.cedarpolicy.com, "Grammar": escapes as in Rust, `\u{…}`. */
export const cedarString = (text: string): string =>
  `"${wellFormed(text).replace(/[^\x20-\x7E]|["\\]/gu, (character) => (character === '"' || character === '\\' ? `\\${character}` : `\\u{${hex(character)}}`))}"`;

/** A string literal of Rego or YAML: JSON, of printable ASCII only. Source: RFC 8259, section 7. */
export const jsonString = (text: string): string =>
  JSON.stringify(wellFormed(text)).replace(/[^\x20-\x7E]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Text for a line of comment, in any of the languages. */
export const commentText = (text: string): string => wellFormed(text).replace(/[^\x20-\x7E]/gu, (character) => `\\u{${hex(character)}}`);

/** Longest id that is written out; object and type together may have 256 characters. */
const MAX_ID = 200;

/**
 * An id of an OpenFGA object: letters, digits and `_ . - /` as they are, every other byte as `+` and two hex digits. Ids that would be longer
 * than OpenFGA takes are cut and end in a hash of the whole.
 * Example: `GET a/{id}` becomes `GET+20a/+7bid+7d`. Source: openfga/language, `Rules.id` and `Rules.object`.
 */
export function openfgaId(text: string): string {
  const written = [...new TextEncoder().encode(wellFormed(text))]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_./-]/.test(character) ? character : `+${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  if (written !== '' && written.length <= MAX_ID) return written;
  return `${written.slice(0, MAX_ID - 16)}@${textHash(text).toString(36)}`;
}
