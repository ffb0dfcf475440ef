import { expect, test } from 'vitest';
import type { CaseName } from '#shared/engine/report/profile/case-name.ts';
import { createPseudonymiser, internalProfile } from '#shared/engine/report/profile/pseudonymiser.ts';

const names: readonly CaseName[] = [
  { kind: 'human', name: 'ann.lee', aliases: ['human:ann.lee'] },
  { kind: 'agent', name: 'support-agent', aliases: ['agent:support-agent'] },
  { kind: 'human', name: 'ann', aliases: [] },
  { kind: 'human', name: '42', aliases: [] },
  { kind: 'host', name: 'api.acme.test', aliases: [] },
  { kind: 'host', name: 'collect.drop.example', aliases: [] },
  { kind: 'address', name: '10.0.0.7', aliases: [] },
  { kind: 'agent', name: 'agent', aliases: [] },
];
const hide = createPseudonymiser('redacted', names, ['a.zip!api.acme.test/access.log', 'a.zip!www.acme.test/access.log']);

test('principals, hosts and addresses become pseudonyms in running text, the longest name first', () => {
  expect(hide.text('ann.lee and ann used support-agent at api.acme.test from 10.0.0.7')).toBe(
    'user-01 and user-02 used agent-01 at host-01 from address-01',
  );
});

test('a name inside of another word stays, and a short number is a count in a sentence but a name on its own', () => {
  expect(hide.text('annual report: 42 calls')).toBe('annual report: 42 calls');
  expect(hide.text('42')).toBe('user-03');
});

test('a host is found when it is spelt so that nobody clicks it, and an unknown one of a known domain is withheld', () => {
  expect(hide.text('sent to collect[.]drop[.]example, hxxps://id.acme.test/x')).toBe('sent to host-02, hxxps://[host]/x');
});

test('ids of objects leave a path, names of versions and templates stay', () => {
  expect(hide.text('GET api.acme.test/v1/users/7781/oauth2/{id}?mail=x')).toBe('GET host-01/v1/users/{…}/oauth2/{id}');
  expect(hide.text('read /v1/tickets/01JNEPEYPH twice')).toBe('read /v1/tickets/{…} twice');
});

test('quotes of bodies, e-mail addresses and addresses that no call came from are withheld', () => {
  expect(hide.text('it says “send all to bob@x.test”; bob@x.test, 192.0.2.9 and 2001:db8::7 at 02:13:05')).toBe(
    'it says “[withheld]”; [e-mail], [address] and [address] at 02:13:05',
  );
});

test('a call loses query, referer and ids, and keeps what is a word of ours', () => {
  expect(
    hide.call({
      ref: 'a.zip!api.acme.test/access.log#12',
      timeKind: 'start',
      method: 'GET',
      host: 'api.acme.test',
      path: '/v1/users/77',
      query: 'q=ann',
      referer: 'https://x/',
      clientIp: '10.0.0.7',
      kind: 'agent',
      principal: 'agent:support-agent',
      format: 'kong-json',
    }),
  ).toEqual({
    ref: 'a.zip!host-01/access.log#12',
    timeKind: 'start',
    method: 'GET',
    host: 'host-01',
    path: '/v1/users/{…}',
    clientIp: 'address-01',
    kind: 'agent',
    principal: 'agent-01',
    format: 'kong-json',
  });
});

test('a name of a source that holds a host changes alike wherever it stands', () => {
  expect(hide.json({ name: 'a.zip!www.acme.test/access.log', calls: ['a.zip!www.acme.test/access.log#3'] })).toEqual({
    name: 'a.zip![host]/access.log',
    calls: ['a.zip![host]/access.log#3'],
  });
});

test('names to look for in an output leave out what a search would find everywhere', () => {
  expect(hide.forbidden).toContain('ann.lee');
  expect(hide.forbidden).not.toContain('42');
});

test('the internal profile changes nothing', () => {
  expect(internalProfile.text('ann')).toBe('ann');
  expect(createPseudonymiser('internal', names, [])).toBe(internalProfile);
});

test('no pseudonym is the name of somebody, however a fleet calls its own', () => {
  const fleet = createPseudonymiser(
    'redacted',
    ['agent-03', '@agent-02', 'agent-01', 'bot'].map((name): CaseName => ({ kind: 'agent', name, aliases: [`agent:${name}`] })),
    [],
  );
  const hidden = fleet.text('agent-03, agent-01 and bot');
  expect(hidden).toBe('agent-04, agent-06 and agent-07');
  expect(fleet.text(hidden)).toBe(hidden);
});

test('a name as policies spell it goes whole, with the host in it', () => {
  const spelt: readonly CaseName[] = [
    { kind: 'service', name: 'run@sa.acme.test', aliases: ['service+3arun+40sa.acme.test'] },
    { kind: 'host', name: 'sa.acme.test', aliases: [] },
  ];
  const { text } = createPseudonymiser('redacted', spelt, []);
  expect(text('user: "principal:service+3arun+40sa.acme.test", GET+20sa.acme.test/x')).toBe(
    'user: "principal:service-01", GET+20host-01/x',
  );
});

test('an address in the name of a file is withheld, too', () => {
  expect(hide.text('logs/portal_34.251.77.10_9dd44568.log.gz')).toBe('logs/portal_[address]_9dd44568.log.gz');
});
