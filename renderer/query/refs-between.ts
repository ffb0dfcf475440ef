import { askOnce } from './ask-once.ts';
import type { CallSort } from './use-call-pages.ts';

/** Rows asked for at a time; the engine gives no more. */
const PAGE = 1000;

/** References of the calls that stand from one row to another, both included, whether they were ever in sight or not. At most `most`. */
export async function refsBetween(query: string, sort: CallSort, first: number, last: number, most: number): Promise<readonly string[]> {
  const refs: string[] = [];
  const end = Math.min(last + 1, first + most);
  for (let from = first; from < end; from += PAGE) {
    const { rows } = await askOnce('calls.page', { query, sort, from, count: Math.min(PAGE, end - from) });
    refs.push(...rows.map((row) => row.ref));
  }
  return refs;
}
