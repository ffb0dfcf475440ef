import { expect, test } from 'vitest';
import { callPager, everyCall, type SortedQuery } from '#shared/engine/store/read/calls.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const byTime = (descending: boolean): SortedQuery => ({ key: '*', filter: everyCall, sort: { field: 'time', descending } });
const { db } = caseFromText(`
  00:03.0  agent:bot  GET  api.acme.test/c  200
  -        agent:bot  GET  api.acme.test/x  200
  00:01.0  agent:bot  GET  api.acme.test/a  404
  00:02.0  agent:bot  GET  api.acme.test/b  200`);
const paths = (query: SortedQuery, from: number, count: number): readonly (string | undefined)[] =>
  callPager(db)
    .page(1, query, from, count)
    .rows.map((row) => row.path);

test('calls come in time order, those without a time last in either direction', () => {
  expect(paths(byTime(false), 0, 10)).toEqual(['/a', '/b', '/c', '/x']);
  expect(paths(byTime(true), 0, 10)).toEqual(['/c', '/b', '/a', '/x']);
});

test('a page is a stretch of the whole and knows its length', () => {
  expect(callPager(db).page(1, byTime(false), 1, 2)).toMatchObject({ from: 1, total: 4 });
  expect(paths(byTime(false), 1, 2)).toEqual(['/b', '/c']);
});

test('the position of a call is its place in the pages, shallow or kept', () => {
  const pager = callPager(db);
  for (const descending of [false, true]) {
    const { rows } = pager.page(1, byTime(descending), 0, 10);
    expect(rows.map((row) => pager.position(1, byTime(descending), row.id))).toEqual([0, 1, 2, 3]);
    expect(pager.page(1, byTime(descending), 0, 10).rows.map((row) => row.id)).toEqual(rows.map((row) => row.id));
  }
});

test('a call that the filter leaves out has no position', () => {
  const failed: SortedQuery = {
    key: 'failed',
    filter: { where: 'c.status >= 400', params: [] },
    sort: { field: 'time', descending: false },
  };
  const pager = callPager(db);
  const [row] = pager.page(1, byTime(true), 0, 1).rows;
  expect(row?.status).toBe(200);
  expect(pager.position(1, failed, row?.id ?? -1)).toBeUndefined();
});
