/** A value that a row may hold. */
type Cell = string | number | boolean | readonly string[];

/**
 * The values of one key over all rows: written out, or each different one once with its place for every row.
 * A row without a value has null, or the place -1.
 */
export type PackedColumn = readonly (Cell | null)[] | { readonly values: readonly Cell[]; readonly at: readonly number[] };

/** Rows by columns: most of what rows say is said again and again, and so it crosses to the screen once. */
export interface PackedRows {
  readonly count: number;
  readonly columns: Readonly<Record<string, PackedColumn>>;
}

/** From this share of different values on, a list of them saves nothing. */
const REPEATED = 0.5;

function packColumn(cells: readonly (Cell | undefined)[]): PackedColumn {
  const places = new Map<Cell, number>();
  const values: Cell[] = [];
  const at = cells.map((cell) => {
    if (cell === undefined) return -1;
    const known = places.get(cell);
    if (known !== undefined) return known;
    places.set(cell, values.length);
    return values.push(cell) - 1;
  });
  return values.length <= cells.length * REPEATED ? { values, at } : cells.map((cell) => cell ?? null);
}

/**
 * Packs rows by columns, without loss of the keys that are named; a key that no row has is left out. Lists are the same value when they are one object.
 * Example: `[{a: 'x', b: 1}, {a: 'x', b: 2}]` gives `a: {values: ['x'], at: [0, 0]}, b: [1, 2]`.
 */
export function packRows<Key extends string>(
  rows: readonly { readonly [K in Key]?: Cell | undefined }[],
  keys: readonly Key[],
): PackedRows {
  const columns: Record<string, PackedColumn> = {};
  for (const key of keys) {
    const cells = rows.map((row) => row[key]);
    if (cells.some((cell) => cell !== undefined)) columns[key] = packColumn(cells);
  }
  return { count: rows.length, columns };
}

const isWritten = (column: PackedColumn): column is readonly (Cell | null)[] => Array.isArray(column);

/** The rows again, as `packRows` was given them; values that were the same are the same object. */
export function unpackRows({ count, columns }: PackedRows): Record<string, Cell>[] {
  const rows = Array.from({ length: count }, (): Record<string, Cell> => ({}));
  for (const [key, column] of Object.entries(columns)) {
    for (const [index, row] of rows.entries()) {
      const cell = isWritten(column) ? column[index] : column.values[column.at[index] ?? -1];
      if (cell !== undefined && cell !== null) row[key] = cell;
    }
  }
  return rows;
}
