import { expect, test } from 'vitest';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import { listSources, pageIssues } from '#shared/engine/store/read/sources.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const LINES = ['1', '2', '3'].map(
  (second) => `192.0.2.7 - - [10/Oct/2026:13:55:0${second} +0000] "GET /${second} HTTP/1.1" 200 5 "-" "curl/8"`,
);

test('a source whose reader was killed gets a ledger of what was committed and is marked', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', LINES.join('\n'));
  db.exec("UPDATE source SET state = 'reading', records = 0, accepted = 0, bytes = 0");
  expect(closeInterrupted(db)).toEqual(['access.log']);
  expect(listSources(db)[0]).toMatchObject({ records: 3, accepted: 3, rejected: 0, skipped: 0, bytes: LINES.join('\n').length });
  expect(pageIssues(db, {}, 0, 5).rows[0]).toMatchObject({ code: 'PARSER_CRASH', severity: 'warning' });
});

test('a source whose reader was killed keeps what was assumed about its zone', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', LINES.join('\n'));
  const timezone = (zone: string, zoneAssumed: number): string | undefined => {
    db.exec(`UPDATE call SET flags = flags & ~16 | ${String(zoneAssumed)}; UPDATE source SET state = 'reading', zone = ${zone}`);
    closeInterrupted(db);
    return listSources(db)[0]?.timezone;
  };
  expect([timezone("'+02:00'", 16), timezone('NULL', 16), timezone("'+02:00'", 0)]).toEqual(['given', 'assumed UTC', 'in the data']);
});

test('a whole source is left alone', async () => {
  const db = memoryCase();
  await importText(db, 'access.log', LINES.join('\n'));
  expect(closeInterrupted(db)).toEqual([]);
});
