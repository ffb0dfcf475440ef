import { expect, test } from 'vitest';
import { parseOff, printOff } from '#renderer/state/off-conditions.ts';
import { toClause } from '#shared/query/edit.ts';

test('conditions come back as they were switched off, also with line breaks and percent signs in captured values', () => {
  const conditions = ['status >= 400', toClause('path', '/a\n/b'), 'path:/50%0A', 'path:/%25', 'path:"%\n"'];
  expect(parseOff(printOff(conditions))).toEqual(conditions);
});

test('no condition is nothing in the link', () => {
  expect(printOff([])).toBeUndefined();
  expect(parseOff(undefined)).toEqual([]);
});
