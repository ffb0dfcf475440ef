import { expect, test } from 'vitest';
import { AppError, toAppError } from '#shared/contract/errors.ts';

const sqlite = (code: string): Error => Object.assign(new Error('database disk image is malformed'), { code });

test.each([
  ['SQLITE_CORRUPT', 'damaged-case'],
  ['SQLITE_CORRUPT_INDEX', 'damaged-case'],
  ['SQLITE_NOTADB', 'damaged-case'],
  ['SQLITE_BUSY', 'locked-case'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked-case'],
  ['SQLITE_READONLY', 'unreadable'],
  ['SQLITE_FULL', 'unreadable'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'internal'],
  ['ENOSPC', 'unreadable'],
  ['EDQUOT', 'unreadable'],
  ['ENOENT', 'internal'],
])('%s of SQLite or the system is %s', (code, expected) => {
  const error = toAppError(sqlite(code));
  expect(error.code).toBe(expected);
  expect(error.message).toContain('database disk image is malformed');
});

test('an error of ours stays as it is, anything else is a bug that keeps its cause', () => {
  const own = new AppError('bad-query', 'here');
  expect(toAppError(own)).toBe(own);
  const cause = new TypeError('undefined is not a function');
  expect(toAppError(cause)).toMatchObject({ code: 'internal', cause });
  expect(toAppError('text').message).toBe('text');
});
