/** Where a query cannot be understood, and what could stand there. Units: UTF-16 code units of the query text. */
export interface QueryProblem {
  readonly at: number;
  readonly length: number;
  readonly message: string;
  readonly expected: readonly string[];
}

/** Thrown inside the parser only; `parseQuery` turns it into a value. */
export class QuerySyntaxError extends Error {
  readonly problem: QueryProblem;
  constructor(at: number, length: number, message: string, expected: readonly string[] = []) {
    super(message);
    this.problem = { at, length, message, expected };
  }
}

/** A value as it stands in the text: its pieces between stars, and where it stood. */
export interface Scanned {
  readonly pieces: readonly string[];
  /** The text without quotes and escapes; stars are stars. */
  readonly plain: string;
  readonly quoted: boolean;
  /** What stands between the slashes when the value is a regular expression. */
  readonly regex?: string;
  readonly start: number;
  readonly end: number;
}

const blank = /\s/;
const escapable = /[\\*()"\s:<>=!/-]/;
// and, or, not are words of the language only when they stand alone.
const keywordHere = /(?:and|or|not)(?=[\s()"]|$)/iy;

/** True at a blank, a closing parenthesis or the end: where a value may stop. */
export const isBoundary = (text: string, at: number): boolean =>
  at >= text.length || text.charAt(at) === ')' || blank.test(text.charAt(at));

/** The place of the next character that is not blank. */
export function skipBlanks(text: string, at: number): number {
  let next = at;
  while (next < text.length && blank.test(text.charAt(next))) next += 1;
  return next;
}

/** `and`, `or` or `not` at this place, in lower case. */
export function keywordAt(text: string, at: number): 'and' | 'or' | 'not' | undefined {
  keywordHere.lastIndex = at;
  const word = keywordHere.exec(text)?.[0].toLowerCase();
  return word === 'and' || word === 'or' || word === 'not' ? word : undefined;
}

/** Reads the value that begins at `start`: quoted, or up to the next blank or the parenthesis that closes a group around it. */
export function scanValue(text: string, start: number): Scanned {
  if (text.charAt(start) === '"') return scanQuoted(text, start);
  const end = findRegexEnd(text, start);
  if (end === undefined) return scanBare(text, start);
  const plain = text.slice(start, end);
  return { pieces: [plain], plain, quoted: false, regex: plain.slice(1, -1), start, end };
}

// What no path or template of a URL holds as it stands: \ ^ [ ] | ?, a $ at the end, a count such as {2}, and .* or .+
const regexSign = /[\\^[\]|?]|\$$|\{\d|(?<!\*)\.[*+]/;

/**
 * Where a regular expression that begins at `start` ends; `undefined` when the value is a plain one.
 * Paths begin with a slash, too, and may end with one. So a value is a regular expression when it begins with `/`, ends with
 * a `/` that has no backslash before it and stands before a blank, the end or a parenthesis that closes a group around it,
 * holds no blank (`\s` and `\ ` stand for one), and between the slashes has something that no path has (see `regexSign`).
 * Example: `/inv\/\d+$/` and `/a|b/` are, `/v1/users/`, `/users/{id}/` and `/v1/*` are paths. In quotes it is always plain.
 */
export function findRegexEnd(text: string, start: number): number | undefined {
  if (text.charAt(start) !== '/') return undefined;
  let open = 0; // parentheses of the expression
  let classStart = -1; // where [ stands while inside it
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (blank.test(char)) return undefined;
    if (char === '/' && isRegexBoundary(text, at + 1, open === 0 && classStart < 0)) {
      return regexSign.test(text.slice(start + 1, at)) ? at + 1 : undefined;
    }
    if (char === '\\') at += 1;
    else if (classStart >= 0) {
      // ] right behind [ or [^ is one of the characters.
      if (char === ']' && at > classStart + (text.charAt(classStart + 1) === '^' ? 2 : 1)) classStart = -1;
    } else if (char === '[') classStart = at;
    else if (char === '(') open += 1;
    else if (char === ')') {
      if (open === 0) return undefined;
      open -= 1;
    }
  }
  return undefined;
}

const isRegexBoundary = (text: string, at: number, closes: boolean): boolean => isBoundary(text, at) && (closes || text.charAt(at) !== ')');

function scanQuoted(text: string, start: number): Scanned {
  let plain = '';
  let at = start + 1;
  for (; at < text.length && text.charAt(at) !== '"'; at += 1) {
    const next = text.charAt(at + 1);
    if (text.charAt(at) === '\\' && (next === '"' || next === '\\')) at += 1;
    plain += text.charAt(at);
  }
  if (at >= text.length) throw new QuerySyntaxError(start, text.length - start, 'the quote is not closed', ['"']);
  if (!isBoundary(text, at + 1)) throw new QuerySyntaxError(at + 1, 1, 'a blank is missing after the closing quote', ['a blank']);
  return { pieces: [plain], plain, quoted: true, start, end: at + 1 };
}

function scanBare(text: string, start: number): Scanned {
  const pieces: string[] = [];
  let piece = '';
  let open = 0; // parentheses inside the value, as in /users(1)/orders
  let at = start;
  for (; at < text.length && !(open === 0 ? isBoundary(text, at) : blank.test(text.charAt(at))); at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && escapable.test(text.charAt(at + 1))) {
      at += 1;
      piece += text.charAt(at);
    } else if (char === '*') {
      pieces.push(piece);
      piece = '';
    } else {
      if (char === '(') open += 1;
      else if (char === ')') open -= 1;
      piece += char;
    }
  }
  pieces.push(piece);
  return { pieces, plain: pieces.join('*'), quoted: false, start, end: at };
}
