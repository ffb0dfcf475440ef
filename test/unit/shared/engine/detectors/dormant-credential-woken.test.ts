import { describe, expect, test } from 'vitest';
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

test('a silence after one visit breaks no rhythm', async () => {
  const visit = Array.from({ length: 8 }, (_, at) => call(`09:00:0${String(at)}`, '10.20.6.4')).join('\n');
  expect((await run(`${visit}\n${work(4, '192.0.2.9')}`)).findings).toEqual([]);
});

describe('of people who move about and come back when they need it', () => {
  const person = (who: number, at: string, ip: string): string =>
    `${at} human:u${String(who)} GET api.acme.test/payslips 200 cred=session-${String(who)} ip=${ip} ua=app/1`;
  const visits = (who: number, hours: readonly string[], ip: string): readonly string[] => hours.map((hour) => person(who, hour, ip));
  const before = ['08:00:00', '11:00:00', '15:00:00'];
  const people = (count: number, elsewhere: (who: number) => string): string =>
    Array.from({ length: count }, (_, who) => [...visits(who, before, `10.2.${String(who)}.4`), ...visits(who, ['4+10:00:00'], elsewhere(who))].flat()).flat().join('\n'); // prettier-ignore

  test('all of them are how the portal is used', async () => {
    expect((await run(people(12, (who) => `192.0.${String(who)}.9`))).findings).toEqual([]);
  });

  test('one of them in a new network says nothing where a third has several', async () => {
    const busy = Array.from({ length: 6 }, (_, who) => [...visits(20 + who, before, '10.9.1.4'), ...visits(20 + who, ['1+08:00:00', '2+09:00:00', '4+09:00:00'], `10.9.${String(2 + who)}.4`)]).flat().join('\n'); // prettier-ignore
    const stays = visits(1, [...before, '4+10:00:00'], '10.2.1.4').join('\n');
    const moves = [...visits(1, before, '10.2.1.4'), ...visits(1, ['4+10:00:00'], '192.0.2.9')].join('\n');
    expect((await run(`${busy}\n${stays}`)).findings).toEqual([]);
    expect((await run(`${busy}\n${moves}`)).findings).toEqual([]);
    expect((await run(moves)).findings).toHaveLength(1);
  });
});
