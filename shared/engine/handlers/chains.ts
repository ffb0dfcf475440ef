import { AppError } from '../../contract/errors.ts';
import { getReview } from '../store/meta.ts';
import { previewSessionKeys } from '../sessions/preview.ts';
import { readChainFacts } from '../store/read/chains/chain-facts.ts';
import { drawChain } from '../store/read/chains/chain-drawing.ts';
import { findSimilarChains, listFlows } from '../store/read/chains/chain-flows.ts';
import { readSessionKeys } from '../store/read/session-keys.ts';
import { chainsOf, getChain, getEdge, listChains, type CompiledSelect } from '../store/read/chains/chains.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';
import { queryOf } from './filter.ts';

type Names =
  | 'chains.sessionKeys'
  | 'chains.previewKeys'
  | 'chains.page'
  | 'chains.flows'
  | 'chains.facts'
  | 'chains.similar'
  | 'chains.get'
  | 'chains.draw'
  | 'chains.edge';

function found<T>(answer: T | undefined, id: string): T {
  if (answer === undefined) throw new AppError('not-found', `no chain ${id} in this case`);
  return answer;
}

/** Questions about chains and what proves their edges. */
export function chainHandlers({ db, ports, search }: EngineContext): Some<Names> {
  const among = async (query: string, breathe: () => Promise<void>): Promise<CompiledSelect | undefined> => {
    const asked = queryOf(query, () => getReview(db));
    return asked.ast.kind === 'all' ? undefined : chainsOf(search, asked, breathe);
  };
  return {
    'chains.page': ({ from, count, query, like, only }, context) =>
      inSlices(ports, context, async (breathe) => listChains(db, { from, count, like, only, among: await among(query, breathe) })),
    'chains.flows': ({ from, count, query }, context) =>
      inSlices(ports, context, async (breathe) => listFlows(db, { from, count, among: await among(query, breathe) }, breathe)),
    'chains.sessionKeys': () => readSessionKeys(db),
    'chains.previewKeys': ({ keys }, context) => inSlices(ports, context, (breathe) => previewSessionKeys(db, ports.codec, keys, breathe)),
    'chains.facts': ({ id }) => found(readChainFacts(db, id), id),
    'chains.similar': ({ id, count }, context) =>
      inSlices(ports, context, async (breathe) => found(await findSimilarChains(db, id, count, breathe), id)),
    'chains.get': ({ id, limit }) => found(getChain(db, id, limit), id),
    'chains.draw': ({ id, limit }) => found(drawChain(db, id, limit), id),
    'chains.edge': ({ from, to }) => {
      const edge = getEdge(db, ports.codec, from, to);
      if (edge === undefined) throw new AppError('not-found', `no edge from ${from} to ${to} in this case`);
      return edge;
    },
  };
}
