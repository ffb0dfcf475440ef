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

/** Names as they can stand in a text: each from its first letter on, and the lengths of those that begin with a word, the longest first. */
interface NameIndex {
  /** The names that stand at a word of the text, the longest first. */
  readonly at: (text: string, at: number, word: string) => readonly string[];
}

const NONE: readonly string[] = [];

function indexNames(names: Iterable<string>): NameIndex {
  const known = new Set<string>();
  const lengths = new Map<string, number[]>();
  for (const name of names) {
    const trimmed = withoutMarks(name);
    const first = WORD.exec(trimmed)?.[0];
    WORD.lastIndex = 0;
    if (first === undefined || known.has(trimmed)) continue;
    known.add(trimmed);
    const held = lengths.get(first) ?? [];
    if (!held.includes(trimmed.length))
      lengths.set(
        first,
        [...held, trimmed.length].sort((a, b) => b - a),
      );
  }
  const endsThere = (text: string, end: number): boolean => !WORD_START.test(text.slice(end, end + 2));
  return {
    at: (text, at, word) =>
      lengths
        .get(word)
        ?.map((length) => text.slice(at, at + length))
        .filter((piece) => known.has(piece) && endsThere(text, at + piece.length)) ?? NONE,
  };
}

/**
 * The names that stand in a text as whole words, each as it would be found if it were looked for alone.
 * Cost: as of a replacing, once for all names.
 */
export function namesIn(names: readonly string[], text: string): ReadonlySet<string> {
  const index = indexNames(names);
  const found = new Set<string>();
  for (const match of text.matchAll(WORD)) for (const name of index.at(text, match.index, match[0])) found.add(name);
  return new Set(names.filter((name) => found.has(withoutMarks(name))));
}

/**
 * Prepares the replacing of many names at once.
 * Shape: `names` from a name to what stands for it; one that is not searchable must not be among them.
 * Cost:  one look-up a word of the text, and one for each length of the names that begin with that word.
 */
export function nameReplacer(names: ReadonlyMap<string, string>): ReplaceNames {
  const index = indexNames(names.keys());
  const pseudonyms = new Map([...names].reverse().map(([name, pseudonym]) => [withoutMarks(name), pseudonym])); // of two spellings the first
  return (text) => {
    let result = '';
    let done = 0;
    for (const match of text.matchAll(WORD)) {
      if (match.index < done) continue;
      const [name] = index.at(text, match.index, match[0]);
      if (name === undefined) continue;
      result += text.slice(done, match.index) + (pseudonyms.get(name) ?? '');
      done = match.index + name.length;
    }
    return result + text.slice(done);
  };
}
