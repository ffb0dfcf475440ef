import type { RequestText } from '../probes/request-texts.ts';
import type { CallRow } from '../rows/page-calls.ts';

/** So many words in the same order are no chance: a sentence of a text, copied. */
const STRETCH = 12;
/** Words of a text that are looked at. */
const MAX_WORDS = 4_000;

/** A call that wrote a text down that its caller had read, so that whoever reads the place gets the text again: a note, a memory, a ticket. */
export interface Kept {
  readonly call: CallRow;
  /** Where in the request the text stands. */
  readonly at: string;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u, MAX_WORDS)
    .filter((word) => word !== '');

function* stretchesOf(text: string): Generator<string> {
  const words = wordsOf(text);
  for (let at = 0; at + STRETCH <= words.length; at += 1) yield words.slice(at, at + STRETCH).join(' ');
}

/**
 * Tells whether a text repeats a stretch of another, word for word, whatever stands between the words.
 * Source: shingles, Broder 1997, "On the resemblance and containment of documents"; one in common is enough, since a note is a part of a document.
 * Cost: one pass over either text.
 */
export function repeats(original: string): (text: string) => boolean {
  const stretches = new Set(stretchesOf(original));
  return (text) => {
    for (const stretch of stretchesOf(text)) if (stretches.has(stretch)) return true;
    return false;
  };
}

/** The texts of a request parted into those that repeat what was read, and those that the caller filled in. */
export function partRepeated(
  texts: readonly RequestText[],
  isRepeated: (text: string) => boolean,
): { readonly repeated: readonly RequestText[]; readonly own: readonly RequestText[] } {
  const repeated = texts.filter(({ text }) => isRepeated(text));
  return { repeated, own: texts.filter((text) => !repeated.includes(text)) };
}
