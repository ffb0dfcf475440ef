const WORD = /[\p{L}\p{N}_]+/gu;
const WORD_START = /^[\p{L}\p{N}_]/u;

/** A bare number this short is more often a count in a sentence than the name of somebody. Units: digits. */
const BARE_NUMBER = /^\d{1,4}$/;

/** True for a name that can be looked for in running text without taking other words for it. */
export const isSearchable = (name: string): boolean => name.length > 1 && !BARE_NUMBER.test(name) && /[\p{L}\p{N}_]/u.test(name);

/** A name such as `@ann` from its first letter on, as it is looked for. */
export const withoutMarks = (name: string): string => name.replace(/^[^\p{L}\p{N}_]+/u, '');

/** A function that replaces names where they stand as whole words; the longest of several wins. Names are compared as spelt. */
export type ReplaceNames = (text: string) => string;

/**
 * Prepares the replacing of many names at once.
 * Shape: `names` from a name to what stands for it; one that is not searchable must not be among them.
 * Cost:  one look-up a word of the text, and one for each length of the names that begin with that word.
 */
export function nameReplacer(names: ReadonlyMap<string, string>): ReplaceNames {
  const known = new Map<string, string>();
  const lengths = new Map<string, number[]>();
  for (const [name, pseudonym] of names) {
    const trimmed = withoutMarks(name);
    const first = WORD.exec(trimmed)?.[0];
    WORD.lastIndex = 0;
    if (first === undefined || known.has(trimmed)) continue;
    known.set(trimmed, pseudonym);
    const held = lengths.get(first) ?? [];
    if (!held.includes(trimmed.length))
      lengths.set(
        first,
        [...held, trimmed.length].sort((a, b) => b - a),
      );
  }
  const nameAt = (text: string, at: number, word: string): string | undefined =>
    lengths
      .get(word)
      ?.map((length) => text.slice(at, at + length))
      .find((piece) => known.has(piece) && !WORD_START.test(text.slice(at + piece.length, at + piece.length + 2)));
  return (text) => {
    let result = '';
    let done = 0;
    for (const match of text.matchAll(WORD)) {
      if (match.index < done) continue;
      const name = nameAt(text, match.index, match[0]);
      if (name === undefined) continue;
      result += text.slice(done, match.index) + (known.get(name) ?? '');
      done = match.index + name.length;
    }
    return result + text.slice(done);
  };
}
