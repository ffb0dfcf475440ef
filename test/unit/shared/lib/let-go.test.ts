import { expect, test } from 'vitest';
import { letGo } from '#shared/lib/let-go.ts';
import { numberAt } from '#shared/lib/numbers.ts';

test('what was let go takes no memory, and spoils what still reads it', () => {
  const before = process.memoryUsage().arrayBuffers;
  const column = new Float64Array(4_000_000).fill(1);
  letGo(column);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
  expect(numberAt(column, 0)).toBeNaN();
});
