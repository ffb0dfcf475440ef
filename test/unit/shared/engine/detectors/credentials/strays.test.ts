import { expect, test } from 'vitest';
import { findStrays } from '#shared/engine/detectors/credentials/strays.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const at = (minute: number, ip: string): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00 service:sync GET api.acme.test/orders 200 ip=${ip}`;
/** A program at home for sixty calls, away for three in between the last of them. */
const calls = [...Array.from({ length: 60 }, (_, index) => at(index, '198.51.100.9')), at(61, '192.0.2.7'), at(63, '192.0.2.7'), at(64, '192.0.2.7'), at(62, '198.51.100.9'), at(65, '198.51.100.9')]; // prettier-ignore

test('who turns up elsewhere while it goes on at home is a stray, with all its calls there', async () => {
  const { db, context } = caseFromText(calls.join('\n'));
  const { strays, cut } = await findStrays(db, context.breathe);
  expect(strays).toMatchObject([{ home: '198.51.100.0/24', elsewhere: '192.0.2.0/24', before: 60, rounds: 2 }]);
  expect([strays[0]?.calls.length, cut]).toEqual([3, 0]);
});

test('callers with more uses than are compared are counted, for they were not looked at as a whole', async () => {
  const { db, context } = caseFromText(calls.join('\n'));
  expect(await findStrays(db, context.breathe, 20)).toEqual({ strays: [], cut: 1 });
});
