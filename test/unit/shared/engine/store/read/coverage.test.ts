import { expect, test } from 'vitest';
import { getCoverage } from '#shared/engine/store/read/coverage.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const line = (minute: number): string =>
  `192.0.2.7 - - [10/Oct/2026:13:${String(minute).padStart(2, '0')}:00 +0000] "GET /${String(minute)} HTTP/1.1" 200 5 "-" "curl/8"\n`;

test('sources share one axis, so that a gap of one stands beside the calls of another', async () => {
  const db = memoryCase();
  await importText(db, 'a.log', [0, 1, 4, 4].map(line).join(''));
  await importText(db, 'b.log', [2, 3].map(line).join(''));
  await importText(db, 'notes.txt', 'Dear responder,\n');
  expect(getCoverage(db, 5)).toEqual({
    window: ['2026-10-10T13:00:00.000000Z', '2026-10-10T13:04:00.000000Z'],
    binSeconds: 60,
    starts: [0, 1, 2, 3, 4].map((minute) => `2026-10-10T13:0${String(minute)}:00.000000Z`),
    sources: [
      { source: 'a.log', calls: [1, 1, 0, 0, 2], untimed: 0 },
      { source: 'b.log', calls: [0, 0, 1, 1, 0], untimed: 0 },
    ],
    again: [0, 0, 0, 0, 0],
  });
  const [first, other] = db
    .prepare("SELECT c.id FROM call c JOIN source s ON s.id = c.source_id WHERE s.name = 'a.log' ORDER BY c.record")
    .all<{ id: number }>();
  db.prepare('INSERT OR REPLACE INTO call_fact (call_id, same_as) VALUES (?, ?)').run(other?.id ?? 0, first?.id ?? 0);
  expect(getCoverage(db, 5).again).toEqual([0, 1, 0, 0, 0]);
});

test('calls without a time are counted beside the axis', async () => {
  const db = memoryCase();
  await importText(db, 'a.log', [0, 1].map(line).join(''));
  db.exec('UPDATE call SET time = NULL WHERE record = 2');
  expect(getCoverage(db, 5).sources).toEqual([{ source: 'a.log', calls: [1], untimed: 1 }]);
  db.exec('UPDATE call SET time = NULL');
  expect(getCoverage(db, 5)).toEqual({ binSeconds: 0, starts: [], sources: [{ source: 'a.log', calls: [], untimed: 2 }], again: [] });
});

test('an empty case has no axis', () => {
  expect(getCoverage(memoryCase(), 5)).toEqual({ binSeconds: 0, starts: [], sources: [], again: [] });
});
