import { expect, test } from 'vitest';
import { classify, type Classified, type Traits } from '#shared/engine/passes/principals/classify.ts';
import { conflictsOf } from '#shared/engine/passes/principals/conflicts.ts';
import { consumerIdentity } from '#shared/engine/passes/principals/identity.ts';

const traitsOf = (name: string, userAgents: Readonly<Record<string, number>>, more: Partial<Traits> = {}): Traits => ({
  identity: consumerIdentity(name),
  userAgents: new Map(Object.entries(userAgents)),
  signals: new Map(),
  consumers: new Set([name]),
  hasSessionCookie: false,
  hasApiKey: false,
  calls: Object.values(userAgents).reduce((sum, calls) => sum + calls, 0),
  toolCalls: 0,
  ranges: [],
  ...more,
});
const kindOf = (...given: Parameters<typeof traitsOf>): Pick<Classified, 'kind' | 'rung'> => {
  const { kind, rung } = classify(traitsOf(...given));
  return { kind, rung };
};
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36';

test('the ladder: verified, ranges agree, name alone', () => {
  const signatures = { verified: 10, failed: 0, unchecked: 0, why: { 'key of d.json': 10 }, failedCalls: [] };
  expect(kindOf('c1', { 'GPTBot/1.2': 10 }, { signatures })).toEqual({ kind: 'agent', rung: 1 });
  const range = { agent: 'GPTBot', list: 'gptbot.json', date: '2026-10-01' };
  expect(kindOf('c1', { 'GPTBot/1.2': 10 }, { ranges: [{ ...range, inside: 10, outside: 0 }] })).toEqual({ kind: 'agent', rung: 3 });
  expect(kindOf('c1', { 'GPTBot/1.2': 10 }, { ranges: [{ ...range, inside: 9, outside: 1 }] })).toEqual({ kind: 'agent', rung: 4 });
});

test('an account in a domain of programs is a service, save that it is called an agent', () => {
  expect(kindOf('deploy-bot@sa.acme.test', { '': 5 })).toMatchObject({ kind: 'service' });
  expect(kindOf('billing@project.iam.gserviceaccount.com', { '': 5 })).toMatchObject({ kind: 'service' });
  expect(kindOf('triage-agent@sa.acme.test', { '': 5 })).toMatchObject({ kind: 'agent' });
  expect(kindOf('leen@brixton-machines.test', { '': 5 })).toMatchObject({ kind: 'human' });
  expect(kindOf('ann@clients.salon.co.uk', { '': 5 })).toMatchObject({ kind: 'human' });
  expect(kindOf('ann@machines.co.uk', { '': 5 })).toMatchObject({ kind: 'human' });
  expect(kindOf('a1b2c3@clients', { '': 5 })).toMatchObject({ kind: 'service' });
  expect(kindOf('ann@salon.test', { '': 5 })).toMatchObject({ kind: 'human' });
});

test('an app on a phone is a person’s, a robot that names a phone is not', () => {
  expect(kindOf('c1', { 'Shop/3.0.1 (Android 15)': 9 })).toEqual({ kind: 'human', rung: 4 });
  expect(kindOf('c1', { 'Shop/3 CFNetwork/1490.0.4 Darwin/23.2.0': 9 })).toEqual({ kind: 'human', rung: 4 });
  expect(kindOf('c1', { 'SomeBot/2.0 (Android 15; crawl)': 9 })).toEqual({ kind: 'unknown', rung: 7 });
});

test('behaviour and an API key are the last rung', () => {
  expect(kindOf('c1', { 'python-httpx/0.27': 9 }, { behaviour: 'it works in pieces' })).toEqual({ kind: 'agent', rung: 6 });
  expect(kindOf('c1', { 'thing/1': 9 }, { hasApiKey: true })).toEqual({ kind: 'service', rung: 6 });
  expect(kindOf('c1', { 'thing/1': 9 })).toEqual({ kind: 'unknown', rung: 7 });
});

test('a list of principals decides, and what contradicts it is said', () => {
  const listed = { principal: 'c1', kind: 'service', scopes: [], roles: [], file: 'iam.csv' } as const;
  const traits = traitsOf('c1', { 'claude-cli/2.1': 9 }, { listed });
  const decided = classify(traits);
  expect(decided).toMatchObject({ kind: 'service', rung: 4 });
  expect(conflictsOf(traits, decided)).toEqual([
    'the list iam.csv says service, yet 9 calls name claude-cli',
    'mixed: its programs speak for different kinds: agent 9 (claude-cli) of 9 calls',
  ]);
});

test('contradictions stay contradictions: addresses outside, an SDK behind a browser’s name, two kinds of programs', () => {
  const range = { agent: 'GPTBot', list: 'gptbot.json', date: '2026-10-01', inside: 0, outside: 7 };
  const outside = traitsOf('c1', { 'GPTBot/1.2': 7 }, { ranges: [range] });
  expect(conflictsOf(outside, classify(outside))).toEqual([
    'calls itself GPTBot, yet 7 of 7 calls came from outside the ranges of gptbot.json (published 2026-10-01)',
  ]);
  const sdk = traitsOf('c1', { [CHROME]: 20 }, { signals: new Map([['x-stainless-lang=python', 20]]) });
  expect(conflictsOf(sdk, classify(sdk))).toEqual(
    expect.arrayContaining([expect.stringMatching(/says it is Chrome, yet sends the SDK header/)]),
  );
  const mixed = traitsOf('c1', { [CHROME]: 20, 'claude-cli/2.1': 10 });
  expect(conflictsOf(mixed, classify(mixed))).toEqual([expect.stringMatching(/^mixed: .*human 20 \(Chrome\), agent 10/)]);
  const clean = traitsOf('c1', { [CHROME]: 20 });
  expect(conflictsOf(clean, classify(clean))).toEqual([]);
});
