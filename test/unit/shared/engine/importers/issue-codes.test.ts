import { expect, test } from 'vitest';
import { meaningOf } from '#shared/engine/importers/issue-codes.ts';

test('a code is explained in words, and one that is not known stands for itself', () => {
  expect(meaningOf('HAR_TRUNCATED')).toBe('the file ends inside an entry');
  for (const unknown of ['FROM_THE_FUTURE', 'constructor', '']) expect(meaningOf(unknown)).toBe(unknown);
});
