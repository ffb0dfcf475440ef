import { expect, test } from 'vitest';

import { judge, readBudgets, sayFigure } from '#test/bench/budget.ts';

const budget = { budget: 2, goal: 1, why: 'because' };

test('a figure is within the goal, within the budget, above it, or has none', () => {
  expect(judge({ value: 1 }, budget)).toBe('within the goal');
  expect(judge({ value: 1.5 }, budget)).toBe('within the budget');
  expect(judge({ value: 2.01 }, budget)).toBe('ABOVE THE BUDGET');
  expect(judge({ value: 99 }, undefined)).toBe('no budget');
});

test('where more is better, a figure must not fall below its budget', () => {
  const share = { budget: 0.8, goal: 0.9, why: 'because', better: 'higher' } as const;
  expect(judge({ value: 0.95 }, share)).toBe('within the goal');
  expect(judge({ value: 0.8 }, share)).toBe('within the budget');
  expect(judge({ value: 0.79 }, share)).toBe('BELOW THE BUDGET');
});

test('a line says figure, budget, goal and verdict', () => {
  expect(sayFigure({ id: 'import.x', value: 1.234, unit: 'ratio', what: 'a ÷ b' }, budget)).toBe(
    'import.x: 1.23 (budget 2.00, goal 1.00), within the budget: a ÷ b',
  );
});

test('every budget gives a reason, and none is below its goal', () => {
  for (const [id, entry] of Object.entries(readBudgets())) {
    expect(entry.why, id).not.toBe('');
    const sign = entry.better === 'higher' ? -1 : 1;
    expect(sign * entry.budget, id).toBeGreaterThanOrEqual(sign * entry.goal);
  }
});
