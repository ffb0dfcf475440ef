import { useMemo } from 'react';
import { goTo, usePlace } from '../../../state/selection.ts';
import type { TableSort } from '../../../widgets/table/table-column.ts';
import { nextSort, parseSort, sortRows, type SortValues } from './sort.ts';

interface Sorted<Row> {
  readonly rows: readonly Row[];
  readonly sort: TableSort | undefined;
  readonly onSort: (column: string) => void;
}

/** The rows in the order that the link asks for, and how a click on a column's head changes it. `values` stays the same between renderings. */
export function useSorted<Row>(rows: readonly Row[], values: SortValues<Row>): Sorted<Row> {
  const text = usePlace('sort');
  const sort = useMemo(() => parseSort(values, text), [values, text]);
  return {
    rows: useMemo(() => sortRows(values, rows, sort), [values, rows, sort]),
    sort,
    onSort: (column) => {
      goTo({ sort: nextSort(values, sort, column) });
    },
  };
}
