import { expect, test } from 'vitest';
import { assign, UNASSIGNED } from '#shared/lib/assignment.ts';
import { assignSparse, type Choice } from '#shared/lib/sparse-assignment.ts';

const NONE_COST = 12;

/** Rows as cells of a table, `.` where a row may not have the column. */
const table = (text: string): readonly (readonly Choice[])[] =>
  text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/\s+/)
        .flatMap((cell, column) => (cell === '.' ? [] : [{ column, cost: Number(cell) }])),
    );

test('the cheapest whole is chosen, not the cheapest first', () => {
  expect(Array.from(assignSparse(table('4 1\n9 0'), () => 1, NONE_COST))).toEqual([0, 1]);
});

test('a row goes without rather than cost more than that, and where all its columns are full', () => {
  expect(Array.from(assignSparse(table('20'), () => 1, NONE_COST))).toEqual([UNASSIGNED]);
  expect(Array.from(assignSparse(table('3\n1'), () => 1, NONE_COST))).toEqual([UNASSIGNED, 0]);
});

test('a column takes as many rows as it has room for', () => {
  expect(
    Array.from(assignSparse(table('1 5\n1 5\n1 5'), (column) => (column === 0 ? 2 : 1), NONE_COST)).filter((column) => column === 0),
  ).toHaveLength(2);
});

test('costs as little as the dense method, on tables of chance, whatever the rounding of fractions', () => {
  let state = 7;
  const next = (): number => ((state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >>> 8) % 100;
  for (let round = 0; round < 60; round += 1) {
    const [rows, columns] = [2 + (next() % 7), 2 + (next() % 7)];
    const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () => (next() < 60 ? next() / 10 : undefined)));
    const choices = cells.map((row) => row.flatMap((cost, column) => (cost === undefined ? [] : [{ column, cost }])));
    const costOf = (row: number, column: number): number =>
      column === UNASSIGNED || column >= columns ? NONE_COST : (cells[row]?.[column] ?? 1e6);
    const sum = (chosen: ArrayLike<number>): number => Array.from(chosen).reduce((total, column, row) => total + costOf(row, column), 0);
    expect(sum(assignSparse(choices, () => 1, NONE_COST))).toBeCloseTo(sum(assign(rows, columns + rows, costOf)), 6);
  }
});
