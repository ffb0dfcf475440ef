import { useMedia } from '../../state/use-media.ts';
import { useTableColumns, type TableColumns } from '../../state/use-table-columns.ts';
import { toLayout } from '../../widgets/table/column-layout.ts';
import { endpointColumns, NARROW_COLUMNS, TIGHT_COLUMNS, USUAL_COLUMNS } from './columns.tsx';
import type { InventoryRow } from './tree.ts';

/** The columns of the inventory, as the analyst laid them out. */
export type EndpointColumns = TableColumns<InventoryRow>;

/** Below it the last columns would stand outside of the window. */
const ROOMY = '(min-width: 1600px)';

/** A list without the hosts above names them in each row. */
const withHost = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => (id === 'endpoint' ? [id, 'host'] : [id]));

const TREE = { roomy: toLayout(USUAL_COLUMNS), narrow: toLayout(NARROW_COLUMNS), tight: toLayout(TIGHT_COLUMNS) };
const FLAT = {
  roomy: toLayout(withHost(USUAL_COLUMNS)),
  narrow: toLayout(withHost(NARROW_COLUMNS.filter((id) => id !== 'auth'))),
  tight: toLayout(withHost(TIGHT_COLUMNS)),
};

/**
 * Remembers which columns of the tree or the flat list are shown, in what order and how wide; untouched, they are those that fit the window.
 * `shared`: an endpoint is shown in full beside the list.
 */
export function useEndpointColumns(flat: boolean, shared: boolean): EndpointColumns {
  const room = useMedia(ROOMY) ? 'roomy' : shared ? 'tight' : 'narrow';
  return useTableColumns(flat ? 'endpoints' : 'inventory', endpointColumns, (flat ? FLAT : TREE)[room]);
}
