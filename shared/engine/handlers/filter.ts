import { AppError } from '../../contract/errors.ts';
import type { QueryNode } from '../../query/ast.ts';
import { parseQuery } from '../../query/parse.ts';
import type { CallQuery } from '../store/columns/call-search.ts';
import { compileQuery } from '../store/query-sql.ts';
import type { CallFilter } from '../store/read/calls.ts';

/** What a query text means; empty text and `*` are every call. Errors: AppError `bad-query` with the place. */
function meaningOf(text: string): QueryNode {
  const parsed = parseQuery(text.trim() === '' ? '*' : text);
  if (parsed.ok) return parsed.ast;
  const { at, length, message, expected } = parsed.error;
  throw new AppError('bad-query', message, { at, length, expected: expected.join(', ') });
}

/** The filter that a query text stands for. Errors: as `meaningOf`. */
export const filterOf = (text: string): CallFilter => compileQuery(meaningOf(text));

/** A query text with its meaning and its filter. Errors: as `meaningOf`. */
export function queryOf(text: string): CallQuery {
  const ast = meaningOf(text);
  return { key: ast.kind === 'all' ? '*' : text, ast, filter: compileQuery(ast) };
}
