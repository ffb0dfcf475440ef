import type { CallPage } from '#shared/contract/rows.ts';

/** How long a list is. */
export interface ListLength {
  /** All rows; `undefined` while they are counted. */
  readonly total: number | undefined;
  /** Rows that are known to be there: a table can show them before all are counted; `undefined` before the first answer. */
  readonly count: number | undefined;
}

/** What pages of a list, and a count that may have been asked for beside them, tell about its length. */
export function listLength(pages: readonly (CallPage | undefined)[], counted: number | undefined): ListLength {
  const known = pages.filter((page) => page !== undefined);
  const total = known.find((page) => page.total !== undefined)?.total ?? counted;
  const seen = known.length === 0 ? undefined : Math.max(...known.map((page) => page.from + page.rows.length));
  return { total, count: total ?? seen };
}
