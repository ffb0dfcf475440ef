import { expect, test } from 'vitest';
import { packValues, unpackValues } from '#shared/engine/store/value-list.ts';

test('values come back as they were, in their order, to the last bit of a fingerprint', () => {
  const values = [
    { side: 0, pointerId: 1, fingerprint: 2 ** 52 - 1, bits: 0 },
    { side: 1, pointerId: 2 ** 32 - 1, fingerprint: 1, bits: 4000 },
    { side: 1, pointerId: 7, fingerprint: 4_503_599_627_370_494, bits: 32_767 },
  ];
  expect(unpackValues(packValues(values))).toEqual(values);
  expect(unpackValues(packValues([]))).toEqual([]);
});

test('more bits of entropy than fit are the most that do, and never change the side', () => {
  expect(unpackValues(packValues([{ side: 0, pointerId: 1, fingerprint: 5, bits: 70_000 }]))).toEqual([
    { side: 0, pointerId: 1, fingerprint: 5, bits: 32_767 },
  ]);
});

test('a blob that is cut short gives its whole values, wherever it lies in memory', () => {
  const packed = packValues([
    { side: 0, pointerId: 1, fingerprint: 5, bits: 9 },
    { side: 1, pointerId: 2, fingerprint: 6, bits: 8 },
  ]);
  const moved = new Uint8Array(40);
  moved.set(packed, 3);
  expect(unpackValues(moved.subarray(3, 3 + 20))).toEqual([{ side: 0, pointerId: 1, fingerprint: 5, bits: 9 }]);
});
