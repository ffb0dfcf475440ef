import { numberAt } from './numbers.ts';

/** Who is given to whom so that the costs add up to least. */
export const UNASSIGNED = -1;

/**
 * Solves the assignment problem: each row gets at most one column and each column goes to at most one row, at least total cost.
 * Shape:  `cost(row, column)` must be finite; `rows` may be more or fewer than `columns`. Returns the column of each row, or UNASSIGNED.
 * Cost:   O(n² m) time, O(n m) memory read, n the smaller side.
 * Source: Kuhn 1955 and Munkres 1957, in the form with potentials and shortest augmenting paths (Jonker and Volgenant 1987).
 * Example: costs [[4, 1], [2, 0]] give [1, 0]: 1 + 2 is less than 4 + 0.
 */
export function assign(rows: number, columns: number, cost: (row: number, column: number) => number): Int32Array {
  if (rows > columns) {
    const result = new Int32Array(rows).fill(UNASSIGNED);
    assign(columns, rows, (row, column) => cost(column, row)).forEach((row, column) => {
      if (row !== UNASSIGNED) result[row] = column;
    });
    return result;
  }
  // Rows and columns count from 1 here; 0 is the row that is being placed and the column that it comes from.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const cameFrom = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row += 1) {
    rowOf[0] = row;
    let at = augment(columns, cost, { rowPotential, columnPotential, rowOf, cameFrom });
    while (at !== 0) {
      const before = numberAt(cameFrom, at);
      rowOf[at] = numberAt(rowOf, before);
      at = before;
    }
  }
  const result = new Int32Array(rows).fill(UNASSIGNED);
  for (let column = 1; column <= columns; column += 1) {
    const row = numberAt(rowOf, column);
    if (row !== 0) result[row - 1] = column - 1;
  }
  return result;
}

interface State {
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
  readonly rowOf: Int32Array;
  readonly cameFrom: Int32Array;
}

/** Finds the cheapest way to a free column for the row at column 0; returns that column. */
function augment(columns: number, cost: (row: number, column: number) => number, state: State): number {
  const { rowPotential, columnPotential, rowOf, cameFrom } = state;
  const least = new Float64Array(columns + 1).fill(Infinity);
  const done = new Uint8Array(columns + 1);
  let at = 0;
  do {
    done[at] = 1;
    const row = numberAt(rowOf, at);
    let step = Infinity;
    let next = 0;
    for (let column = 1; column <= columns; column += 1) {
      if (done[column] === 1) continue;
      const reduced = cost(row - 1, column - 1) - numberAt(rowPotential, row) - numberAt(columnPotential, column);
      if (reduced < numberAt(least, column)) {
        least[column] = reduced;
        cameFrom[column] = at;
      }
      if (numberAt(least, column) < step) {
        step = numberAt(least, column);
        next = column;
      }
    }
    for (let column = 0; column <= columns; column += 1) {
      if (done[column] === 1) {
        const placed = numberAt(rowOf, column);
        rowPotential[placed] = numberAt(rowPotential, placed) + step;
        columnPotential[column] = numberAt(columnPotential, column) - step;
      } else least[column] = numberAt(least, column) - step;
    }
    at = next;
  } while (rowOf[at] !== 0);
  return at;
}
