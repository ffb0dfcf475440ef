import { expect, test } from 'vitest';
import { BY_CURSOR, readPage } from '#shared/engine/passes/signals/page-of.ts';

test('a page is told by its number, its first row or the mark of the page before', () => {
  expect(readPage('limit=50&page=3')).toBe(3);
  expect(readPage('offset=150&limit=50')).toBe(150);
  expect(readPage('cursor=eyJpZCI6M30')).toBe(BY_CURSOR);
});

test('other parameters, and pages that are no numbers, are none', () => {
  expect(readPage('homepage=3')).toBeNaN();
  expect(readPage('page=last')).toBeNaN();
  expect(readPage(undefined)).toBeNaN();
});
