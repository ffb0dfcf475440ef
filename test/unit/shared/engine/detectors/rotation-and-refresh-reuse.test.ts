import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> => detect(['rotation-and-refresh-reuse'], text);
const redeem = (at: string, token: string, ip: string, status = 200): string =>
  `${at} human:ann POST id.acme.test/oauth2/token ${String(status)} ip=${ip} ua=app <= $.refresh_token=refresh-${token}-secret`;

test('a refresh token redeemed from two places is high', async () => {
  const { findings } = await run(`${redeem('00:00:00', 'a', '192.0.2.1')}\n${redeem('00:20:00', 'a', '198.51.100.1')}`);
  expect(findings).toMatchObject([{ severity: 'high', calls: ['kong#1', 'kong#2'], observed: { redemptions: 2, places: 2 } }]);
});

test('a retry, a refused first try and another token are harmless', async () => {
  expect((await run(`${redeem('00:00:00', 'a', '192.0.2.1')}\n${redeem('00:00:04', 'a', '192.0.2.1')}`)).findings).toEqual([]);
  expect((await run(`${redeem('00:00:00', 'a', '192.0.2.1', 503)}\n${redeem('00:20:00', 'a', '198.51.100.1')}`)).findings).toEqual([]);
  expect((await run(`${redeem('00:00:00', 'a', '192.0.2.1')}\n${redeem('00:20:00', 'b', '198.51.100.1')}`)).findings).toEqual([]);
});

test('where the issuer never rotates, the same client again is policy', async () => {
  const text = ['a', 'b', 'c']
    .map((name) => `${redeem('00:00:00', name, '192.0.2.1')}\n${redeem('01:00:00', name, '192.0.2.1')}`)
    .join('\n');
  expect((await run(text)).findings).toEqual([]);
});

const key = (at: string, name: string): string => `${at} service:sync GET api.acme.test/orders 200 cred=${name}`;

test('a key of more than 90 days is low, one seen over the whole of shorter evidence a note', async () => {
  expect((await run(`${key('00:00:00', 'key-1')}\n${key('95+00:00:00', 'key-1')}`)).findings).toMatchObject([{ severity: 'low' }]);
  expect((await run(`${key('00:00:00', 'key-1')}\n${key('3+00:00:00', 'key-1')}`)).findings).toMatchObject([{ severity: 'info' }]);
});

test('the old key at work two days after the new one came is an overlap', async () => {
  const text = [key('00:00:00', 'key-1'), key('10+00:00:00', 'key-2'), key('12+00:00:00', 'key-1'), key('20+00:00:00', 'key-2')].join('\n');
  expect((await run(text)).findings).toMatchObject([
    { severity: 'low', credentials: ['key-1', 'key-2'], observed: { overlapSeconds: 172_800 } },
  ]);
});

test('neither keys nor redemptions: it cannot be judged', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/orders 200')).notEvaluable).toHaveLength(1);
});
