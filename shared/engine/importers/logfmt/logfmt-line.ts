/** A line of `key=value` pairs. */
export interface LogfmtLine {
  /** What stands before the first pair: a program's name and time. */
  readonly front: string;
  /** Values by lower-case name, quotes and escapes taken off; the first of a name counts. */
  readonly pairs: ReadonlyMap<string, string>;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const KEY = /^[A-Za-z_][\w.@/-]{0,63}$/;
/** More pairs than any writer of requests has; a line of that many is no log of them. */
const MOST_PAIRS = 200;
/** A program's name and time: characters. */
const LONGEST_FRONT = 120;

/**
 * Cuts `front key=value key="quoted \"value\"" key`; `undefined` when the line is not made of pairs.
 * Source: the writers themselves (Heroku's router, Go's logrus and kr/logfmt): a value with a blank, a quote or `=` stands in
 *         quotes, escaped as Go does it; a word without `=` is true.
 * Traps:  other writers quote nothing, so that a query with `=` stands bare.
 */
export function splitLogfmt(line: string): LogfmtLine | undefined {
  const start = findStart(line);
  if (start === -1) return undefined;
  const pairs = new Map<string, string>();
  for (let at = start; at < line.length; at += 1) {
    if (line.charCodeAt(at) <= 0x20) continue;
    const end = endOfWord(line, at);
    const mark = line.indexOf('=', at);
    const isPair = mark !== -1 && mark < end;
    const key = line.slice(at, isPair ? mark : end);
    if (!KEY.test(key) || pairs.size >= MOST_PAIRS) return undefined;
    const quoteEnd = isPair && line.charCodeAt(mark + 1) === QUOTE ? findQuoteEnd(line, mark + 2) : -1;
    // A pair ends at a blank; going on inside of words would look at a hostile line again for each of its quotes.
    if (quoteEnd !== -1 && quoteEnd + 1 < line.length && line.charCodeAt(quoteEnd + 1) !== 0x20) return undefined;
    const value = quoteEnd !== -1 ? undoEscapes(line.slice(mark + 2, quoteEnd)) : isPair ? line.slice(mark + 1, end) : 'true';
    const name = key.toLowerCase();
    if (!pairs.has(name)) pairs.set(name, value);
    at = quoteEnd === -1 ? end : quoteEnd;
  }
  return { front: line.slice(0, start).trim(), pairs };
}

/** Where the first pair begins. */
function findStart(line: string): number {
  const mark = line.indexOf('=');
  if (mark < 1 || mark > LONGEST_FRONT) return -1;
  return line.lastIndexOf(' ', mark) + 1;
}

function endOfWord(line: string, from: number): number {
  const end = line.indexOf(' ', from);
  return end === -1 ? line.length : end;
}

function findQuoteEnd(line: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const undoEscapes = (text: string): string =>
  text.includes('\\') ? text.replaceAll(/\\([^ux])/g, (_, letter: string) => ESCAPES[letter] ?? letter) : text;
