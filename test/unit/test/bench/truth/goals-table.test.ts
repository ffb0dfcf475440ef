import { expect, test } from 'vitest';

import { goalsTable } from '#test/bench/truth/goals-table.ts';

const figure = (id: string, value: number) => ({ id, value, unit: 'share' as const, what: '' });
const budgets = {
  'detect.class': { budget: 0.8, goal: 0.95, better: 'higher' as const, why: '' },
  'detect.minutes': { budget: 90, goal: 60, why: '' },
};

test('each figure with a budget stands beside its goal, with its parts and the verdict of the whole', () => {
  const lines = goalsTable(budgets, [
    {
      title: 'all',
      figures: [figure('detect.class', 0.9), figure('detect.other', 1), { ...figure('detect.minutes', 30), unit: 'minutes' }],
    },
    { title: 'quiet', figures: [figure('detect.class', 0.875)] },
  ]);
  expect(lines).toEqual([
    '                 goal    all  quiet',
    'detect.class    0.950  0.900  0.875  within the budget',
    'detect.minutes   60.0   30.0      -    within the goal',
  ]);
});

test('without figures there is a head and nothing else', () => {
  expect(goalsTable(budgets, [])).toHaveLength(1);
});
