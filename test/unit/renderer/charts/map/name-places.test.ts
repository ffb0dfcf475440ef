import { expect, test } from 'vitest';
import { placeNames } from '#renderer/charts/map/name-places.ts';

const name = (...spots: readonly number[]) => ({ width: 20, height: 10, spots: spots.map((x) => ({ x, y: 0 })) });

test('a name keeps away from nodes and from the names before it', () => {
  const node = { x: 0, y: 0, width: 30, height: 24 };
  expect(placeNames([name(10, 50), name(50, 75)], [node])).toEqual([
    { x: 50, y: 0 },
    { x: 75, y: 0 },
  ]);
});

test('a name without room is left out rather than written over another', () => {
  expect(placeNames([name(50), name(55)], [])).toEqual([{ x: 50, y: 0 }, undefined]);
});
