import { AppError } from '../../contract/errors.ts';
import { getChain, getEdge, listChains } from '../store/read/chains.ts';
import type { EngineContext, Some } from './context.ts';
import { filterOf } from './filter.ts';

/** Questions about chains and what proves their edges. */
export function chainHandlers({ db, ports }: EngineContext): Some<'chains.page' | 'chains.get' | 'chains.edge'> {
  return {
    'chains.page': ({ from, count, query }) =>
      listChains(db, { from, count, callFilter: query.trim() === '' || query.trim() === '*' ? undefined : filterOf(query) }),
    'chains.get': ({ id, limit }) => {
      const chain = getChain(db, id, limit);
      if (chain === undefined) throw new AppError('not-found', `no chain ${id} in this case`);
      return chain;
    },
    'chains.edge': ({ from, to }) => {
      const edge = getEdge(db, ports.codec, from, to);
      if (edge === undefined) throw new AppError('not-found', `no edge from ${from} to ${to} in this case`);
      return edge;
    },
  };
}
