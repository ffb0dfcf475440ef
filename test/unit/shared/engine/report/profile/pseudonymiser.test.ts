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
    'user-01 and user-02 used agent-01 at host-01 from address-01.1',
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
    clientIp: 'address-01.1',
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

const net = (name: string, network?: string): CaseName => ({
  kind: 'network',
  name,
  aliases: [],
  ...(network === undefined ? {} : { network }),
});
const at = (name: string, network: string): CaseName => ({ kind: 'address', name, aliases: [], network });
const places = createPseudonymiser(
  'redacted',
  [
    { kind: 'human', name: '192.0.2.0/24 · curl', aliases: [] },
    net('192.0.2.0/24'),
    at('192.0.2.7', '192.0.2.0/24'),
    at('192.0.2.178', '192.0.2.0/24'),
    net('2001:db8:5::/48'),
    net('2001:db8:5:9::/64', '2001:db8:5::/48'),
    at('2001:db8:5:9::7', '2001:db8:5::/48'),
    net('198.51.100.0/24'),
  ],
  [],
);

test('networks keep apart, and an address tells by its pseudonym which one it is in', () => {
  expect(places.text('used from 192.0.2.0/24 (192.0.2.178, 192.0.2.7), not from 198.51.100.0/24')).toBe(
    'used from network-01/24 (address-01.2, address-01.1), not from network-03/24',
  );
  expect(places.text('from 2001:db8:5::/48 with curl; 2001:db8:5:9::7 in 2001:db8:5:9::/64')).toBe(
    'from network-02/48 with curl; address-02.2 in network-02.1/64',
  );
  expect(places.json({ networks: ['198.51.100.0/24'] })).toEqual({ networks: ['network-03/24'] });
});

test('a caller whose name is its network has a pseudonym of callers, and an unknown network only its length', () => {
  expect(places.text('192.0.2.0/24 · curl came from 203.0.113.0/24 and 2001:db8:77::/48 twice')).toBe(
    'user-01 came from [address]/24 and [address]/48 twice',
  );
});

test('no pseudonym of an address is the name of somebody', () => {
  const taken: CaseName = { kind: 'service', name: 'address-01.1', aliases: [] };
  expect(createPseudonymiser('redacted', [taken, at('10.0.0.7', '10.0.0.0/24')], []).text('10.0.0.7')).toBe('address-01.2');
});

test('the version of a browser is no address, an address after the name of a program is one', () => {
  expect(hide.text('Chrome/138.0.0.0 Safari/537.36 proxy/10.0.0.7')).toBe('Chrome/138.0.0.0 Safari/537.36 proxy/address-01.1');
  expect(hide.text('via/10.0.0.0/8 and 10.0.0.0')).toBe('via/[address]/8 and [address]');
});

test('a title that was cut within a name is cut anew from its whole sentence', () => {
  const holder = createPseudonymiser('redacted', [{ kind: 'human', name: 'Anna Maria Hoffmannsthal', aliases: [] }], []);
  const summary =
    '1234 session tokens stood in answers of the address book and belong to nobody but the holder Anna Maria Hoffmannsthal who left';
  const { title } = holder.json({ title: `${summary.slice(0, summary.indexOf(' Hoffmannsthal'))} …`, summary });
  expect(title).not.toMatch(/Anna|Maria/);
});
