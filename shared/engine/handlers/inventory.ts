import { AppError } from '../../contract/errors.ts';
import { breather } from '../breathe.ts';
import { warmEndpointCalls } from '../store/read/inventory/endpoint-calls.ts';
import { getEndpoint } from '../store/read/inventory/get-endpoint.ts';
import { listInventory } from '../store/read/inventory/list-inventory.ts';
import { listSpecCoverage } from '../store/read/inventory/spec-coverage.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';

/** Questions about endpoints and the descriptions that they stand in. */
export function inventoryHandlers({
  db,
  ports,
  search,
}: EngineContext): Some<'endpoints.inventory' | 'endpoints.get' | 'endpoints.coverage'> {
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
  };
}
