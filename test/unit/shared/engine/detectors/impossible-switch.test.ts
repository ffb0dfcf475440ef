import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string, languages?: readonly [string, string]): Promise<Detected> =>
  detect(['impossible-switch'], text, languages === undefined ? {} : { headers: { 'kong#2': { request: [`accept-language: ${languages[1]}`] }, 'kong#3': { request: [`accept-language: ${languages[0]}`] } } }); // prettier-ignore
const switching = (ip: string, ua: string, seconds = '20'): string => `
  00:00:00 human:ann GET api.acme.test/orders 200 cred=key-1 ip=10.8.0.20 ua=Firefox/143.0
  00:00:${seconds} human:ann GET api.acme.test/orders 200 cred=key-1 ip=${ip} ua=${ua}
  00:02:40 human:ann GET api.acme.test/orders 200 cred=key-1 ip=10.8.0.20 ua=Firefox/143.0`;

test('far networks, seconds apart, another program: three votes', async () => {
  const { findings } = await run(switching('192.0.2.1', 'curl/8.5.0'));
  expect(findings).toMatchObject([{ severity: 'medium', confidence: 'suspected', calls: ['kong#2'] }]);
  expect(findings[0]?.summary).toContain('3 votes of 4');
});

test('another language stands for another program', async () => {
  expect((await run(switching('192.0.2.1', 'Firefox/143.0'), ['de-DE', 'ru-RU'])).findings).toHaveLength(1);
});

test('two votes are no finding', async () => {
  expect((await run(switching('192.0.2.1', 'Firefox/143.0'))).findings).toEqual([]);
});

test('IPv4 and IPv6 may be one machine', async () => {
  expect((await run(switching('2001:db8::1', 'curl/8.5.0'))).findings).toEqual([]);
});

test('without addresses it cannot be judged', async () => {
  expect((await run('00:00 human:ann GET api.acme.test/orders 200 cred=key-1')).notEvaluable).toHaveLength(1);
});
