import { expect, test } from 'vitest';

import { findBudget, isBroken, judge, readBudgets, sayFigure } from '#test/bench/budget.ts';

const budget = { budget: 2, goal: 1, why: 'because' };

test('a figure is within the goal, within the budget, above it, or has none', () => {
  expect(judge({ value: 1 }, budget)).toBe('within the goal');
  expect(judge({ value: 1.5 }, budget)).toBe('within the budget');
  expect(judge({ value: 2.01 }, budget)).toBe('ABOVE THE BUDGET');
  expect(judge({ value: 99 }, undefined)).toBe('no budget');
});

test('of a figure that should be high, less is worse', () => {
  const high = { budget: 0.8, goal: 0.95, better: 'higher', why: 'because' } as const;
  expect(judge({ value: 0.97 }, high)).toBe('within the goal');
  expect(judge({ value: 0.8 }, high)).toBe('within the budget');
  expect(judge({ value: 0.79 }, high)).toBe('BELOW THE BUDGET');
  expect(['BELOW THE BUDGET', 'ABOVE THE BUDGET', 'no budget'].map((verdict) => isBroken(verdict as 'no budget'))).toEqual([
    true,
    true,
    false,
  ]);
});

test('a figure without a line of its own has that of its kind', () => {
  const own = { ...budget, budget: 9 };
  const budgets = { 'detect.false.*': budget, 'detect.false.burst': own };
  expect(['detect.false.burst', 'detect.false.slow', 'detect.rank'].map((id) => findBudget(budgets, id))).toEqual([own, budget, undefined]);
});

test('a line says figure, budget, goal and verdict', () => {
  expect(sayFigure({ id: 'import.x', value: 1.234, unit: 'ratio', what: 'a ÷ b' }, budget)).toBe(
    'import.x: 1.23 (budget 2.00, goal 1.00), within the budget: a ÷ b',
  );
});

test('every budget gives a reason, and none is stricter than its goal', () => {
  for (const [id, entry] of Object.entries(readBudgets())) {
    expect(entry.why, id).not.toBe('');
    const [worse, better] = entry.better === 'higher' ? [entry.goal, entry.budget] : [entry.budget, entry.goal];
    expect(worse, id).toBeGreaterThanOrEqual(better);
  }
});
