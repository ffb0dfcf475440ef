import { expect, test } from 'vitest';
import { readAccessRest } from '#shared/engine/importers/access/access-rest.ts';

test.each([
  ['"198.51.100.4, 10.0.0.1"', { forwardedFor: '198.51.100.4, 10.0.0.1', unread: '' }],
  ['"198.51.100.4" 0.120 0.118', { forwardedFor: '198.51.100.4', durationMs: 120, timings: [['upstream', 118]], unread: '' }],
  ['0.118 0.120', { durationMs: 120, timings: [['upstream', 118]], unread: '' }],
  [
    'rt=0.120 uct="0.001" uht="-" urt="0.118"',
    {
      durationMs: 120,
      timings: [
        ['upstream-connect', 1],
        ['upstream', 118],
      ],
      unread: '',
    },
  ],
  ['rt=0.1 uht="0.1"', { durationMs: 100, timings: [['upstream-header', 100]], unread: '' }],
  ['rt=12', { unread: 'rt=12' }],
  ['"unknown, [fd00::1]:54321,10.1.1.1:80"', { forwardedFor: 'unknown, [fd00::1]:54321,10.1.1.1:80', unread: '' }],
  ['"unknown"', { unread: '"unknown"' }],
  ['kong_request_id: "e8f5"', { requestId: 'e8f5', unread: '' }],
  ['"abc" 116075', { unread: '"abc" 116075' }],
  ['0.1 3.10 77', { unread: '0.1 3.10 77' }],
  ['0.100 0.200 0.300', { unread: '0.100 0.200 0.300' }],
  ['TLSv1.3 token=x', { unread: 'TLSv1.3 token=x' }],
  ['"no end', { unread: '"no end' }],
  ['', { unread: '' }],
])('the tail %s says what it can only mean', (rest, expected) => {
  expect(readAccessRest(rest)).toEqual(expected);
});

test('a tail of quotes is judged at once', () => {
  const started = performance.now();
  for (const text of ['"\\'.repeat(2000), 'a='.repeat(2000), '"'.repeat(4000)]) readAccessRest(text);
  expect(performance.now() - started).toBeLessThan(200);
});
