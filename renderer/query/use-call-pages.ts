import { useCallback, useState } from 'react';
import type { AppError } from '#shared/contract/errors.ts';
import type { InputOf } from '#shared/contract/methods.ts';
import type { CallPage, CallRow } from '#shared/contract/rows.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import { listLength, type ListLength } from './list-length.ts';
import { useEngineQuery } from './use-engine-query.ts';

/** Rows fetched at once; a screen shows at most two such pages. */
const PAGE = 200;

export type CallSort = NonNullable<InputOf<EngineMethods['calls.page']>['sort']>;

export interface CallPages extends ListLength {
  readonly row: (index: number) => CallRow | undefined;
  readonly onRange: (first: number, last: number) => void;
  readonly stale: boolean;
  readonly loading: boolean;
  readonly error: AppError | undefined;
  readonly reload: () => void;
}

/** The rows of a query as a table scrolls through them: the one or two pages in sight, earlier ones from the cache. */
export function useCallPages(query: string, sort: CallSort): CallPages {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const firstPage = Math.floor(range.first / PAGE);
  const lastPage = Math.floor(range.last / PAGE);
  // Even pages in one slot and odd ones in the other, so that scrolling on does not swap the two.
  const even = firstPage % 2 === 0 ? firstPage : lastPage;
  const odd = firstPage % 2 === 0 ? lastPage : firstPage;
  const params = (page: number) => ({ from: page * PAGE, count: PAGE, query, sort });
  const evenAnswer = useEngineQuery('calls.page', params(even), { enabled: even % 2 === 0 });
  const oddAnswer = useEngineQuery('calls.page', params(odd), { enabled: odd % 2 === 1 });
  const onRange = useCallback((first: number, last: number) => {
    setRange((old) =>
      Math.floor(old.first / PAGE) === Math.floor(first / PAGE) && Math.floor(old.last / PAGE) === Math.floor(last / PAGE)
        ? old
        : { first, last },
    );
  }, []);
  const [main, other] = even % 2 === 0 ? [evenAnswer, oddAnswer] : [oddAnswer, evenAnswer];
  // A jump to a page of the slot that was idle must not make the table forget how long it is.
  const given = main.data?.total ?? other.data?.total;
  const counted = useEngineQuery('calls.count', { query }, { enabled: main.data !== undefined && !main.stale && given === undefined });
  // The count of the query before goes with the rows of the query before.
  const length = listLength([main.data, other.data], counted.stale && !main.stale ? undefined : counted.data?.total);
  const row = (index: number): CallRow | undefined => {
    const isEven = Math.floor(index / PAGE) % 2 === 0;
    return rowOf(isEven ? evenAnswer.data : oddAnswer.data, index);
  };
  return {
    ...length,
    row,
    onRange,
    stale: main.stale,
    loading: main.loading,
    error: evenAnswer.error ?? oddAnswer.error ?? counted.error,
    reload: main.reload,
  };
}

const rowOf = (page: CallPage | undefined, index: number): CallRow | undefined => page?.rows[index - page.from];
