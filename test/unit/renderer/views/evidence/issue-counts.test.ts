import { expect, test } from 'vitest';
import { sumByCode, sumBySeverity } from '#renderer/views/evidence/issue-counts.ts';

const COUNTS = [
  { source: 'a', severity: 'reject', code: 'JSON_SYNTAX', meaning: 'not JSON', count: 3 },
  { source: 'b', severity: 'reject', code: 'JSON_SYNTAX', meaning: 'not JSON', count: 4 },
  { source: 'b', severity: 'skip', code: 'NOT_HTTP', meaning: 'no call', count: 90 },
] as const;

test('kinds are counted over all sources', () => {
  expect(sumBySeverity(COUNTS)).toEqual({ all: 97, reject: 7, skip: 90, warning: 0 });
});

test('reasons stand with the most frequent first, those of one kind when it is asked for', () => {
  expect(sumByCode(COUNTS, undefined).map(({ code, count }) => [code, count])).toEqual([
    ['NOT_HTTP', 90],
    ['JSON_SYNTAX', 7],
  ]);
  expect(sumByCode(COUNTS, 'reject').map(({ code }) => code)).toEqual(['JSON_SYNTAX']);
});
