import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';
import { detectPlayed, kongLine } from '#test/support/played.ts';
import { bearer } from '#test/support/seed-calls.ts';

type Claims = Readonly<Record<string, object>>;
const run = (text: string, claims: Claims): Promise<Detected> =>
  detect(['delegation-chain-anomaly'], text, {
    tokens: Object.fromEntries(Object.entries(claims).map(([name, own]) => [name, { claims: { iss: 'idp', sub: 'ann', ...own } }])),
  });
const acting = (...actors: readonly string[]): object => actors.reduceRight<object>((inner, sub) => ({ act: { sub, ...inner } }), {});
const once = '00:00 agent:bot GET api.acme.test/orders 200 cred=jwt-1';

test('a chain of four actors', async () => {
  const { findings } = await run(once, { 'jwt-1': acting('d', 'c', 'b', 'a') });
  expect(findings).toMatchObject([
    { title: 'A delegation of ann is 4 actors long', severity: 'medium', calls: ['kong#1'], observed: { depth: 4 } },
  ]);
});

test('three actors are no anomaly', async () => {
  expect((await run(once, { 'jwt-1': acting('c', 'b', 'a') })).findings).toEqual([]);
});

test('a chain that comes back to an actor', async () => {
  expect((await run(once, { 'jwt-1': acting('a', 'b', 'a') })).findings).toMatchObject([
    { title: 'A delegation of ann comes back to a', severity: 'high' },
  ]);
});

test('somebody whom the token does not allow', async () => {
  const { findings } = await run(once, { 'jwt-1': { ...acting('thief'), may_act: { sub: 'bot' } } });
  expect(findings).toMatchObject([{ title: 'thief acts for ann, whose token allows bot only', severity: 'high' }]);
  expect((await run(once, { 'jwt-1': { ...acting('bot'), may_act: { sub: 'bot' } } })).findings).toEqual([]);
});

const exchange = `
  00:00 agent:bot POST idp.acme.test/token 200 cred=jwt-1 shows=response:jwt:jwt-2
  00:01 agent:bot GET api.acme.test/orders 200 cred=jwt-2`;

test('an exchange that gives more than was handed in', async () => {
  const { findings } = await run(exchange, {
    'jwt-1': { scope: 'orders:read', exp: 1_790_000_000 },
    'jwt-2': { ...acting('bot'), scope: 'orders:read payouts:write', exp: 1_790_000_600 },
  });
  expect(findings).toMatchObject([
    {
      title: 'bot got a wider token for ann: scopes payouts:write and good for 10 minutes longer',
      severity: 'high',
      calls: ['kong#1', 'kong#2'],
    },
  ]);
});

test('an exchange that gives the same or less is what exchanges are for', async () => {
  const { findings } = await run(exchange, {
    'jwt-1': { scope: 'orders:write customers:read', exp: 1_790_000_000 },
    'jwt-2': { ...acting('bot'), scope: 'orders:read', exp: 1_790_000_000 },
  });
  expect(findings).toEqual([]);
});

/** Ten hours of one actor; `calls` in each. */
const usual = (calls: number): string =>
  Array.from({ length: 10 * calls }, (_, at) => {
    const minute = Math.floor((at / calls) * 60);
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00 agent:bot GET api.acme.test/orders 200 cred=jwt-1`;
  }).join('\n');

test('an actor that a subject of many delegated calls never had', async () => {
  const claims = { 'jwt-1': acting('bot'), 'jwt-2': acting('stranger') };
  const late = '09:50:00 agent:other GET api.acme.test/orders 200 cred=jwt-2';
  const { findings } = await run(`${usual(30)}\n${late}`, claims);
  expect(findings).toMatchObject([{ title: 'stranger acts for ann for the first time', severity: 'medium', calls: ['kong#301'] }]);
  // Few calls before leave room for actors that were not seen yet.
  expect((await run(`${usual(4)}\n${late}`, claims)).findings).toEqual([]);
});

test('without delegated tokens it cannot be answered', async () => {
  expect((await run(once, { 'jwt-1': {} })).notEvaluable).toEqual([
    { detector: 'delegation-chain-anomaly', reason: 'no readable token of the evidence names who acts for whom' },
  ]);
});

test('a gateway log with tokens whose act chain is too long shows it, through importer and passes', async () => {
  const actors = (...names: readonly string[]): object | undefined =>
    names.reduceRight<object | undefined>((act, sub) => ({ sub, ...(act === undefined ? {} : { act }) }), undefined);
  const line = (at: number, act: object | undefined): string => {
    const [[, authorization] = ['', '']] = bearer({ iss: 'https://id.acme.test', sub: 'ann', aud: 'api', act });
    return kongLine(at, 'GET', `https://api.acme.test/orders/${String(at)}`, { authorization });
  };
  const usual = Array.from({ length: 20 }, (_, at) => line(at, actors('desk-agent')));
  const log = [...usual, line(30, actors('desk-agent', 'planner', 'runner', 'shell'))].join('\n');
  const findings = await detectPlayed('delegation-chain-anomaly', { 'kong.jsonl': `${log}\n` });
  expect(findings.length).toBeGreaterThan(0);
  expect(findings[0]?.calls).toContain('kong.jsonl#21');
});
