import { expect, test } from 'vitest';
import { addKnowledge } from '#shared/engine/jobs/knowledge.ts';
import type { PrincipalTraits } from '#shared/engine/store/principal-traits.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string, traits: PrincipalTraits | undefined): Promise<Detected> =>
  detect(['agent-identity-spoof'], text, {}, ({ db }) => {
    const now = (): string => '2026-11-22T00:00:00.000Z';
    addKnowledge(db, { crypto: fixedCrypto, now }, { kind: 'ranges', name: 'r.txt', text: '# date: 2026-10-01\n# agents: GPTBot\n192.0.2.0/24\n' });
    if (traits !== undefined) db.prepare('UPDATE principal SET traits = ?').run(JSON.stringify(traits));
  }); // prettier-ignore
const call = (ip: string, rest = ''): string => `00:00 agent:bot GET api.acme.test/v1/a 200 ua=GPTBot/1.2 ip=${ip} ${rest}`;
const check = { agent: 'GPTBot', list: 'r.txt', date: '2026-10-01' };

test('an agent’s name from outside its vendor’s addresses is found, worse on people’s data', async () => {
  const traits = { ranges: [{ ...check, inside: 1, outside: 1 }] };
  const { findings } = await run(`${call('198.51.100.7')}\n${call('192.0.2.7')}`, traits);
  expect(findings).toMatchObject([{ severity: 'medium', calls: ['kong#1'], observed: { outside: 1, inside: 1 } }]);
  expect((await run(call('198.51.100.7', 's=3'), traits)).findings).toMatchObject([{ severity: 'high' }]);
});

test('a wrong signature is found with its reason', async () => {
  const signatures = { verified: 0, failed: 1, unchecked: 0, why: { 'expired before the call': 1 }, failedCalls: [1] };
  const { findings } = await run(call('192.0.2.7'), { signatures });
  expect(findings).toMatchObject([{ confidence: 'observed', title: 'bot signs 1 request wrongly: expired before the call' }]);
});

test('an agent from its vendor’s addresses, and a signature that holds, are none', async () => {
  const signatures = { verified: 1, failed: 0, unchecked: 0, why: { 'key of d.json': 1 }, failedCalls: [] };
  const { findings, notEvaluable } = await run(call('192.0.2.7'), { ranges: [{ ...check, inside: 1, outside: 0 }], signatures });
  expect([findings, notEvaluable]).toEqual([[], []]);
});

test('without ranges for the names in the evidence and without signatures nothing can be said', async () => {
  expect((await run(call('192.0.2.7'), undefined)).notEvaluable).toHaveLength(1);
});

/** A hundred captured requests under one agent's name by one caller, and three by another. */
const captured = (order: readonly string[]): Promise<Detected> => {
  const lines = Array.from({ length: 103 }, (_, at) => `00:${String(at % 60).padStart(2, '0')} agent:${at < 100 ? 'bot' : 'other'} GET api.acme.test/v1/a 200 in=har.har ua=GPTBot/1.2`);
  const usual = ['Host: a', 'Accept: b', 'User-Agent: c', 'Accept-Encoding: d'];
  const headers = Object.fromEntries(lines.map((_, at) => [`har.har#${String(at + 1)}`, { request: at < 100 ? usual : order }]));
  return detect(['agent-identity-spoof'], lines.join('\n'), { headers });
}; // prettier-ignore

test('headers in another order than nearly all of that name in the capture are found', async () => {
  const { findings } = await captured(['User-Agent: c', 'Host: a', 'Accept-Encoding: d', 'Accept: b']);
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      confidence: 'inferred',
      calls: ['har.har#101', 'har.har#102', 'har.har#103'],
      observed: { claims: 'GPTBot', order: ['user-agent', 'host', 'accept-encoding', 'accept'] },
    },
  ]);
});

test('the same order with one header fewer, or one more, is none', async () => {
  const { findings, notEvaluable } = await captured(['Host: a', 'X-Extra: e', 'Accept: b', 'Accept-Encoding: d']);
  expect([findings, notEvaluable]).toEqual([[], []]);
});
