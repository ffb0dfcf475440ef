import { expect, test } from 'vitest';
import { inLongTransaction } from '#shared/engine/store/long-transaction.ts';
import { memoryCase } from '#test/support/case.ts';

const fill = (db: ReturnType<typeof memoryCase>): void => {
  const add = db.prepare("INSERT INTO meta (key, value) VALUES (?, printf('%.5000c', 'x'))");
  for (let row = 0; row < 1000; row += 1) add.run(`filler ${String(row)}`);
};
const rows = (db: ReturnType<typeof memoryCase>): unknown => db.prepare("SELECT count(*) AS n FROM meta WHERE key LIKE 'filler%'").get();

test('what is written stays when the work ends, and goes when it throws', async () => {
  const db = memoryCase();
  const work = (thrown?: Error) => () => {
    fill(db);
    return thrown === undefined ? Promise.resolve('done') : Promise.reject(thrown);
  };
  await expect(inLongTransaction(db, work(new Error('stopped')))).rejects.toThrow('stopped');
  expect(rows(db)).toEqual({ n: 0 });
  expect(await inLongTransaction(db, work())).toBe('done');
  expect(rows(db)).toEqual({ n: 1000 });
});

test('a disk that is full is the reason that is given, although SQLite has undone the transaction by itself', async () => {
  const db = memoryCase();
  const pages = db.prepare('PRAGMA page_count').get<{ page_count: number }>()?.page_count ?? 0;
  db.exec(`PRAGMA max_page_count = ${String(pages + 5)}`);
  const fillLater = async (): Promise<void> => {
    await Promise.resolve();
    fill(db);
  };
  await expect(inLongTransaction(db, fillLater)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  expect(db.inTransaction()).toBe(false);
  expect(rows(db)).toEqual({ n: 0 });
});
