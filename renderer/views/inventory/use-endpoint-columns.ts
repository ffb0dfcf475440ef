import { useTableColumns, type TableColumns } from '../../state/use-table-columns.ts';
import { toLayout } from '../../widgets/column-layout.ts';
import { endpointColumns, USUAL_COLUMNS } from './columns.tsx';
import type { InventoryRow } from './tree.ts';

/** The columns of the inventory, as the analyst laid them out. */
export type EndpointColumns = TableColumns<InventoryRow>;

const TREE = toLayout(USUAL_COLUMNS);
/** A list without the hosts above names them in each row. */
const FLAT = toLayout(USUAL_COLUMNS.flatMap((id) => (id === 'endpoint' ? [id, 'host'] : [id])));

/** Remembers which columns of the tree or the flat list are shown, in what order and how wide. */
export const useEndpointColumns = (flat: boolean): EndpointColumns =>
  useTableColumns(flat ? 'endpoints' : 'inventory', endpointColumns, flat ? FLAT : TREE);
