/** Where the keyboard is in a table: a row, and one of its cells once the analyst went into the row. */
export interface TableCursor {
  readonly row: number | undefined;
  readonly column: number | undefined;
}

/** What the arithmetic of moving needs to know. `page` is rows a Page key goes. */
interface TableExtent {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/**
 * Where a key takes the cursor; `undefined` for a key that does not move it.
 * Left and Right go into the row and through its cells; Left on the first cell goes back to the row as a whole.
 */
export function moveCursor(key: string, cursor: TableCursor, { rows, columns, page }: TableExtent): TableCursor | undefined {
  const at = cursor.row ?? -1;
  const toRow = (row: number): TableCursor => ({ row: Math.max(0, Math.min(rows - 1, row)), column: cursor.column });
  const toColumn = (column: number | undefined): TableCursor => ({ row: Math.max(0, at), column });
  switch (key) {
    case 'ArrowDown':
      return toRow(at + 1);
    case 'ArrowUp':
      return toRow(at - 1);
    case 'PageDown':
      return toRow(at + page);
    case 'PageUp':
      return toRow(at - page);
    case 'Home':
      return toRow(0);
    case 'End':
      return toRow(rows - 1);
    case 'ArrowRight':
      return toColumn(Math.min(columns - 1, (cursor.column ?? -1) + 1));
    case 'ArrowLeft':
      return toColumn(cursor.column === undefined || cursor.column === 0 ? undefined : cursor.column - 1);
    default:
      return undefined;
  }
}
