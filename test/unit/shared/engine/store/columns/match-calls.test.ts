import { fc } from '#test/support/property.ts';
import { describe, expect, test } from 'vitest';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { CALLS_FROM } from '#shared/engine/store/read/calls/calls.ts';
import type { CallQuery } from '#shared/engine/store/columns/call-search.ts';
import { printQuery } from '#shared/query/print.ts';
import { asked, askedText, caseOfPaths, foundIds, noBreath, searchOver } from '#test/support/call-search.ts';
import { queryArbitrary } from '#test/support/query-arbitrary.ts';
import { randomQueryCase } from '#test/support/query-case.ts';
import { fits } from '#test/support/query-evaluator.ts';

const idsBySql = (db: SqlDriver, { filter }: CallQuery): readonly number[] =>
  db
    .prepare(`SELECT c.id AS id ${CALLS_FROM} WHERE ${filter.where} ORDER BY c.id`)
    .all<{ id: number }>(...filter.params)
    .map((row) => row.id);

test('random queries find the same calls in memory as a plain evaluator and as SQLite', async () => {
  const { db, rows } = randomQueryCase(11, 400);
  const search = searchOver(db);
  await fc.assert(
    fc.asyncProperty(queryArbitrary, async (ast) => {
      const found = await foundIds(search, asked(ast));
      expect(found, printQuery(ast)).toEqual(idsBySql(db, asked(ast)));
      const expected = rows.filter((row) => fits(ast, row)).map((row) => row.call.id);
      expect(found, printQuery(ast)).toEqual(expected.sort((a, b) => a - b));
    }),
    { numRuns: 800 },
  );
});

const odd = ['/a\nb', null, '', '/Ünder/STRASSE', '/a', 'b', '/x/\u{1f600}/y', '/a/b/a', '/İ', '/ab*c?[d]', '%', '/ab', 'a/'];
const manyOdd = Array.from({ length: 20_000 }, (_, index) => odd[(index * 7 + (index >> 9)) % odd.length] ?? null);
const manyPlain = Array.from({ length: 20_000 }, (_, index) => `/v1/Items/${String((index * 37) % 5000)}`);

const queries = [
  'a',
  '"a b"',
  '"\n"',
  'ünder',
  'Ünder',
  'STRASSE',
  'strasse',
  'i',
  '"%"',
  'ab*c',
  'a*a',
  '\u{1f600}',
  'path:/a',
  'path:""',
  'path:*',
  '-path:*',
  'path:/a*',
  'path:*b',
  'path:*a*b*',
  'path:/a*a',
  'path:(/ab or b or /x*)',
  'items 12',
  'path:/v1/Items/*99',
  'path:/v1/items/*',
];

test.each([
  ['line breaks, absent and foreign ones', manyOdd],
  ['nothing unusual', manyPlain],
])('words and patterns find the paths that SQLite finds among 20,000 with %s', async (_name, paths) => {
  const db = caseOfPaths(paths);
  const search = searchOver(db);
  for (const text of queries) {
    const query = askedText(text);
    expect(await foundIds(search, query), text).toEqual(idsBySql(db, query));
  }
});

test('with a star capitals do not count, without one they do', async () => {
  const search = searchOver(caseOfPaths(['/computeMetadata/v1/', '/metadata', '/a']));
  expect(await foundIds(search, askedText('path:*metadata*'))).toEqual([5, 7]);
  expect(await foundIds(search, askedText('path:/COMPUTE*'))).toEqual([5]);
  expect(await foundIds(search, askedText('path:/Metadata'))).toEqual([]);
});

test('where a path holds U+0000, SQLite decides', async () => {
  const db = caseOfPaths(['/a\0b', '/a', '/b']);
  const search = searchOver(db);
  for (const text of ['b', 'a', 'path:/a', 'path:/a*', 'path:*b']) {
    const query = askedText(text);
    expect(await foundIds(search, query), text).toEqual(idsBySql(db, query));
  }
});

test('calls that come later are found by the next question', async () => {
  const db = caseOfPaths(['/a', '/b']);
  const search = searchOver(db);
  expect(await foundIds(search, askedText('path:/a'))).toEqual([5]);
  db.exec("INSERT INTO call (id, source_id, record, byte_start, byte_length, time_kind, path, flags) VALUES (90, 1, 90, 0, 0, 0, '/a', 0)");
  expect(await foundIds(search, askedText('path:/a'))).toEqual([5, 90]);
});

describe('a query that takes long', () => {
  const many = caseOfPaths(Array.from({ length: 100_000 }, (_, index) => `/item/${String(index)}`));
  const query = askedText('ref:a#7*');

  test('tells how far it is, and stopped it answers with the calls that it has looked at', async () => {
    const search = searchOver(many);
    const seen: number[] = [];
    const found = await search.find(query, () => {
      const progress = search.progress(query);
      if (progress !== undefined && progress.read > 0) {
        seen.push(progress.read);
        search.stop(query);
      }
      return Promise.resolve();
    });
    expect(seen[0]).toBe(32_768);
    expect(found?.partial).toEqual({ read: 32_768, of: 100_000 });
    expect(found?.mask.lastIndexOf(1)).toBeLessThan(32_768);
    const stopped = found?.total ?? 0;
    expect((await search.find(query, noBreath))?.total).toBe(stopped);
    search.forget(query);
    const whole = await search.find(query, noBreath);
    expect(whole?.partial).toBeUndefined();
    expect(whole?.total).toBeGreaterThan(stopped);
    expect(search.progress(query)).toBeUndefined();
  });

  test('leaves out what was not looked at, also for what is not', async () => {
    const search = searchOver(many);
    const without = askedText('-ref:a#7* and -query:nothing*');
    const found = await search.find(without, () => {
      search.stop(without);
      return Promise.resolve();
    });
    expect(found?.partial?.read).toBeLessThan(100_000);
    expect(found?.mask.lastIndexOf(1)).toBeLessThan(found?.partial?.read ?? 0);
  });
});
