/** What was found in a text. Units: UTF-16 code units. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Printable ASCII as .NET (`\u0022`, `\u003D`), Go (`\u0026`) and Java write it in JSON, with the backslashes of its nesting. */
const IN_JSON = /\\{1,7}u00([2-7][0-9a-f])/gi;
/** The same in a URL. */
const IN_URL = /%([2-7][0-9a-f])/gi;

/** The same in a form, where a plus is a blank. */
const IN_FORM = /%([2-7][0-9a-f])|\+/gi;

/**
 * Finds in a text what it says without such escapes: `\u0022password\u0022:\u0022hunter2\u0022` names its value as well as quotes would.
 * Shape: places are those of the text as it is; a place that touches an escape holds the whole of it.
 * Cost:  a look for the first escape; with one, a copy of the text and a search for each place.
 */
export const throughEscapes = <T extends Place>(text: string, find: (text: string) => readonly T[]): readonly T[] =>
  text.includes('\\u00') ? through(text, IN_JSON, find) : find(text);

/** The same for a part of a URL and its `%3D`. */
export const throughUrlEscapes = <T extends Place>(text: string, find: (text: string) => readonly T[]): readonly T[] =>
  text.includes('%') ? through(text, IN_URL, find) : find(text);

/** The same for a part of a form, where a plus is a blank. */
export const throughFormEscapes = <T extends Place>(text: string, find: (text: string) => readonly T[]): readonly T[] =>
  through(text, IN_FORM, find);

/** Between two arguments of a list that stands in a text; a value may hold blanks, so that they are told apart. */
export const ARGUMENT_END = '\u2028';
/** The end of one quoted item and the beginning of the next, in JSON that stands in JSON as well. */
const BETWEEN_ITEMS =
  /\\{0,7}["']\s{0,40},(?:\s|\\{1,7}n){0,40}(?:\\{0,7}["'](?:args|argv|arguments|params|parameters)\\{0,7}["']\s{0,9}:\s{0,9}\[\s{0,40})?\\{0,7}["']/g;

/** The same for the items of lists in quotes (`["curl", "-u", "ann:…"]`), which become one line with `ARGUMENT_END` between them. */
export const throughArguments = <T extends Place>(text: string, find: (text: string) => readonly T[]): readonly T[] =>
  through(text, BETWEEN_ITEMS, find, () => ARGUMENT_END);

const letterOf = (code: string | undefined): string => (code === undefined ? ' ' : String.fromCharCode(parseInt(code, 16)));

function through<T extends Place>(text: string, escapes: RegExp, find: (text: string) => readonly T[], toLetter = letterOf): readonly T[] {
  /** Where the escaped letters stand in the plain text, and how many letters more the text has up to behind each. */
  const letters: number[] = [];
  const more: number[] = [];
  let plain = '';
  let from = 0;
  for (const { index, 0: escape, 1: code } of text.matchAll(escapes)) {
    plain += text.slice(from, index) + toLetter(code);
    from = index + escape.length;
    letters.push(plain.length - 1);
    more.push(from - plain.length);
  }
  if (letters.length === 0) return find(text);
  const inText = (at: number): number => {
    let [low, high] = [0, letters.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((letters[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return at + (more[low - 1] ?? 0);
  };
  return find(plain + text.slice(from)).map((found) => ({ ...found, start: inText(found.start), end: inText(found.end) }));
}
