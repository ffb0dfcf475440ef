import type { Pattern } from '../../query/ast.ts';
import { requiredLiteral } from '../../query/regex-literal.ts';
import { join, sql, type CompiledQuery } from './sql-condition.ts';

/** The condition that a text fits a pattern. `=` where it can, since that is what an index serves; with a star capitals do not count, as in a search. */
export function like(text: string, pattern: Pattern, caseless: boolean): CompiledQuery {
  const [only] = pattern;
  if (pattern.length === 1 && only !== undefined)
    return caseless ? sql(`${text} LIKE ? ESCAPE '\\'`, escapeLike(only)) : sql(`${text} = ?`, only);
  return sql(`${text} LIKE ? ESCAPE '\\'`, pattern.map(escapeLike).join('%'));
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** The condition that a text fits a regular expression; a text that must stand in it is looked for first, which is quicker. */
export function fitsRegex(text: string, source: string, caseless: boolean): CompiledQuery {
  const fits = sql(`matches_regex(${text}, ?, ?)`, source, caseless ? 1 : 0);
  const literal = requiredLiteral(source, caseless);
  if (literal === undefined) return fits;
  const holds = caseless ? sql(`${text} LIKE ? ESCAPE '\\'`, `%${escapeLike(literal)}%`) : sql(`instr(${text}, ?) > 0`, literal);
  return join([holds, fits], 'AND');
}

/** The condition that a text holds a pattern anywhere; upper and lower case of ASCII are the same. */
export const contains = (text: string, pattern: Pattern): CompiledQuery =>
  sql(`${text} LIKE ? ESCAPE '\\'`, `%${pattern.map(escapeLike).join('%')}%`);
