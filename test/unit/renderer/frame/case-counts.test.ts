import { expect, test } from 'vitest';
import { countsOf } from '#renderer/frame/case-counts.ts';
import { EMPTY_LOG } from '#renderer/state/import-log.ts';

const source = { name: 'a.log', bytes: 10, accepted: 40, rejected: 2, done: false };

test('a case says how many calls and sources it holds', () => {
  expect(countsOf({ calls: 1, sources: 2 }, undefined)).toBe('1 call · 2 sources');
  expect(countsOf({ calls: 0, sources: 0 }, undefined)).toBe('0 calls · 0 sources');
  expect(countsOf(undefined, undefined)).toBeUndefined();
});

test('an import says what it has read until its first calls are there, never that there are none', () => {
  expect(countsOf({ calls: 0, sources: 1 }, EMPTY_LOG)).toBe('Looking at the files');
  expect(countsOf({ calls: 0, sources: 1 }, { ...EMPTY_LOG, current: source, accepted: 100 })).toBe('142 records read so far');
  expect(countsOf(undefined, { ...EMPTY_LOG, accepted: 1 })).toBe('1 record read so far');
});

test('calls that can be listed already are counted while the import goes on', () => {
  expect(countsOf({ calls: 5, sources: 1 }, { ...EMPTY_LOG, accepted: 9 })).toBe('5 calls so far · 1 source');
});
