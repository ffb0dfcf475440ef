import { expect, test } from 'vitest';
import { loadIds } from '#shared/engine/store/columns/load-columns.ts';
import { loadTexts } from '#shared/engine/store/columns/path-text.ts';
import { compareTexts, sortByPath } from '#shared/engine/store/columns/sort-paths.ts';
import { runSteps } from '#shared/lib/steps.ts';
import { caseOfPaths, noBreath } from '#test/support/call-search.ts';

const odd = ['/b', null, '/a', '/\u{1f600}', '/\uff5e', '/B', '/ab', '/a', '', '/a\nb', '/a b', '/é', '/\u007f', '/\u0080'];

test.each([
  ['all sorts', Array.from({ length: 9000 }, (_, index) => odd[(index * 5 + (index >> 7)) % odd.length] ?? null)],
  ['plain', Array.from({ length: 20_000 }, (_, index) => `/v1/items/${String((index * 7919) % 15_000)}`)],
  ['alike', Array.from({ length: 100 }, () => '/same')],
])('paths of %s kinds sort as SQLite sorts them, equal ones by their ids, absent ones last', async (_name, paths) => {
  const db = caseOfPaths(paths);
  const ids = runSteps(loadIds(db, paths.length));
  const all = ids.map((_id, ordinal) => ordinal);
  const { order, known } = await sortByPath(await loadTexts(db, ids, 'path', noBreath), all, noBreath);
  const expected = db.prepare('SELECT id FROM call ORDER BY path IS NULL, path, id').all<{ id: number }>();
  expect([...order].map((ordinal) => ids[ordinal])).toEqual(expected.map(({ id }) => id));
  expect(known).toBe(paths.filter((path) => path !== null).length);
});

test('texts are compared by their UTF-8 bytes', () => {
  expect(compareTexts('\u{1f600}', '\u{1f600}a')).toBeLessThan(0);
  expect(compareTexts('\u{1f600}', '\uff5e')).toBeGreaterThan(0);
  expect(compareTexts('a', 'a')).toBe(0);
});
