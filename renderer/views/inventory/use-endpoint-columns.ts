import { useMemo } from 'react';
import { setPrefs, usePrefs } from '../../state/prefs.ts';
import { layColumns, moveColumn, placeColumn, sizeColumn, toLayout } from '../../widgets/column-layout.ts';
import type { Column, ColumnActions, ColumnLayout } from '../../widgets/table-column.ts';
import { endpointColumns, USUAL_COLUMNS } from './columns.tsx';
import type { InventoryRow } from './tree.ts';

/** The columns as the analyst laid them out, and how to change that. */
export interface EndpointColumns {
  readonly columns: readonly Column<InventoryRow>[];
  readonly layout: ColumnLayout;
  readonly actions: ColumnActions;
  readonly setLayout: (layout: ColumnLayout) => void;
  readonly reset: () => void;
}

const TREE = toLayout(USUAL_COLUMNS);
/** A list without the hosts above names them in each row. */
const FLAT = toLayout(USUAL_COLUMNS.flatMap((id) => (id === 'endpoint' ? [id, 'host'] : [id])));

/** Remembers which columns of the tree or the flat list are shown, in what order and how wide. */
export function useEndpointColumns(flat: boolean): EndpointColumns {
  const table = flat ? 'endpoints' : 'inventory';
  const usual = flat ? FLAT : TREE;
  const layout = usePrefs((prefs) => prefs.columns[table]) ?? usual;
  const columns = useMemo(() => layColumns(endpointColumns, layout), [layout]);
  return useMemo(() => {
    const setLayout = (next: ColumnLayout): void => {
      setPrefs({ columns: { ...usePrefs.getState().columns, [table]: next } });
    };
    return {
      columns,
      layout,
      setLayout,
      reset: () => {
        setLayout(usual);
      },
      actions: {
        onMove: (id, by) => {
          setLayout(moveColumn(layout, id, by));
        },
        onPlace: (id, at) => {
          setLayout(placeColumn(layout, id, at));
        },
        onWidth: (id, width) => {
          setLayout(sizeColumn(layout, id, width));
        },
      },
    };
  }, [columns, layout, table, usual]);
}
