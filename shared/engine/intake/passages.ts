import { textHash } from '../../lib/text-hash.ts';

/** Words of a passage: eight in a row are hardly ever written twice by two people. */
const WORDS = 8;
/** One passage of so many is kept; which ones hangs on their words, so that a text and a quotation of it keep the same. */
const ONE_OF = 3;
/** Passages of one text. */
const MAX_PASSAGES = 128;
/** What of a text is looked at. Units: characters. */
const MAX_LENGTH = 8192;
const WORD = /[\p{L}\p{N}]+/gu;
/** Marks that part a URL, a path or a query; nobody writes two of them into one word. */
const URL_MARK = /[/?&=#]/g;

/** The text without addresses and paths: their parts are no words, and all URLs of one API begin with the same ones. */
const withoutUrls = (text: string): string =>
  text
    .split(/\s+/)
    .filter((token) => (token.match(URL_MARK) ?? []).length < 2)
    .join(' ');

/**
 * Passages by which a text is known again where it is quoted in part: eight words in a row, about one of three of them.
 * Source: shingles (Broder 1997) with the sampling of Manber's sif (1994).
 * Example: a letter of 60 words has some 18; a note that quotes 20 words of it shares about four of them.
 * Shape:  lower-case words with a blank between; nothing for fewer than eight words, addresses left out.
 */
export function passagesOf(text: string): readonly string[] {
  if (text.length < WORDS * 3) return [];
  const words = withoutUrls(text.slice(0, MAX_LENGTH)).toLowerCase().match(WORD) ?? [];
  const passages = new Set<string>();
  for (let at = 0; at + WORDS <= words.length && passages.size < MAX_PASSAGES; at += 1) {
    const passage = words.slice(at, at + WORDS).join(' ');
    if (textHash(passage) % ONE_OF === 0) passages.add(passage);
  }
  return [...passages];
}
