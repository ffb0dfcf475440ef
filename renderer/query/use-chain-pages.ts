import type { FlowRow } from '#shared/contract/chains.ts';
import type { ChainRow } from '#shared/contract/rows.ts';
import type { ChainMark } from '#shared/model/chain-mark.ts';
import { useEngineQuery } from './use-engine-query.ts';
import { ROWS_AT_ONCE, useRowPages, type RowPages } from './use-row-pages.ts';

export type ChainPages = RowPages<ChainRow>;
export type FlowPages = RowPages<FlowRow>;

/** What chains are narrowed to beside the query: those of the shape that the chain `like` has, and those with a mark. */
export interface ChainNarrowing {
  readonly like?: string | undefined;
  readonly only?: ChainMark | undefined;
}

/** The chains that have a call fitting a query, as a list scrolls through them. */
export const useChainPages = (query: string, { like, only }: ChainNarrowing): ChainPages =>
  useRowPages((from, enabled) =>
    // eslint-disable-next-line react-hooks/rules-of-hooks -- `useRowPages` calls it twice in each render
    useEngineQuery(
      'chains.page',
      { from, count: ROWS_AT_ONCE, query, ...(like === undefined ? {} : { like }), ...(only === undefined ? {} : { only }) },
      { enabled },
    ),
  );

/** The chains that have a call fitting a query, grouped by shape. */
export const useFlowPages = (query: string): FlowPages =>
  // eslint-disable-next-line react-hooks/rules-of-hooks -- as above
  useRowPages((from, enabled) => useEngineQuery('chains.flows', { from, count: ROWS_AT_ONCE, query }, { enabled }));
