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

/** A person at home and elsewhere in turn, beside two neighbours of the same site who made `calls` calls each. */
const inTurn = (calls: number, home: string, elsewhere: string): string =>
  [
    ...['bob', 'cid'].flatMap((who, index) =>
      Array.from({ length: calls }, (_, at) => `00:${String(at).padStart(2, '0')}:0${String(index)} human:${who} GET api.acme.test/orders 200 ip=2001:db8:7:${String(index + 1)}::9 ua=Shop`),
    ),
    ...[home, home, elsewhere, home, elsewhere, home, elsewhere, home].map((ip, at) => `00:${String(at + 20)}:00 human:ann GET api.acme.test/orders 200 ip=${ip} ua=Shop`),
  ].join('\n'); // prettier-ignore

const straysIn = async (text: string): Promise<readonly string[]> => {
  const { db, context } = caseFromText(text);
  return (await findStrays(db, context.breathe)).strays.map(({ home, elsewhere }) => `${home} ${elsewhere}`);
};

test('a few neighbours who never changed tell that others of the site are strangers, when they called often enough to', async () => {
  const [home, elsewhere] = ['2001:db8:7:71::5', '2001:db8:7:f8::4'];
  expect(await straysIn(inTurn(8, home, elsewhere))).toEqual(['2001:db8:7:71::/64 2001:db8:7:f8::/64']);
  expect(await straysIn(inTurn(2, home, elsewhere))).toEqual([]);
});

test('two addresses of one /64 are one machine that changes its own', async () => {
  expect(await straysIn(inTurn(8, '2001:db8:7:71::5', '2001:db8:7:71::6'))).toEqual([]);
});
