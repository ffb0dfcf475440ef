import { expect, test } from 'vitest';
import { route, routeDown } from '#renderer/charts/graph-routes.ts';

test('a curve leaves to the right and arrives from the left, its name in the middle', () => {
  expect(route({ x: 0, y: 0 }, { x: 100, y: 50 })).toEqual({ d: 'M0.0 0.0C50.0 0.0 50.0 50.0 100.0 50.0', middle: { x: 50, y: 25 } });
});

test('downwards it is the same curve with both axes swapped', () => {
  expect(routeDown({ x: 0, y: 0 }, { x: 50, y: 100 })).toEqual({ d: 'M0.0 0.0C0.0 50.0 50.0 50.0 50.0 100.0', middle: { x: 25, y: 50 } });
});

test('an edge back goes around', () => {
  expect(route({ x: 100, y: 0 }, { x: 0, y: 0 }).middle.y).toBeGreaterThan(20);
});
