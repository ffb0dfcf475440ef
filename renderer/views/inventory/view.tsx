import './view.css';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { usePlace } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { useSettled } from '../../query/use-settled.ts';
import { Changes } from './changes.tsx';
import { CoverageTable } from './coverage-table.tsx';
import { Endpoints } from './endpoints.tsx';
import { parseFilter } from './filter.ts';
import { NoEndpoints } from './no-endpoints.tsx';

/** Inventory: every endpoint of the evidence by host and service, the chosen one in full, and what of the descriptions was called. */
export function InventoryView() {
  const inventory = useEngineQuery('endpoints.inventory', { words: '' });
  const tab = usePlace('tab');
  const filter = parseFilter(usePlace('filter') ?? '');
  const words = useSettled(filter.words.join(' ').slice(0, 200));
  const isTooLarge = inventory.data !== undefined && inventory.data.total > inventory.data.rows.length;
  // Only where the window does not hold them all does the engine look for the words.
  const narrowed = useEngineQuery('endpoints.inventory', { words }, { enabled: isTooLarge && words !== '' });
  const asked = isTooLarge && words !== '' ? narrowed : inventory;
  return (
    <div className="view">
      {tab === 'coverage' ? (
        <CoverageTable />
      ) : tab === 'changes' ? (
        <Changes />
      ) : (
        <Answer query={asked} what="the endpoints" lines={12}>
          {(data) =>
            inventory.data?.total === 0 ? (
              <NoEndpoints />
            ) : (
              <Endpoints inventory={data} all={inventory.data?.total ?? data.total} stale={asked.stale} />
            )
          }
        </Answer>
      )}
    </div>
  );
}
