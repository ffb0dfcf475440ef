import { expect, test } from 'vitest';
import { route, routeTowards } from '#shared/graph/graph-routes.ts';

test('a curve leaves to the right and arrives from the left, its name in the middle', () => {
  const { d, spots } = route({ x: 0, y: 0 }, { x: 100, y: 50 });
  expect(d).toBe('M0.0 0.0C50.0 0.0 50.0 50.0 100.0 50.0');
  expect(spots[0]).toEqual({ x: 50, y: 25 });
});

test('downwards it is the same curve with both axes swapped', () => {
  const { d, spots } = routeTowards('down', { x: 0, y: 0 }, { x: 50, y: 100 });
  expect(d).toBe('M0.0 0.0C0.0 50.0 50.0 50.0 50.0 100.0');
  expect(spots[0]).toEqual({ x: 25, y: 50 });
});

test('it goes through its bends, and its name may stand on any of its pieces', () => {
  const { d, spots } = route({ x: 0, y: 0 }, { x: 90, y: 0 }, [
    { x: 30, y: 40 },
    { x: 60, y: 40 },
  ]);
  expect(d).toContain(' 30.0 40.0C');
  expect(spots[0]).toEqual({ x: 45, y: 40 });
  expect(spots).toHaveLength(21);
});

test('an edge back goes around', () => {
  expect(route({ x: 100, y: 0 }, { x: 0, y: 0 }).spots[0]?.y).toBeGreaterThan(20);
});
