import { expect, test } from 'vitest';
import { assign, UNASSIGNED } from '#shared/lib/assignment.ts';
import { numberAt } from '#shared/lib/numbers.ts';

const solve = (costs: readonly (readonly number[])[]): readonly number[] =>
  Array.from(assign(costs.length, costs[0]?.length ?? 0, (row, column) => numberAt(costs[row] ?? [], column)));

test('the cheapest whole is chosen, not the cheapest first', () => {
  expect(solve([[4, 1], [2, 0]])).toEqual([1, 0]); // prettier-ignore
  expect(solve([[1, 2], [1, 9]])).toEqual([1, 0]); // prettier-ignore
});

test('with more rows than columns some rows stay without one', () => {
  expect(solve([[5], [1], [3]])).toEqual([UNASSIGNED, 0, UNASSIGNED]);
});

test('with more columns than rows some columns are left over', () => {
  expect(solve([[5, 1, 3]])).toEqual([1]);
});

test('nothing to assign is no error', () => {
  expect(solve([])).toEqual([]);
});

test('as cheap as the best of all orders, on small tables of chance', () => {
  let state = 7;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) % 100;
  const best = (costs: readonly (readonly number[])[], row: number, used: ReadonlySet<number>): number =>
    row === costs.length
      ? 0
      : Math.min(
          ...costs.flatMap((_, column) =>
            used.has(column) ? [] : [numberAt(costs[row] ?? [], column) + best(costs, row + 1, new Set([...used, column]))],
          ),
        );
  for (let round = 0; round < 20; round += 1) {
    const costs = Array.from({ length: 5 }, () => Array.from({ length: 5 }, next));
    const total = solve(costs).reduce((sum, column, row) => sum + numberAt(costs[row] ?? [], column), 0);
    expect(total).toBe(best(costs, 0, new Set()));
  }
});
