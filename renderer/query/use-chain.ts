import { useMemo } from 'react';
import { unpackChain, type ChainDrawing } from '#shared/contract/chain-drawing.ts';
import { MAX_CHAIN_CALLS } from './chain-calls.ts';
import { useEngineQuery, type QueryState } from './use-engine-query.ts';

/** A chain as its screen draws it. */
export function useChain(id: string): QueryState<ChainDrawing> {
  const packed = useEngineQuery('chains.draw', { id, limit: MAX_CHAIN_CALLS });
  const data = useMemo(() => (packed.data === undefined ? undefined : unpackChain(packed.data)), [packed.data]);
  return { ...packed, data };
}
