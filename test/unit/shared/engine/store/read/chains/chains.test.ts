import { expect, test } from 'vitest';
import { chainsOf, listChains } from '#shared/engine/store/read/chains/chains.ts';
import { askedText, noBreath, searchOver } from '#test/support/call-search.ts';
import { randomQueryCase } from '#test/support/query-case.ts';

test('the chains of the calls that fit are the same from memory as from SQLite', async () => {
  const { db } = randomQueryCase(21, 12);
  for (const text of ['status:404', 'api', 'is:failed', 'status:999']) {
    const page = async (most?: number) =>
      listChains(db, { from: 0, count: 10, among: await chainsOf(searchOver(db, most), askedText(text), noBreath) });
    expect(await page(), text).toEqual(await page(0));
  }
  const none = await chainsOf(searchOver(db), askedText('status:999'), noBreath);
  expect(listChains(db, { from: 0, count: 10, among: none })).toMatchObject({ rows: [], total: 0 });
  expect(listChains(db, { from: 0, count: 10 }).total).toBe(2);
});
