import { expect, test } from 'vitest';
import { shapeOf } from '#shared/engine/detectors/bola/id-walk.ts';

test('a walk of more steps than a call takes arguments is still looked at', () => {
  const id = Array.from({ length: 200_000 }, (_, at) => at);
  // Squares: no step is like another.
  const calls = { call: id, time: id, id, number: id.map((at) => at * at), status: id.map(() => 404) };
  expect(shapeOf(calls, { from: 0, to: id.length })).toMatchObject({ distinct: 200_000, missShare: 1 });
});
