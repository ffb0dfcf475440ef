import { expect, test } from 'vitest';
import { narrowArray } from '#shared/lib/narrow-array.ts';

test('an array holds its largest number, in the fewest bytes', () => {
  const held = [127, 128, 32_767, 32_768, 2 ** 31 - 1, 2 ** 32 - 1].map((largest) => {
    const array = narrowArray(1, largest);
    array[0] = largest;
    return [array[0], array.BYTES_PER_ELEMENT];
  });
  expect(held).toEqual([[127, 1], [128, 2], [32_767, 2], [32_768, 4], [2 ** 31 - 1, 4], [2 ** 32 - 1, 4]]); // prettier-ignore
});

test('an array below 2³¹ holds -1 for none', () => {
  expect([1, 1_000, 1_000_000].map((largest) => narrowArray(1, largest).fill(-1)[0])).toEqual([-1, -1, -1]);
});
