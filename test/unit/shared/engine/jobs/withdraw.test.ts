import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { evidenceRevision } from '#shared/engine/jobs/import-job.ts';
import { finishWithdrawals, withdrawByName } from '#shared/engine/jobs/withdraw.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { caseInfo, getOverview } from '#shared/engine/store/read/report/overview.ts';
import { countIssues, listSources, pageIssues } from '#shared/engine/store/read/sources.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { findDamage } from '#test/support/kill/check.ts';

const log = (path: string, count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `192.0.2.7 - - [10/Oct/2026:13:55:${String(index % 60).padStart(2, '0')} +0000] "GET ${path}/${String(index)} HTTP/1.1" 200 5 "-" "curl/8"`,
  ).join('\n');
const atOnce = (): Promise<void> => Promise.resolve();
const callsIn = (db: SqlDriver): number => db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n ?? -1;

async function twoLogs(): Promise<SqlDriver> {
  const db = memoryCase();
  await importText(db, 'a.log', `${log('/a', 7000)}\nrubbish`);
  await importText(db, 'b.log', log('/b', 300));
  return db;
}

describe('a withdrawn source', () => {
  test('goes in steps that leave no call without its details, should the process die between two of them', async () => {
    const db = memoryCase();
    // A line that is no call moves the ends of all blocks of details.
    await importText(db, 'a.log', `${log('/a', 500)}\nrubbish\n${log('/b', 6500)}`);
    const damage: (readonly string[])[] = [];
    await withdrawByName(db, ['a.log'], () => {
      damage.push(findDamage(db, {}));
      return Promise.resolve();
    });
    expect(damage.length).toBeGreaterThan(2);
    expect(damage.flat()).toEqual([]);
  });

  test('is out of every table, and its row, ledger and hash stay', async () => {
    const db = await twoLogs();
    const [before] = listSources(db);
    expect(await withdrawByName(db, ['a.log'], atOnce)).toEqual({ withdrawn: ['a.log'], calls: 7000 });
    expect(callsIn(db)).toBe(300);
    expect(findDamage(db, {})).toEqual([]);
    expect(listSources(db)).toMatchObject([
      { name: 'a.log~withdrawn', state: 'withdrawn', accepted: 7000, rejected: 1, sha256: before?.sha256 },
      { name: 'b.log', state: 'complete', accepted: 300 },
    ]);
  });

  test('counts for nothing, and its issues show only when it is named', async () => {
    const db = await twoLogs();
    await withdrawByName(db, ['a.log'], atOnce);
    expect(caseInfo(db)).toMatchObject({ sources: 1, calls: 300 });
    expect(getOverview(db).records).toEqual({ total: 300, accepted: 300, rejected: 0, skipped: 0 });
    expect(pageIssues(db, {}, 0, 10).total).toBe(0);
    expect(countIssues(db, 'a.log~withdrawn')).toMatchObject([{ code: 'LINE_SHAPE', severity: 'reject', count: 1 }]);
  });

  test('leaves its name to a later read of the same bytes, which is no duplicate of it', async () => {
    const db = await twoLogs();
    await withdrawByName(db, ['b.log'], atOnce);
    await importText(db, 'b.log', log('/b', 300));
    expect(listSources(db).map(({ name, state }) => [name, state])).toEqual([
      ['a.log', 'complete'],
      ['b.log', 'complete'],
      ['b.log~withdrawn', 'withdrawn'],
    ]);
    await withdrawByName(db, ['b.log'], atOnce);
    expect(listSources(db).at(-1)?.name).toBe('b.log~withdrawn2');
  });

  test('puts the analysis out of date and takes its findings along', async () => {
    const db = await twoLogs();
    const before = evidenceRevision(db);
    db.exec("INSERT INTO finding VALUES (1, 'k', 'd', 'incident', 1, 'high', '{}'); INSERT INTO finding_call VALUES (1, 0, 1)");
    await withdrawByName(db, ['a.log'], atOnce);
    expect(evidenceRevision(db)).toBeGreaterThan(before);
    expect(caseInfo(db).analyzed).toBe(false);
    expect(db.prepare('SELECT count(*) AS n FROM finding_call').get()).toEqual({ n: 0 });
  });

  test('that was cut short is taken out later', async () => {
    const db = await twoLogs();
    const stop = (): Promise<void> => Promise.reject(new AppError('cancelled', 'stop'));
    await expect(withdrawByName(db, ['a.log'], stop)).rejects.toMatchObject({ code: 'cancelled' });
    expect(callsIn(db)).toBeGreaterThan(300);
    expect(listSources(db)[0]?.state).toBe('withdrawn');
    await finishWithdrawals(db, atOnce);
    expect(callsIn(db)).toBe(300);
    expect(findDamage(db, {})).toEqual([]);
  });

  test('a name that is not there withdraws nothing', async () => {
    const db = await twoLogs();
    expect(() => withdrawByName(db, ['b.log', 'c.log'], atOnce)).toThrow('no source c.log in this case');
    expect(callsIn(db)).toBe(7300);
  });
});
