import { AppError } from '../../contract/errors.ts';
import { getReview } from '../store/meta.ts';
import { chainsOf, getChain, getEdge, listChains } from '../store/read/chains.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';
import { queryOf } from './filter.ts';

/** Questions about chains and what proves their edges. */
export function chainHandlers({ db, ports, search }: EngineContext): Some<'chains.page' | 'chains.get' | 'chains.edge'> {
  return {
    'chains.page': ({ from, count, query }, context) =>
      inSlices(ports, context, async (breathe) => {
        const asked = queryOf(query, () => getReview(db));
        return listChains(db, { from, count, among: asked.ast.kind === 'all' ? undefined : await chainsOf(search, asked, breathe) });
      }),
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
