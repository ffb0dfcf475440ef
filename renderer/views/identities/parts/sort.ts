import type { TableSort } from '../../../widgets/table/table-column.ts';

/** What a column is sorted by, and which way first: numbers fall, names rise. */
export interface SortValue<Row> {
  readonly of: (row: Row) => number | string;
  readonly rises?: boolean;
}

/** By id of the column; a column that is not here is not sorted. */
export type SortValues<Row> = Readonly<Record<string, SortValue<Row>>>;

/** The sort of a link, `-calls`; `undefined` for none and for one of another table. */
export function parseSort<Row>(values: SortValues<Row>, text: string | undefined): TableSort | undefined {
  const descending = text?.startsWith('-') === true;
  const column = descending ? text.slice(1) : text;
  return column !== undefined && Object.hasOwn(values, column) ? { column, descending } : undefined;
}

/** The sort after a click on a column's head, as a link has it: first its natural direction, then the other, then none. */
export function nextSort<Row>(values: SortValues<Row>, sort: TableSort | undefined, column: string): string | undefined {
  const falls = values[column]?.rises !== true;
  if (sort?.column !== column) return `${falls ? '-' : ''}${column}`;
  return sort.descending === falls ? `${falls ? '' : '-'}${column}` : undefined;
}

/** The rows in the order of a column, equal ones as they were; without a sort as they are. */
export function sortRows<Row>(values: SortValues<Row>, rows: readonly Row[], sort: TableSort | undefined): readonly Row[] {
  const value = sort === undefined ? undefined : values[sort.column];
  if (sort === undefined || value === undefined) return rows;
  return rows.toSorted((a, b) => {
    const [left, right] = [value.of(a), value.of(b)];
    const order = left < right ? -1 : left > right ? 1 : 0;
    return sort.descending ? -order : order;
  });
}
