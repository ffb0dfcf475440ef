import type { FlowRow } from '#shared/contract/chains.ts';
import type { ChainRow } from '#shared/contract/rows.ts';
import { useEngineQuery } from './use-engine-query.ts';
import { ROWS_AT_ONCE, useRowPages, type RowPages } from './use-row-pages.ts';

export type ChainPages = RowPages<ChainRow>;
export type FlowPages = RowPages<FlowRow>;

/** The chains that have a call fitting a query, as a list scrolls through them; of one shape where `like` names a chain. */
export const useChainPages = (query: string, like: string | undefined): ChainPages =>
  useRowPages((from, enabled) =>
    // eslint-disable-next-line react-hooks/rules-of-hooks -- `useRowPages` calls it twice in each render
    useEngineQuery('chains.page', { from, count: ROWS_AT_ONCE, query, ...(like === undefined ? {} : { like }) }, { enabled }),
  );

/** The chains that have a call fitting a query, grouped by shape. */
export const useFlowPages = (query: string): FlowPages =>
  // eslint-disable-next-line react-hooks/rules-of-hooks -- as above
  useRowPages((from, enabled) => useEngineQuery('chains.flows', { from, count: ROWS_AT_ONCE, query }, { enabled }));
