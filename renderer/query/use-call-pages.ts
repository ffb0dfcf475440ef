import { useCallback, useState } from 'react';
import type { AppError } from '#shared/contract/errors.ts';
import type { InputOf } from '#shared/contract/methods.ts';
import type { CallPage, CallRow } from '#shared/contract/rows.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import { listLength, type ListLength } from './list-length.ts';
import { pagesToHold } from './pages-to-hold.ts';
import { useEngineQuery } from './use-engine-query.ts';

/** Rows fetched at once: three screenfuls, so that the first ones come soon. */
const PAGE = 100;

export type CallSort = NonNullable<InputOf<EngineMethods['calls.page']>['sort']>;

export interface CallPages extends ListLength {
  /** True once the first rows of this query are there: what is counted beside them waits for that. */
  readonly answered: boolean;
  /** There where the query was stopped: how many calls of the case were looked at. */
  readonly partial: CallPage['partial'];
  readonly row: (index: number) => CallRow | undefined;
  readonly onRange: (first: number, last: number) => void;
  readonly stale: boolean;
  readonly loading: boolean;
  readonly error: AppError | undefined;
  readonly reload: () => void;
  /** Gives up what is still awaited. */
  readonly stop: () => void;
}

/** The rows of a query as a table scrolls through them: those in sight and the next ones, earlier ones from the cache. */
export function useCallPages(query: string, sort: CallSort): CallPages {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const [known, setKnown] = useState({ query, count: 0 });
  const [answered, setAnswered] = useState<string | undefined>(undefined);
  const held = pagesToHold(range.first, range.last, PAGE, known.count);
  // Even pages in one slot and odd ones in the other, so that scrolling on does not swap the two.
  const [even, odd] = held.main % 2 === 0 ? [held.main, held.other] : [held.other, held.main];
  const params = (page: number | undefined) => ({ from: (page ?? 0) * PAGE, count: PAGE, query, sort });
  const evenAnswer = useEngineQuery('calls.page', params(even), { enabled: even !== undefined });
  const oddAnswer = useEngineQuery('calls.page', params(odd), { enabled: odd !== undefined });
  const onRange = useCallback((first: number, last: number) => {
    setRange((old) => (old.first === first && old.last === last ? old : { first, last }));
  }, []);
  const [main, other] = held.main % 2 === 0 ? [evenAnswer, oddAnswer] : [oddAnswer, evenAnswer];
  if (main.data !== undefined && !main.stale && answered !== query) setAnswered(query);
  // A jump to a page of the slot that was idle must not make the table forget how long it is.
  const given = main.data?.total ?? other.data?.total;
  const counted = useEngineQuery('calls.count', { query }, { enabled: main.data !== undefined && !main.stale && given === undefined });
  // The count of the query before goes with the rows of the query before.
  const told = listLength([main.data, other.data], counted.stale && !main.stale ? undefined : counted.data?.total);
  // Another order is no other number of calls: until they are counted again, the row of the keyboard must not be cut off at the first page's end.
  const length =
    told.total === undefined && known.query === query && known.count > (told.count ?? 0) ? { ...told, count: known.count } : told;
  if (length.count !== undefined && !main.stale && (known.query !== query || known.count !== length.count))
    setKnown({ query, count: length.count });
  const row = (index: number): CallRow | undefined => {
    const isEven = Math.floor(index / PAGE) % 2 === 0;
    return rowOf(isEven ? evenAnswer.data : oddAnswer.data, index);
  };
  return {
    ...length,
    answered: answered === query,
    partial: main.stale ? undefined : (main.data?.partial ?? other.data?.partial),
    row,
    onRange,
    stale: main.stale,
    loading: main.loading,
    error: evenAnswer.error ?? oddAnswer.error ?? counted.error,
    reload: main.reload,
    stop: () => {
      for (const answer of [evenAnswer, oddAnswer, counted]) answer.stop();
    },
  };
}

const rowOf = (page: CallPage | undefined, index: number): CallRow | undefined => page?.rows[index - page.from];
