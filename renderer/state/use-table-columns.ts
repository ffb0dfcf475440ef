import { useMemo } from 'react';
import { layColumns, moveColumn, placeColumn, sizeColumn } from '../widgets/table/column-layout.ts';
import type { Column, ColumnActions, ColumnLayout } from '../widgets/table/table-column.ts';
import { setPrefs, usePrefs } from './prefs.ts';

/** The columns of a table as the analyst laid them out, and how to change that. */
export interface TableColumns<Row> {
  readonly columns: readonly Column<Row>[];
  readonly layout: ColumnLayout;
  readonly actions: ColumnActions;
  readonly setLayout: (layout: ColumnLayout) => void;
  readonly reset: () => void;
}

/**
 * Remembers which columns of a table are shown, in what order and how wide.
 * Shape: kept under `table` in the preferences; `all` and `usual` stay the same between renderings.
 */
export function useTableColumns<Row>(table: string, all: readonly Column<Row>[], usual: ColumnLayout): TableColumns<Row> {
  const layout = usePrefs((prefs) => prefs.columns[table]) ?? usual;
  const columns = useMemo(() => layColumns(all, layout), [all, layout]);
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
