import { expect, test } from 'vitest';
import { durationMs } from '#shared/model/units.ts';
import { memoryCase } from '#test/support/case.ts';
import { exportText } from '#test/support/exported.ts';
import { callOf, seedCalls } from '#test/support/seed-calls.ts';

test('a call whose record tells its end begins in a HAR when it began', async () => {
  const db = memoryCase();
  seedCalls(db, [
    callOf('00:05 GET api.test/a 200', { timeKind: 'end', durationMs: durationMs(1250.5) }),
    callOf('00:06 GET api.test/b 200', { timeKind: 'end', durationMs: undefined }),
    callOf('00:07 GET api.test/c 200', { timeKind: 'start', durationMs: durationMs(1250) }),
    callOf('00:08 GET api.test/d 200', { timeKind: 'unknown', durationMs: durationMs(1250) }),
  ]);
  const { log } = JSON.parse(await exportText(db, 'har')) as { log: { entries: { startedDateTime: string; time: number }[] } };
  expect(log.entries.map(({ startedDateTime, time }) => `${startedDateTime.slice(17)} ${String(time)}`)).toEqual([
    '03.749500Z 1250.5',
    '06.000000Z -1',
    '07.000000Z 1250',
    '08.000000Z 1250',
  ]);
});
