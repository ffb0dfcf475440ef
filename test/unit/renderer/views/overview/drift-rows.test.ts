import { expect, test } from 'vitest';
import { driftNote, firstRows } from '#renderer/views/overview/drift-rows.ts';
import { groupDrift } from '#shared/model/drift-groups.ts';
import type { BaselineDrift } from '#shared/model/baseline-drift.ts';

const endpoint = (index: number, change: BaselineDrift['change']): BaselineDrift => ({
  what: 'endpoint',
  endpoint: `GET a.test/${String(index)}`,
  change,
});

test('the first rows are a few of each sort, so that many of one do not hide another', () => {
  const drift = [...Array.from({ length: 20 }, (_, index) => endpoint(index, 'new')), endpoint(99, 'gone')];
  expect(firstRows(groupDrift(drift)).map(({ change }) => change)).toEqual(['new', 'new', 'new', 'gone']);
  expect(firstRows([])).toEqual([]);
});

test('a row says how much of it there is, and nothing that nobody counted', () => {
  expect(driftNote({ what: 'host', change: 'new', after: 2.2, callsAfter: 2 })).toBe('2 calls');
  expect(driftNote({ what: 'host', change: 'gone', before: 56.11 })).toBe('56 a day before, none after');
  expect(driftNote({ what: 'host', change: 'more', before: 1.234, after: 1200 })).toBe('1\u2009200 a day, 1.23 before');
  expect(driftNote({ what: 'pair', change: 'new' })).toBe('not called before');
  expect(driftNote({ what: 'endpoint', change: 'new' })).toBe('not seen before');
});
