import { expect, test } from 'vitest';
import { kubectl } from '#shared/engine/importers/envelopes/kubectl.ts';

test.each([
  ['[pod/orders-7d9f/nginx] GET /', 'GET /', { host: 'orders-7d9f', program: 'nginx', time: undefined }],
  ['[pod/a/b] 2026-01-02T03:04:05.1Z GET /', 'GET /', { host: 'a', program: 'b', time: '2026-01-02T03:04:05.1Z' }],
])('%s gives its line, pod and container', (text, line, outer) => {
  expect(kubectl.unwrap(text)).toEqual({ text: line, outer });
});

test('a time in brackets is no pod', () => {
  expect(kubectl.unwrap('[24/Jan/2022:16:51:02 +0000] 404 - GET')).toBeUndefined();
});
