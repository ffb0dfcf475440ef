import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> => detect(['dormant-credential-woken'], text);
const call = (at: string, ip: string, more = ''): string =>
  `${at} service:importer GET api.acme.test/orders 200 cred=key-1 ip=${ip} ua=sync/1 ${more}`;
const everyTwoHours = Array.from({ length: 6 }, (_, index) => call(`0${String(index * 2)}:00:00`.slice(-8), '10.20.6.4')).join('\n');
const work = (day: number, ip: string): string =>
  Array.from({ length: 6 }, (_, index) => call(`${String(day)}+10:0${String(index)}:00`, ip)).join('\n');

test('five quiet days and then work is a finding, at the old place medium', async () => {
  const { findings } = await run(`${everyTwoHours}\n${work(5, '10.20.6.4')}`);
  expect(findings).toMatchObject([{ severity: 'medium', credentials: ['key-1'], observed: { usesBefore: 6, callsAfter: 6 } }]);
  expect(findings[0]?.calls[0]).toBe('kong#7');
});

test('in a new network it is high', async () => {
  const { findings } = await run(`${everyTwoHours}\n${work(5, '192.0.2.9')}`);
  expect(findings).toMatchObject([{ severity: 'high', observed: { newNetworks: ['192.0.2.0/24'] } }]);
});

test('what the principal did meanwhile from the same address, where a log shows no credential, is evidence as well', async () => {
  const beside = (ip: string, index: number): string =>
    `5+10:0${String(index)}:30 service:importer GET api.acme.test/customers/${String(index)} 200 in=alb ip=${ip} ua=sync/1`;
  const { findings } = await run(`${everyTwoHours}\n${work(5, '192.0.2.9')}\n${beside('192.0.2.9', 1)}\n${beside('10.20.6.4', 2)}`);
  expect(findings).toMatchObject([{ calls: ['kong#7', 'kong#8', 'alb#1', 'kong#9', 'kong#10', 'kong#11', 'kong#12'] }]);
});

test('a day of silence counts only in a new network', async () => {
  expect((await run(`${everyTwoHours}\n${work(1, '192.0.2.9')}`)).findings).toMatchObject([{ severity: 'medium' }]);
  expect((await run(`${everyTwoHours}\n${work(1, '10.20.6.4')}`)).findings).toEqual([]);
});

test('a job that ran as rarely before keeps its rhythm', async () => {
  const rare = [0, 6, 12].map((day) => call(`${String(day)}+01:00:00`, '10.20.6.4')).join('\n');
  expect((await run(`${rare}\n${work(20, '10.20.6.4')}`)).findings).toEqual([]);
});

test('a few hours of evidence show no silence', async () => {
  expect((await run(`${call('00:00:00', '10.20.6.4')}\n${call('02:00:00', '10.20.6.4')}`)).notEvaluable).toHaveLength(1);
});

test('the first night of a key that works by day is no silence, wherever it wakes', async () => {
  const firstDay = Array.from({ length: 8 }, (_, index) => call(`0+${String(10 + index)}:00:00`, '10.20.6.4')).join('\n');
  expect((await run(`${firstDay}\n${work(1, '192.0.2.9')}`)).findings).toEqual([]);
});
