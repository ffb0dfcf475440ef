import { useCallback, useState } from 'react';
import type { AppError } from '#shared/contract/errors.ts';
import type { InputOf } from '#shared/contract/methods.ts';
import type { CallPage, CallRow } from '#shared/contract/rows.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import { listLength, type ListLength } from './list-length.ts';
import { holdsSame, pagesToHold } from './pages-to-hold.ts';
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
  /** The rows are still those of another query or order. */
  readonly stale: boolean;
  /** Rows in sight are on their way. */
  readonly awaits: boolean;
  readonly loading: boolean;
  readonly error: AppError | undefined;
  readonly reload: () => void;
  /** Gives up what is still awaited. */
  readonly stop: () => void;
}

/** The rows of a query as a table scrolls through them: those in sight and the next ones, earlier ones from the cache. */
export function useCallPages(query: string, sort: CallSort): CallPages {
  const [held, setHeld] = useState(() => ({ ...pagesToHold(0, 0, PAGE), ahead: 1 }));
  const [known, setKnown] = useState({ query, count: 0 });
  const params = (page: number) => ({ from: page * PAGE, count: PAGE, query, sort });
  const main = useEngineQuery('calls.page', params(held.main));
  // Those before and after it are held, too, so that no row is blank when it comes into sight; what is in sight is asked first.
  const isThere = main.data !== undefined && !main.stale;
  const [before, after] = [held.main - 1, held.main + 1];
  const beforeAnswer = useEngineQuery('calls.page', params(Math.max(0, before)), {
    enabled: before >= 0 && (isThere || held.from <= before),
  });
  const afterAnswer = useEngineQuery('calls.page', params(after), {
    enabled: after * PAGE < known.count && (isThere || held.to >= after),
  });
  // A wheel that turns fast leaves a page before the one after it is answered: on its way one more is asked.
  const beyond = held.main + 2 * held.ahead;
  const beyondAnswer = useEngineQuery('calls.page', params(Math.max(0, beyond)), {
    enabled: beyond >= 0 && beyond * PAGE < known.count && isThere,
  });
  const answers = [main, beforeAnswer, afterAnswer, beyondAnswer];
  const order = JSON.stringify(sort);
  const [answered, setAnswered] = useState<{ readonly query: string; readonly order: string } | undefined>(undefined);
  const isOfQuery = answered?.query === query;
  const isOfOrder = isOfQuery && answered.order === order;
  if (isThere && !isOfOrder) setAnswered({ query, order });
  // Until the first rows of a question are there, those of the one before stand. After that a late answer of another page may be of any.
  const isOld = main.stale && !isOfOrder;
  const pages = answers.map((answer) => (isOld || answer === main || !answer.stale ? answer.data : undefined));
  const onRange = useCallback((first: number, last: number) => {
    // A scroll within the pages that are held draws nothing around the table anew.
    setHeld((old) => {
      const next = pagesToHold(first, last, PAGE);
      return holdsSame(old, next) ? old : { ...next, ahead: next.main < old.main ? -1 : next.main > old.main ? 1 : old.ahead };
    });
  }, []);
  const given = pages.find((page) => page?.total !== undefined)?.total;
  const counted = useEngineQuery('calls.count', { query }, { enabled: isThere && given === undefined });
  // The count of the query before goes with the rows of the query before.
  const told = listLength(pages, counted.stale && !main.stale ? undefined : counted.data?.total);
  // Another order is no other number of calls: until they are counted again, the row of the keyboard must not be cut off at the first page's end.
  const length =
    told.total === undefined && known.query === query && known.count > (told.count ?? 0) ? { ...told, count: known.count } : told;
  if (length.count !== undefined && !main.stale && (known.query !== query || known.count !== length.count))
    setKnown({ query, count: length.count });
  const row = (index: number): CallRow | undefined => {
    for (const page of pages) {
      const found = page?.rows[index - page.from];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    ...length,
    answered: isOfQuery,
    partial: main.stale ? undefined : pages.find((page) => page?.partial !== undefined)?.partial,
    row,
    onRange,
    stale: isOld,
    awaits: main.stale,
    loading: main.loading,
    error: [...answers, counted].find(({ error }) => error !== undefined)?.error,
    reload: main.reload,
    stop: () => {
      for (const answer of [...answers, counted]) answer.stop();
    },
  };
}
