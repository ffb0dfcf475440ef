import { expect, test } from 'vitest';
import { standAmongPeers, usualReference } from '#shared/engine/passes/signals/peers.ts';

const crowd = (count: number) => Array.from({ length: count }, (_, index) => ({ value: 1 + (index % 3), group: 'a', kind: 'human' }));

test('one among many with fifty times their value stands far above them', () => {
  const standings = standAmongPeers([...crowd(200), { value: 100, group: 'a', kind: 'human' }]);
  const last = standings.at(-1);
  expect(last?.z).toBeGreaterThan(6);
  expect(last?.p).toBeLessThan(0.01);
  expect(last?.usual).toBeCloseTo(2);
});

test('a group of few is compared with all of its kind', () => {
  const standings = standAmongPeers([...crowd(200), { value: 100, group: 'alone', kind: 'human' }]);
  expect(standings.at(-1)?.peers).toBe(200);
});

test('a few wild scores do not belong to what is usual, a third of all does', () => {
  const calm = Array.from({ length: 100 }, (_, index) => index / 100);
  expect(usualReference([...calm, 50, 60]).sorted).toHaveLength(100);
  expect(usualReference([...calm, ...Array.from({ length: 50 }, () => 50)]).sorted).toHaveLength(150);
});
