import { expect, test } from 'vitest';
import { append } from '#shared/lib/append.ts';

test('items go to the end in their order, more of them than a call takes arguments', () => {
  const list = [7];
  append(
    list,
    Array.from({ length: 200_000 }, (_, at) => at),
  );
  expect([list.length, list[0], list[1], list.at(-1)]).toEqual([200_001, 7, 0, 199_999]);
});
