import { AppError } from '../../contract/errors.ts';
import { mentionsReview } from '../../query/mentions-review.ts';
import { parseQuery } from '../../query/parse.ts';
import { compileQuery } from '../store/query-sql.ts';
import type { CallFilter } from '../store/read/calls.ts';

/** What a query's answer is kept under: its text, and, when it asks for the analyst's own changes, how many there were. */
export function filterKey(text: string, review: () => number): string {
  const parsed = parseQuery(text);
  return parsed.ok && mentionsReview(parsed.ast) ? `${String(review())}\n${text}` : `\n${text}`;
}

/** The filter that a query text stands for; empty text and `*` are every call. Errors: AppError `bad-query` with the place. */
export function filterOf(text: string): CallFilter {
  const parsed = parseQuery(text.trim() === '' ? '*' : text);
  if (!parsed.ok) {
    const { at, length, message, expected } = parsed.error;
    throw new AppError('bad-query', message, { at, length, expected: expected.join(', ') });
  }
  return compileQuery(parsed.ast);
}
