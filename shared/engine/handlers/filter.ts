import { AppError } from '../../contract/errors.ts';
import { mentionsReview } from '../../query/mentions-review.ts';
import type { QueryNode } from '../../query/ast.ts';
import { parseQuery } from '../../query/parse.ts';
import type { CallQuery } from '../store/columns/call-search.ts';
import { compileQuery } from '../store/query-sql.ts';
import type { CallFilter } from '../store/read/calls/calls.ts';

/** What a query text means; empty text and `*` are every call. Errors: AppError `bad-query` with the place. */
function meaningOf(text: string): QueryNode {
  const parsed = parseQuery(text.trim() === '' ? '*' : text);
  if (parsed.ok) return parsed.ast;
  const { at, length, message, expected } = parsed.error;
  throw new AppError('bad-query', message, { at, length, expected: expected.join(', ') });
}

/** The filter that a query text stands for. Errors: as `meaningOf`. */
export const filterOf = (text: string): CallFilter => compileQuery(meaningOf(text));

/**
 * A query text with its meaning and its filter. Errors: as `meaningOf`.
 * `review` tells how many changes the analyst has made: what a query finds by them is kept only until the next one.
 */
export function queryOf(text: string, review: () => number): CallQuery {
  const ast = meaningOf(text);
  const key = ast.kind === 'all' ? '*' : mentionsReview(ast) ? `${text}\n${String(review())}` : text;
  return { key, ast, filter: compileQuery(ast) };
}
