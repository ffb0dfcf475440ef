import { AppError } from '../../contract/errors.ts';
import { breather } from '../breathe.ts';
import { compareStates } from '../comparison/compare-states.ts';
import { figuresOfCase } from '../report/figures.ts';
import { warmEndpointCalls } from '../store/read/inventory/endpoint-calls.ts';
import { getEndpoint } from '../store/read/inventory/get-endpoint.ts';
import { readInventoryState } from '../store/read/inventory/inventory-state.ts';
import { listInventory } from '../store/read/inventory/list-inventory.ts';
import { listSpecCoverage } from '../store/read/inventory/spec-coverage.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';
import { wholeView } from './report.ts';

type Questions =
  'endpoints.inventory' | 'endpoints.get' | 'endpoints.coverage' | 'inventory.growth' | 'inventory.compare' | 'inventory.state';

/** Questions about endpoints and the descriptions that they stand in. */
export function inventoryHandlers(engine: EngineContext): Some<Questions> {
  const { db, ports, search } = engine;
  return {
    'endpoints.inventory': ({ words }) => {
      // Whoever looks at the list opens one of them next. A failure is heard by the question that needs the columns.
      warmEndpointCalls(search, breather(ports, new AbortController().signal)).catch(() => undefined);
      return listInventory(db, words);
    },
    'endpoints.get': ({ id }, context) =>
      inSlices(ports, context, async (breathe) => {
        const endpoint = await getEndpoint(search, id, breathe);
        if (endpoint === undefined) throw new AppError('not-found', `no endpoint ${id} in this case`);
        return endpoint;
      }),
    'endpoints.coverage': () => listSpecCoverage(db),
    'inventory.growth': (_params, context) =>
      inSlices(ports, context, async (breathe) => (await readInventoryState(db, undefined, breathe)).weeks),
    'inventory.state': (_params, context) =>
      inSlices(ports, context, async (breathe) => ({
        ...(await readInventoryState(db, undefined, breathe)),
        figures: figuresOfCase(wholeView(engine)),
      })),
    'inventory.compare': ({ before, after }, context) =>
      inSlices(ports, context, async (breathe) =>
        compareStates(await readInventoryState(db, before, breathe), await readInventoryState(db, after, breathe)),
      ),
  };
}
