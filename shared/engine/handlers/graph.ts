import { AppError } from '../../contract/errors.ts';
import type { CallContext } from '../../contract/methods.ts';
import { getReview } from '../store/meta.ts';
import { graphHeat } from '../store/read/graph/heat.ts';
import { lineCalls } from '../store/read/graph/line-calls.ts';
import { graphMap } from '../store/read/graph/map.ts';
import { graphSpread } from '../store/read/graph/spread.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';
import { queryOf } from './filter.ts';
import { flowGrounds, type Grounded } from './flow-grounds.ts';

type Names = 'graph.map' | 'graph.calls' | 'graph.heat' | 'graph.spread';

/** How often a long count says how far it is; a short one says nothing. Units: ms. */
const TELL_EVERY = 250;

/** Questions of the Graph screen. */
export function graphHandlers({ db, ports, search }: EngineContext): Some<Names> {
  const groundOf = flowGrounds(db, search);
  const asked = (query: string) => queryOf(query, () => getReview(db));
  const among = <T>(query: string, context: CallContext, work: (grounded: Grounded) => Promise<T> | T): Promise<T> =>
    inSlices(ports, context, async (breathe) => {
      let told = ports.clock();
      const progress = (done: number, total: number): void => {
        if (ports.clock() - told < TELL_EVERY) return;
        told = ports.clock();
        context.progress({ step: 'counting the calls', done, total, unit: 'records' });
      };
      return work(await groundOf(asked(query), { breathe, progress }));
    });
  return {
    'graph.map': ({ query, grouping, open }, context) => among(query, context, ({ ground }) => graphMap(db, ground, { grouping, open })),
    'graph.calls': ({ query, ...line }, context) => among(query, context, ({ source, ground }) => lineCalls(db, source, ground, line)),
    'graph.heat': ({ query, ...request }, context) => among(query, context, ({ source, ground }) => graphHeat(db, source, ground, request)),
    'graph.spread': ({ query, count }, context) =>
      inSlices(ports, context, async (breathe) => {
        const found = await search.find(asked(query), breathe);
        if (found === undefined)
          throw new AppError('unavailable', 'a case of this size is not kept in memory, which the spread is followed in');
        return graphSpread(db, found, count, breathe);
      }),
  };
}
