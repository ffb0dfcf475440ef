import { expect, test } from 'vitest';
import { offsetToShow, rowTop, scrollScale, TALLEST } from '#renderer/widgets/table/scroll-scale.ts';

test('a short table scrolls as it is', () => {
  expect(scrollScale(24_000, 500)).toEqual({ height: 24_000, factor: 1 });
  expect(rowTop(10, 24, 5000, 1)).toBe(240);
});

test('three million rows fit into what a browser can make tall, and the last one can be reached', () => {
  const rows = 3_000_000;
  const viewport = 600;
  const { height, factor } = scrollScale(rows * 24, viewport);
  expect(height).toBe(TALLEST);
  const lowest = height - viewport; // px of the scrollbar
  const offset = lowest * factor;
  expect(rowTop(rows - 1, 24, offset, factor)).toBeCloseTo(height - 24, 3);
});

test('showing a row moves as little as possible', () => {
  expect(offsetToShow(5, 24, 0, 240)).toBe(0);
  expect(offsetToShow(12, 24, 0, 240)).toBe(72);
  expect(offsetToShow(2, 24, 100, 240)).toBe(48);
});
