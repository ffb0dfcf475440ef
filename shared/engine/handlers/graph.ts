import type { CallContext } from '../../contract/methods.ts';
import { getReview } from '../store/meta.ts';
import { graphHeat } from '../store/read/graph/heat.ts';
import { lineCalls } from '../store/read/graph/line-calls.ts';
import { graphMap } from '../store/read/graph/map.ts';
import { graphSpread } from '../store/read/graph/spread.ts';
import type { WalkControl } from '../store/read/graph/walk-calls.ts';
import { walkedSpread } from '../store/read/graph/walked-spread.ts';
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
  const walking = <T>(context: CallContext, work: (control: WalkControl) => Promise<T> | T): Promise<T> =>
    inSlices(ports, context, async (breathe) => {
      let told = ports.clock();
      const progress = (done: number, total: number): void => {
        if (ports.clock() - told < TELL_EVERY) return;
        told = ports.clock();
        context.progress({ step: 'counting the calls', done, total, unit: 'records' });
      };
      return work({ breathe, progress });
    });
  const among = <T>(query: string, context: CallContext, work: (grounded: Grounded) => Promise<T> | T): Promise<T> =>
    walking(context, async (control) => work(await groundOf(asked(query), control)));
  return {
    'graph.map': ({ query, grouping, open }, context) => among(query, context, ({ ground }) => graphMap(db, ground, { grouping, open })),
    'graph.calls': ({ query, ...line }, context) => among(query, context, ({ source, ground }) => lineCalls(db, source, ground, line)),
    'graph.heat': ({ query, ...request }, context) => among(query, context, ({ source, ground }) => graphHeat(db, source, ground, request)),
    'graph.spread': ({ query, count }, context) =>
      walking(context, async (control) => {
        const question = asked(query);
        const found = await search.find(question, control.breathe);
        return found === undefined ? walkedSpread(db, question.filter, count, control) : graphSpread(db, found, count, control.breathe);
      }),
  };
}
