import { expect, test } from 'vitest';
import { printLimit } from '#renderer/views/settings/limit-words.ts';

test.each([
  [{ value: 16 * 1024 * 1024, unit: 'bytes' }, '16 MiB'],
  [{ value: 512, unit: 'bytes' }, '512 bytes'],
  [{ value: 1_500_000, unit: 'bytes' }, '1\u2009500\u2009000 bytes'],
  [{ value: 4096, unit: 'MiB' }, '4 GiB'],
  [{ value: 60_000, unit: 'ms' }, '1 m'],
  [{ value: 30 * 60_000_000, unit: 'µs' }, '30 m'],
  [{ value: 8192, unit: 'characters' }, '8\u2009192 characters'],
  [{ value: 100, unit: 'ratio' }, '100 : 1'],
  [{ value: 0.8, unit: 'share' }, '80 %'],
] as const)('%j is %s', (limit, text) => {
  expect(printLimit(limit)).toBe(text);
});
