import { useCallback, useState } from 'react';
import type { AppError } from '#shared/contract/errors.ts';
import type { Page } from '#shared/contract/rows.ts';
import type { QueryState } from './use-engine-query.ts';

/** Rows fetched at once. */
export const ROWS_AT_ONCE = 100;

export interface RowPages<Row> {
  readonly total: number | undefined;
  readonly row: (index: number) => Row | undefined;
  readonly onRange: (first: number, last: number) => void;
  readonly stale: boolean;
  readonly error: AppError | undefined;
  readonly reload: () => void;
}

/**
 * Rows of a long list, as it is scrolled through: the page of the first row in sight, and that of the last where it is another one.
 * Shape: `usePage` is a hook that asks for `ROWS_AT_ONCE` rows from a place on, always the same one.
 */
export function useRowPages<Row>(usePage: (from: number, enabled: boolean) => QueryState<Page<Row>>): RowPages<Row> {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const [firstPage, lastPage] = [Math.floor(range.first / ROWS_AT_ONCE), Math.floor(range.last / ROWS_AT_ONCE)];
  const first = usePage(firstPage * ROWS_AT_ONCE, true);
  const second = usePage(lastPage * ROWS_AT_ONCE, lastPage !== firstPage);
  const onRange = useCallback((from: number, to: number) => {
    setRange((old) =>
      Math.floor(old.first / ROWS_AT_ONCE) === Math.floor(from / ROWS_AT_ONCE) &&
      Math.floor(old.last / ROWS_AT_ONCE) === Math.floor(to / ROWS_AT_ONCE)
        ? old
        : { first: from, last: to },
    );
  }, []);
  const row = (index: number): Row | undefined => {
    for (const page of [first.data, second.data]) {
      const found = page?.rows[index - page.from];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { total: first.data?.total, row, onRange, stale: first.stale, error: first.error ?? second.error, reload: first.reload };
}
