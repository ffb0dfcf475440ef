import { useCallback, useState } from 'react';
import type { AppError } from '#shared/contract/errors.ts';
import type { ChainRow } from '#shared/contract/rows.ts';
import { useEngineQuery } from './use-engine-query.ts';

/** Chains fetched at once. */
const PAGE = 100;

export interface ChainPages {
  readonly total: number | undefined;
  readonly row: (index: number) => ChainRow | undefined;
  readonly onRange: (first: number, last: number) => void;
  readonly stale: boolean;
  readonly error: AppError | undefined;
  readonly reload: () => void;
}

/** The chains that have a call fitting a query, as a list scrolls through them. */
export function useChainPages(query: string): ChainPages {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const firstPage = Math.floor(range.first / PAGE);
  const lastPage = Math.floor(range.last / PAGE);
  const first = useEngineQuery('chains.page', { from: firstPage * PAGE, count: PAGE, query });
  const second = useEngineQuery('chains.page', { from: lastPage * PAGE, count: PAGE, query }, { enabled: lastPage !== firstPage });
  const onRange = useCallback((from: number, to: number) => {
    setRange((old) =>
      Math.floor(old.first / PAGE) === Math.floor(from / PAGE) && Math.floor(old.last / PAGE) === Math.floor(to / PAGE)
        ? old
        : { first: from, last: to },
    );
  }, []);
  const row = (index: number): ChainRow | undefined => {
    for (const page of [first.data, second.data]) {
      const found = page?.rows[index - page.from];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { total: first.data?.total, row, onRange, stale: first.stale, error: first.error ?? second.error, reload: first.reload };
}
