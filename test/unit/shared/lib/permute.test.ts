import { expect, test } from 'vitest';
import { permute } from '#shared/lib/permute.ts';
import { seededRandom } from '#test/support/large/random.ts';

test('columns of any width come into one order', () => {
  const [wide, narrow] = [Float64Array.of(1.5, NaN, 3.5), Int8Array.of(-1, 7, 9)];
  permute([wide, narrow], Uint32Array.of(2, 0, 1));
  expect([...wide]).toEqual([3.5, 1.5, NaN]);
  expect([...narrow]).toEqual([9, -1, 7]);
});

test('any order gives what a copy would give', () => {
  const random = seededRandom('permute');
  const order = Uint32Array.from({ length: 300 }, (_, place) => place).sort(() => random.int(0, 2) - 1);
  const column = Int32Array.from({ length: 300 }, (_, place) => place * 7);
  const expected = Array.from(order, (place) => place * 7);
  permute([column], order);
  expect([...column]).toEqual(expected);
});
