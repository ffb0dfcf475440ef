import { expect, test } from 'vitest';
import { describeParts, toStatusParts } from '#renderer/views/inventory/status-mix.ts';

test('statuses add up by class, in the order of the bar', () => {
  expect(toStatusParts({ 200: 2, 201: 1, 404: 1 }, 4, 1)).toEqual([
    { name: '2xx', calls: 3, share: 0.75 },
    { name: '4xx', calls: 1, share: 0.25 },
  ]);
});

test('calls whose status no record has are unknown', () => {
  expect(toStatusParts({ 200: 1 }, 4, 0).map(({ name, calls }) => `${name} ${String(calls)}`)).toEqual(['2xx 1', 'unknown 3']);
});

test('the bar is said in words, an empty one too', () => {
  expect(describeParts(toStatusParts({ 200: 3, 500: 1 }, 4, 1))).toBe('2xx 3 (75 %), 5xx 1 (25 %)');
  expect(describeParts(toStatusParts({}, 0, 0))).toBe('no calls');
});

test('calls that came to nothing without a status have a stretch of their own', () => {
  expect(describeParts(toStatusParts({ 200: 1, 503: 1 }, 5, 3))).toBe(
    '2xx 1 (20 %), 5xx 1 (20 %), failed without a status 2 (40 %), unknown 1 (20 %)',
  );
});
