import { numberAt } from './numbers.ts';
import { UNASSIGNED } from './assignment.ts';

/** A column that a row may get, and what that costs. */
export interface Choice {
  readonly column: number;
  readonly cost: number;
}

/** Columns looked at for one row; beyond it the row stays without one. */
const MAX_LOOKED = 400;

interface State {
  readonly choices: readonly (readonly Choice[])[];
  readonly room: (column: number) => number;
  readonly rowPotential: Float64Array;
  readonly columnPotential: Map<number, number>;
  readonly columnOf: Int32Array;
  readonly rowsOf: Map<number, number[]>;
}

/** The cheapest way for a row to a column with room, or to going without. */
interface Way {
  /** Rows reached, with the cost of the way there. */
  readonly rows: ReadonlyMap<number, number>;
  /** Columns reached, with the cost and the row that asks for it. */
  readonly columns: ReadonlyMap<number, { readonly cost: number; readonly row: number }>;
  /** Columns that are full and whose rows were reached in turn. */
  readonly visited: ReadonlySet<number>;
  readonly cost: number;
  /** The row that gets a column with room, or goes without. */
  readonly last: number;
  readonly column: number;
}

function findWay(state: State, first: number, none: number): Way {
  const { choices, room, rowPotential, columnPotential, rowsOf } = state;
  const rows = new Map<number, number>();
  const columns = new Map<number, { cost: number; row: number }>();
  const open = new Set<number>();
  const visited = new Set<number>();
  let without = { cost: Infinity, row: first };
  const reach = (row: number, cost: number): void => {
    rows.set(row, cost);
    const potential = numberAt(rowPotential, row);
    if (cost + none - potential < without.cost) without = { cost: cost + none - potential, row };
    for (const choice of choices[row] ?? []) {
      // Sums of fractions may come out a hair smaller the second time.
      if (visited.has(choice.column)) continue;
      const reduced = cost + choice.cost - potential - (columnPotential.get(choice.column) ?? 0);
      const known = columns.get(choice.column);
      if (known !== undefined && known.cost <= reduced) continue;
      columns.set(choice.column, { cost: reduced, row });
      open.add(choice.column);
    }
  };
  reach(first, 0);
  for (;;) {
    let next = UNASSIGNED;
    let least = without.cost;
    for (const column of open) {
      const cost = columns.get(column)?.cost ?? Infinity;
      if (cost < least) [next, least] = [column, cost];
    }
    if (next === UNASSIGNED || visited.size > MAX_LOOKED)
      return { rows, columns, visited, cost: without.cost, last: without.row, column: UNASSIGNED };
    const taken = rowsOf.get(next) ?? [];
    if (taken.length < room(next)) return { rows, columns, visited, cost: least, last: columns.get(next)?.row ?? first, column: next };
    open.delete(next);
    visited.add(next);
    for (const row of taken) reach(row, least);
  }
}

/** Gives each row along the way the column that it asks for; the column it had goes to the row before. */
function take({ columnOf, rowsOf }: State, { last, column, columns }: Way, first: number): void {
  for (let [row, next] = [last, column]; ;) {
    const before = numberAt(columnOf, row);
    columnOf[row] = next;
    if (next !== UNASSIGNED) rowsOf.set(next, [...(rowsOf.get(next) ?? []), row]);
    if (row === first) return;
    rowsOf.set(
      before,
      (rowsOf.get(before) ?? []).filter((other) => other !== row),
    );
    next = before;
    row = columns.get(before)?.row ?? first;
  }
}

/**
 * Gives rows to columns at least total cost where each row may only get a few columns. A row that would cost more than `none` goes without.
 * Shape:  `choices` by row; `room` is how many rows a column takes. Returns the column of each row, or UNASSIGNED.
 * Cost:   each row looks at the columns around it until one has room, mostly a handful, at most 400.
 * Source: shortest augmenting paths with potentials (Jonker and Volgenant 1987), on a sparse table.
 * Example: rows that ask for [A 4, B 1] and [A 9, B 0], room 1 each, none 20: B goes to the second, A to the first, 4 in all instead of 10.
 */
export function assignSparse(choices: readonly (readonly Choice[])[], room: (column: number) => number, none: number): Int32Array {
  const state: State = {
    choices,
    room,
    rowPotential: new Float64Array(choices.length),
    columnPotential: new Map(),
    columnOf: new Int32Array(choices.length).fill(UNASSIGNED),
    rowsOf: new Map(),
  };
  for (const row of choices.keys()) {
    const way = findWay(state, row, none);
    for (const [reached, cost] of way.rows)
      if (cost < way.cost) state.rowPotential[reached] = numberAt(state.rowPotential, reached) + way.cost - cost;
    for (const column of way.visited) {
      const cost = way.columns.get(column)?.cost ?? way.cost;
      state.columnPotential.set(column, (state.columnPotential.get(column) ?? 0) - (way.cost - cost));
    }
    take(state, way, row);
  }
  return state.columnOf;
}
