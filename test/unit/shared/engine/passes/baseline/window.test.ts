import { expect, test } from 'vitest';
import { chooseWindow, HOUR } from '#shared/engine/passes/baseline/window.ts';

const quiet = [9, 4, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0];

test('the baseline ends before the first surprising hour of the second half', () => {
  const surprise = [...quiet, 0, 0, 20, 3];
  expect(chooseWindow(0, 16 * HOUR, surprise)).toMatchObject({ from: 0, to: 14 * HOUR - 1 });
});

test('without one, the last fifth is kept apart', () => {
  expect(chooseWindow(0, 12 * HOUR, quiet)).toMatchObject({
    to: 10 * HOUR - 1,
    why: 'no hour stands out, so the last fifth is kept apart',
  });
});

test('an incident in the first half does not leave a baseline of minutes', () => {
  expect(chooseWindow(0, 12 * HOUR, [0, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])?.to).toBe(10 * HOUR - 1);
});

test('a few hours have no baseline', () => {
  expect(chooseWindow(0, 5 * HOUR, [1, 1, 1, 1, 1])).toBeUndefined();
});
