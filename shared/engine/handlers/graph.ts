import { AppError } from '../../contract/errors.ts';
import type { CallContext } from '../../contract/methods.ts';
import { getReview } from '../store/meta.ts';
import type { Found } from '../store/columns/call-search.ts';
import { graphHeat } from '../store/read/graph/heat.ts';
import { lineCalls } from '../store/read/graph/line-calls.ts';
import { graphMap } from '../store/read/graph/map.ts';
import { graphSpread } from '../store/read/graph/spread.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';
import { queryOf } from './filter.ts';

type Names = 'graph.map' | 'graph.calls' | 'graph.heat' | 'graph.spread';

/** Questions of the Graph screen: all of them count calls in memory, so a case that is too large for that has no map. */
export function graphHandlers({ db, ports, search }: EngineContext): Some<Names> {
  const among = <T>(query: string, context: CallContext, work: (found: Found, breathe: () => Promise<void>) => Promise<T>): Promise<T> =>
    inSlices(ports, context, async (breathe) => {
      const found = await search.find(
        queryOf(query, () => getReview(db)),
        breathe,
      );
      if (found === undefined) throw new AppError('unavailable', 'a case of this size is not kept in memory, which the map is counted in');
      return work(found, breathe);
    });
  return {
    'graph.map': ({ query, grouping, open }, context) =>
      among(query, context, (found, breathe) => graphMap(db, found, { grouping, open }, breathe)),
    'graph.calls': ({ query, ...line }, context) => among(query, context, (found, breathe) => lineCalls(db, found, line, breathe)),
    'graph.heat': ({ query, ...request }, context) => among(query, context, (found, breathe) => graphHeat(db, found, request, breathe)),
    'graph.spread': ({ query, count }, context) => among(query, context, (found, breathe) => graphSpread(db, found, count, breathe)),
  };
}
