import { expect, test } from 'vitest';
import { hostPath } from '#shared/lib/host-path.ts';

test.each([
  ['s3.amazonaws.com', 'GetObject', 's3.amazonaws.com/GetObject'],
  ['a.test', '/v1', 'a.test/v1'],
  ['a.test', '', 'a.test'],
  ['a.test', '?q=1', 'a.test?q=1'],
  ['', 'GetObject', 'GetObject'],
])('%s and %s are written %s', (host, path, text) => {
  expect(hostPath(host, path)).toBe(text);
});
