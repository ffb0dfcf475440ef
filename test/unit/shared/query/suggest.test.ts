import { expect, test } from 'vitest';
import { closest, editDistance } from '#shared/query/suggest.ts';

test('distance counts edits, and two neighbours swapped as one', () => {
  expect([editDistance('statsu', 'status'), editDistance('host', 'hots'), editDistance('', 'abc'), editDistance('kind', 'kind')]).toEqual([
    1, 1, 3, 0,
  ]);
});

test('the nearest names come first, and nothing far away', () => {
  expect(closest('hst', ['path', 'host', 'status'])).toEqual(['host']);
  expect(closest('mcp', ['path', 'host'])).toEqual([]);
});
