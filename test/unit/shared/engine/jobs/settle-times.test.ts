import { expect, test } from 'vitest';
import { readZone } from '#shared/engine/jobs/zone.ts';
import { timeSettler } from '#shared/engine/jobs/settle-times.ts';
import { callFlag } from '#shared/engine/store/call-flags.ts';
import { CALL_NUMBERS } from '#shared/engine/reading/encoded-batch.ts';
import { listSources } from '#shared/engine/store/read/sources.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { present } from '#shared/lib/assert.ts';

const line = (time: string, path: string): string =>
  `${JSON.stringify({ time, method: 'GET', host: 'api.acme.test', path, status: 200 })}\n`;

/** The times of calls in the order of their file, after an import in a zone; and what is said of them. */
async function imported(
  zone: string,
  ...stamps: readonly string[]
): Promise<{ readonly times: readonly string[]; readonly notes: string }> {
  const db = memoryCase();
  const text = stamps.map((stamp, index) => line(stamp, `/${String(index)}`)).join('');
  await importText(db, 'own.ndjson', text, { zone: { ...readZone(zone), given: zone } });
  const times = db.prepare('SELECT time FROM call ORDER BY record').all<{ time: number }>();
  const [source] = listSources(db);
  expect(source?.timezone).toBe('given');
  return {
    times: times.map(({ time }) => new Date(time / 1000).toISOString().slice(5, 19)),
    notes: source?.notes.join(' ') ?? '',
  };
}

test('a log over the night in which the clock is set back keeps its order, and the hour of two passes is told', async () => {
  const { times, notes } = await imported(
    'Europe/Brussels',
    '2026-10-25 01:50:00',
    '2026-10-25 02:10:00',
    '2026-10-25 02:50:00',
    '2026-10-25 02:05:00',
    '2026-10-25 02:04:30',
    '2026-10-25 02:55:00',
    '2026-10-25 03:01:00',
  );
  expect(times).toEqual([
    '10-24T23:50:00',
    '10-25T00:10:00',
    '10-25T00:50:00',
    '10-25T01:05:00',
    '10-25T01:04:30',
    '10-25T01:55:00',
    '10-25T02:01:00',
  ]);
  expect(notes).toContain('Its times name no zone and were read in Europe/Brussels.');
  expect(notes).toContain('5 of its times lie in an hour that the clocks of Europe/Brussels showed twice (2026-10-25).');
  expect(notes).toContain('2 were read as its first pass and 3 as its second');
});

test('a step back of seconds within the hour is no second pass', async () => {
  const { times } = await imported('Europe/Brussels', '2026-10-25 02:10:30', '2026-10-25 02:10:00', '2026-10-25 02:11:00');
  expect(times).toEqual(['10-25T00:10:30', '10-25T00:10:00', '10-25T00:11:00']);
});

test('an hour that the clock passed over says that the zone is doubtful', async () => {
  const { times, notes } = await imported('Europe/Brussels', '2026-03-29 01:30:00', '2026-03-29 02:30:00');
  expect(times).toEqual(['03-29T00:30:00', '03-29T01:30:00']);
  expect(notes).toContain('1 of its times lies in an hour that the clocks of Europe/Brussels passed over (2026-03-29)');
});

test('a plain night says which zone was given and nothing more; stamps with a zone stay', async () => {
  const { times, notes } = await imported('Europe/Brussels', '2026-07-01 12:00:00', '2026-07-01T12:00:00Z', '2026-12-01 12:00:00');
  expect(times).toEqual(['07-01T10:00:00', '07-01T12:00:00', '12-01T11:00:00']);
  expect(notes).toBe('Its times name no zone and were read in Europe/Brussels.');
});

test('a call without a time stays without one', () => {
  const numbers = new Float64Array(CALL_NUMBERS.length).fill(NaN);
  numbers[CALL_NUMBERS.indexOf('flags')] = callFlag.zoneAssumed;
  const settler = timeSettler(present(readZone('Europe/Brussels').named, 'a zone by its name'));
  settler.settle({ numbers });
  expect(numbers[CALL_NUMBERS.indexOf('time')]).toBeNaN();
  expect(settler.notes()).toEqual([]);
});
