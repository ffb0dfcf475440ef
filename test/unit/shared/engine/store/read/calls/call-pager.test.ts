import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { bumpRevision } from '#shared/engine/store/meta.ts';
import { callPager, type CallPager, type SortedQuery } from '#shared/engine/store/read/calls/call-pager.ts';
import { askedText, caseOfPaths, noBreath, searchOver } from '#test/support/call-search.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { randomQueryCase } from '#test/support/query-case.ts';

const byTime = (descending: boolean, text = '*'): SortedQuery => ({ ...askedText(text), sort: { field: 'time', descending } });
const { db } = caseFromText(`
  00:03.0  agent:bot  GET  api.acme.test/c  200
  -        agent:bot  GET  api.acme.test/x  200
  00:01.0  agent:bot  GET  api.acme.test/a  404
  00:02.0  agent:bot  GET  api.acme.test/b  200`);

describe.each([
  ['in memory', undefined],
  ['too large for memory', 0],
])('a case %s', (_name, most) => {
  const pagerOver = (): CallPager => callPager(searchOver(db, most));
  const paths = async (query: SortedQuery, from: number, count: number): Promise<readonly (string | undefined)[]> => {
    const page = await pagerOver().page(query, from, count, noBreath);
    return page.rows.map((row) => row.path);
  };

  test('calls come in time order, those without a time last in either direction', async () => {
    expect(await paths(byTime(false), 0, 10)).toEqual(['/a', '/b', '/c', '/x']);
    expect(await paths(byTime(true), 0, 10)).toEqual(['/c', '/b', '/a', '/x']);
    expect(await paths(byTime(true, 'status:200'), 0, 10)).toEqual(['/c', '/b', '/x']);
  });

  test('a page is a stretch of the whole', async () => {
    expect(await paths(byTime(false), 1, 2)).toEqual(['/b', '/c']);
    expect(await paths(byTime(false, 'status:200'), 1, 1)).toEqual(['/c']);
  });

  test('rows of all calls come without their count, which is there once it was asked for', async () => {
    const pager = pagerOver();
    expect((await pager.page(byTime(false), 0, 2, noBreath)).total).toBeUndefined();
    expect(await pager.count(askedText('*'), noBreath)).toBe(4);
    expect((await pager.page(byTime(false), 0, 2, noBreath)).total).toBe(4);
    expect(await pager.count(askedText('status:200'), noBreath)).toBe(3);
  });

  test('a page that is not full tells the count', async () => {
    expect((await pagerOver().page(byTime(false), 1, 10, noBreath)).total).toBe(4);
    expect((await pagerOver().page(byTime(false, 'status:500'), 0, 10, noBreath)).total).toBe(0);
  });

  test('the position of a call is its place in the pages, shallow or kept', async () => {
    const pager = pagerOver();
    for (const descending of [false, true]) {
      const { rows } = await pager.page(byTime(descending), 0, 10, noBreath);
      const positions = await Promise.all(rows.map((row) => pager.position(byTime(descending), row.id, noBreath)));
      expect(positions).toEqual([0, 1, 2, 3]);
      expect((await pager.page(byTime(descending), 0, 10, noBreath)).rows.map((row) => row.id)).toEqual(rows.map((row) => row.id));
    }
  });

  test('a call that the filter leaves out has no position', async () => {
    const pager = pagerOver();
    const [row] = (await pager.page(byTime(true), 0, 1, noBreath)).rows;
    expect(row?.status).toBe(200);
    expect(await pager.position(byTime(false, 'status >= 400'), row?.id ?? -1, noBreath)).toBeUndefined();
  });
});

test('every sort gives in memory the order that SQLite gives', async () => {
  const random = randomQueryCase(3, 600).db;
  const [memory, sql] = [callPager(searchOver(random)), callPager(searchOver(random, 0))];
  for (const text of ['-status:404', 'status:404'])
    for (const field of ['time', 'status', 'durationMs', 'resBytes', 'reqBytes', 'method', 'host', 'path'] as const) {
      for (const descending of [false, true]) {
        const query: SortedQuery = { ...askedText(text), sort: { field, descending } };
        const ids = async (pager: CallPager): Promise<readonly number[]> => {
          const { rows } = await pager.page(query, 0, 600, noBreath);
          // Asking where a call stands makes the whole order, which later pages come from.
          await pager.position(query, rows[0]?.id ?? 0, noBreath);
          return (await pager.page(query, 0, 600, noBreath)).rows.map((row) => row.id);
        };
        expect(await ids(memory), `${text} ${field} ${String(descending)}`).toEqual(await ids(sql));
      }
    }
});

test('an order and a count that were begun before a change of the case are not kept after it', async () => {
  const changing = caseOfPaths(['/a', '/b', '/c']);
  const pager = callPager(searchOver(changing));
  let goOn: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const begun = [pager.position(byTime(false, 'path:*'), 5, () => gate), pager.count(askedText('path:/*'), () => gate)];
  changing.exec(
    "INSERT INTO call (id, source_id, record, byte_start, byte_length, time_kind, path, flags) VALUES (99, 1, 9, 0, 0, 0, '/d', 0)",
  );
  bumpRevision(changing);
  expect((await pager.page(byTime(false, 'path:/d'), 0, 10, noBreath)).total).toBe(1);
  goOn();
  await Promise.all(begun);
  expect(await pager.position(byTime(false, 'path:*'), 99, noBreath)).toBe(3);
  expect(await pager.count(askedText('path:/*'), noBreath)).toBe(4);
});

test('a sort whose first asker cancels still serves the others', async () => {
  const pager = callPager(searchOver(caseOfPaths(Array.from({ length: 5000 }, (_, index) => `/${String(index)}`))));
  const byPath = (text: string): SortedQuery => ({ ...askedText(text), sort: { field: 'path', descending: false } });
  let breaths = 0;
  const cancelledSoon = (): Promise<void> =>
    (breaths += 1) > 8 ? Promise.reject(new AppError('cancelled', 'cancelled on request')) : Promise.resolve();
  const first = pager.position(byPath('path:*'), 5, cancelledSoon).catch(() => undefined);
  const second = pager.position(byPath('path:/*'), 5, noBreath);
  await first;
  await expect(second).resolves.toBe(0);
});
