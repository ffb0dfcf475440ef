import { useMemo } from 'react';
import { setPrefs, usePrefs } from '../../state/prefs.ts';
import { layColumns, moveColumn, placeColumn, sizeColumn, toLayout } from '../../widgets/column-layout.ts';
import type { ColumnActions, ColumnLayout } from '../../widgets/table-column.ts';
import type { CallColumn } from './call-column.ts';
import { callColumns, USUAL_COLUMNS } from './columns.tsx';

/** The columns as the analyst laid them out, and how to change that. */
export interface ShownColumns {
  readonly columns: readonly CallColumn[];
  readonly layout: ColumnLayout;
  readonly actions: ColumnActions;
  readonly setLayout: (layout: ColumnLayout) => void;
  readonly reset: () => void;
}

/** The name under which the layout is kept. */
const CALL_TABLE = 'calls';
const USUAL = toLayout(USUAL_COLUMNS);

/** Remembers which columns of the table of calls are shown, in what order and how wide. */
export function useColumns(): ShownColumns {
  const layout = usePrefs((prefs) => prefs.columns[CALL_TABLE]) ?? USUAL;
  const columns = useMemo(() => layColumns(callColumns, layout), [layout]);
  return useMemo(() => {
    const setLayout = (next: ColumnLayout): void => {
      setPrefs({ columns: { ...usePrefs.getState().columns, [CALL_TABLE]: next } });
    };
    return {
      columns,
      layout,
      setLayout,
      reset: () => {
        setLayout(USUAL);
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
  }, [columns, layout]);
}
