import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SECRET, type PacketEntry } from '#shared/engine/report/revocation/packet-entry.ts';
import { packetFiles } from '#shared/engine/report/revocation/packet.ts';
import { packetContext, packetEntry } from '#test/support/packet-entry.ts';
import { securityEventSchema } from '#test/support/set-schema.ts';

const filesOf = (...entries: readonly PacketEntry[]): ReadonlyMap<string, string> =>
  new Map(packetFiles(entries, packetContext).map(({ name, text }) => [name, text]));
const jwt = packetEntry('jwt', { iss: 'https://id.acme.test/realms/a', sub: 'bot', jti: 'token-1', iat: 1_789_000_000 });

const isEvent = new Ajv2020({ formats: { uri: true } }).compile(securityEventSchema);

test.each([
  ['a token with an id', jwt],
  ['a token without an id', packetEntry('jwt', { iss: 'https://id.acme.test', sub: 'bot' })],
  ['a token that says nothing', packetEntry('jwt')],
  ['a person’s session', packetEntry('session', { holderKind: 'human', label: 'sid' })],
  ['a key', packetEntry('api-key', { label: 'x-api-key' })],
  ['a password', packetEntry('basic', { holderKind: 'human' })],
  ['a certificate', packetEntry('mtls')],
  ['an opaque token', packetEntry('opaque')],
])('the events of %s are payloads as RFC 8417, CAEP and RISC describe them', (_, entry) => {
  const events = [...filesOf(entry)].filter(([name]) => name.startsWith('events/'));
  expect(events.length).toBeGreaterThan(1);
  for (const [, text] of events) {
    expect(isEvent(JSON.parse(text)), JSON.stringify(isEvent.errors)).toBe(true);
  }
});

test('the request of RFC 7009 names the issuer’s host and never the secret', () => {
  const text = filesOf(jwt).get('rfc7009/001-jwt-1.http') ?? '';
  expect(text.split('\r\n')).toEqual([
    'POST /REPLACE-WITH-THE-REVOCATION-ENDPOINT HTTP/1.1',
    'Host: id.acme.test',
    'Authorization: Basic REPLACE-WITH-THE-CREDENTIALS-OF-THE-CLIENT',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: REPLACE',
    '',
    `token=${SECRET}&token_type_hint=access_token`,
    '',
  ]);
  expect(filesOf(packetEntry('opaque', { isRefresh: true })).get('rfc7009/001-opaque-1.http')).toContain('token_type_hint=refresh_token');
});

test('keys, sessions, passwords and certificates are nothing to a token endpoint', () => {
  const entries = (['api-key', 'session', 'basic', 'mtls'] as const).map((kind, at) => packetEntry(kind, {}, at + 1));
  expect([...filesOf(...entries).keys()].filter((name) => name.startsWith('rfc7009/'))).toEqual([]);
});

test('what has expired is denied nowhere', () => {
  const names = [...filesOf(packetEntry('jwt', { jti: 'token-1', stillValidSeconds: 0 })).keys()];
  expect(names.filter((name) => name.startsWith('gateways/'))).toEqual([]);
});

test('Envoy and Kong read the values that were meant', () => {
  const files = filesOf(jwt, packetEntry('api-key', { label: 'X-Api-Key', consumers: ['north market'] }, 2));
  const kong = parse(files.get('gateways/kong.yaml') ?? '') as { plugins: readonly { name: string; consumer?: string }[] };
  expect(kong.plugins.map(({ name, consumer }) => [name, consumer])).toEqual([
    ['pre-function', undefined],
    ['request-termination', 'north market'],
  ]);
  const envoy = parse(files.get('gateways/envoy.yaml') ?? '') as { typed_config: { rules: { policies: object } } };
  expect(Object.keys(envoy.typed_config.rules.policies)).toEqual(['001-jwt-1', '002-api-key-2']);
  expect(JSON.stringify(envoy)).toContain('"exact":"token-1"');
});

test('Kong’s draft names a consumer of several keys once, and says which key alone could go', () => {
  const id = '99d12aed-f931-4b00-a0c3-bb108283ac9c';
  const keys = [1, 2].map((at) =>
    packetEntry('api-key', { consumers: ['agent-support'], ...(at === 1 ? { label: id, masked: id } : {}) }, at),
  );
  const text = filesOf(...keys).get('gateways/kong.yaml') ?? '';
  const { plugins } = parse(text) as { plugins: readonly { name: string; consumer: string }[] };
  expect(plugins.map(({ name, consumer }) => [name, consumer])).toEqual([['request-termination', 'agent-support']]);
  expect(text).toContain(`# 001-api-key-1 alone: delete the credential ${id} of this consumer`);
  expect(text).toContain('# 001-api-key-1, 002-api-key-2: everything of this consumer stops');
});

test('NGINX compares the token’s id, and the key by a text to be replaced', () => {
  expect(filesOf(jwt, packetEntry('api-key', { label: 'X-Api-Key' }, 2)).get('gateways/nginx.conf')).toBe(
    `# Draft for NGINX. Maps go into http { }, the lines with "if" into each server { }.
map $jwt_claim_jti $revoked_jwt_claim_jti {
    default 0;
    "token-1" 1; # 001-jwt-1
}
map $http_x_api_key $revoked_http_x_api_key {
    default 0;
    "${SECRET}-OF-api-key-2" 1; # 002-api-key-2
}
if ($revoked_jwt_claim_jti) { return 401; }
if ($revoked_http_x_api_key) { return 401; }
`,
  );
});

test('the checklist says the order, the sum and who loses what', () => {
  const text = filesOf(jwt).get('checklist.txt') ?? '';
  expect(text).toContain('1. jwt-1  jwt  eyJ…abc');
  expect(text).toContain('What breaks:  bot (3 calls on 1 endpoints)');
  expect(text).toContain('[ ] Revoke it at its issuer');
});

test('the id by which a gateway logs a key is no header: it stands where ids stand, and the drafts fall back to the usual header', () => {
  const entry = packetEntry('api-key', { label: 'kj4zv7ganr', masked: 'kj4zv7ganr' });
  const files = new Map(packetFiles([entry], packetContext).map(({ name, text }) => [name, text]));
  expect(files.get('gateways/aws-api-gateway.json')).toContain('"disableApiKey": "kj4zv7ganr"');
  expect(files.get('gateways/envoy.yaml')).toContain('name: "x-api-key"');
  expect(files.get('gateways/nginx.conf')).toContain('$http_x_api_key');
});

test('what a draft for Kong cannot stop is said in it', () => {
  const key = packetEntry('api-key');
  const token = packetEntry('jwt', { sub: 'bot' }, 2);
  const kong = packetFiles([key, token], packetContext).find(({ name }) => name === 'gateways/kong.yaml')?.text;
  expect(kong).toContain('# 001-api-key-1: NOT STOPPED HERE, since no consumer is known; delete it among the keyauth_credentials');
  expect(kong).not.toContain('# 002-jwt-2: NOT STOPPED');
  expect(parse(packetFiles([key], packetContext).find(({ name }) => name === 'gateways/kong.yaml')?.text ?? '')).toMatchObject({
    plugins: [],
  });
});

test('two tokens of one subject are one key: NGINX takes none twice', () => {
  const text = filesOf(packetEntry('jwt', { sub: 'bot' }), packetEntry('jwt', { sub: 'bot' }, 2)).get('gateways/nginx.conf') ?? '';
  expect(text.match(/bot"? 1;/g)).toHaveLength(1);
  expect(text).toMatch(/1; # .+, .+/);
});
