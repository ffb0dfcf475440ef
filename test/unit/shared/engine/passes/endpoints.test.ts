import { expect, test } from 'vitest';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { listEndpoints } from '#shared/engine/store/read/endpoints.ts';
import { listPrincipals } from '#shared/engine/store/read/principals/principals.ts';
import type { ImportedBody, ImportedCall } from '#shared/model/call.ts';
import { memoryCase } from '#test/support/case.ts';
import { bearer, callOf, passContext, seedCalls, seedSpecification } from '#test/support/seed-calls.ts';

type Specification = Parameters<typeof seedSpecification>;

async function caseOf(calls: readonly ImportedCall[], ...specs: readonly (readonly [Specification[1], Specification[2]])[]) {
  const db = memoryCase();
  seedCalls(db, calls);
  for (const [servers, operations] of specs) seedSpecification(db, servers, operations);
  await principalsPass.run(passContext(db));
  const sentence = await endpointsPass.run(passContext(db));
  return { db, sentence, endpoints: listEndpoints(db), ids: listEndpoints(db).map((endpoint) => endpoint.id) };
}

const calls = (text: string): readonly ImportedCall[] =>
  text
    .trim()
    .split('\n')
    .map((line, index) => callOf(`00:${String(index)} ${line.trim()}`));

const many = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join('\n');

test('ids become parameters, words beside them stay', async () => {
  const { ids } = await caseOf(
    calls(`
    GET api.test/v1/users/7
    GET api.test/v1/users/8
    GET api.test/v1/users/me
    GET api.test/v1/users/7/orders/3f2b8c1e-7a4d-4f0b-9c55-0d9d2f6b8a11
    GET api.test/v1/users/7/orders/`),
  );
  expect(ids).toEqual([
    'GET api.test/v1/users/me',
    'GET api.test/v1/users/{id}',
    'GET api.test/v1/users/{id}/orders',
    'GET api.test/v1/users/{userId}/orders/{orderId}',
  ]);
});

test('many names with the same continuation are values', async () => {
  const names = ['anna', 'ben', 'carla', 'dmitri', 'elif', 'fatou', 'grete', 'hiro', 'ines', 'jamal'];
  const { ids } = await caseOf(
    calls(names.flatMap((name) => [`GET api.test/people/${name}/inbox`, `GET api.test/people/${name}`]).join('\n')),
  );
  expect(ids).toEqual(['GET api.test/people/{id}', 'GET api.test/people/{id}/inbox']);
});

test('ten different places of an API are not values', async () => {
  const words = ['orders', 'users', 'login', 'search', 'cart', 'invoices', 'health', 'reports', 'settings', 'exports'];
  expect((await caseOf(calls(words.map((word) => `GET api.test/api/${word}`).join('\n')))).ids).toHaveLength(10);
});

test('what is variable after a word in one place is variable after it elsewhere', async () => {
  const slugs = ['red-lamp', 'blue-chair', 'oak-desk', 'tin-cup', 'wool-rug', 'cork-mat', 'silk-tie', 'clay-pot', 'jade-ring'];
  const { ids } = await caseOf(
    calls(`${slugs.map((slug) => `GET api.test/shop/things/${slug}`).join('\n')}\nGET api.test/b2b/things/iron-gate`),
  );
  expect(ids).toEqual(['GET api.test/b2b/things/{id}', 'GET api.test/shop/things/{id}']);
});

test('guesses of a probe make one endpoint and no shadow', async () => {
  const { endpoints } = await caseOf(
    calls(
      `${many(30, (at) => `GET api.test/zz${'abcdefghijklmnopqrstuvwxyz'.charAt(at % 26)}${at > 25 ? 'q' : ''}y 404`)}\nGET api.test/orders 200`,
    ),
    [['https://api.test'], [['GET /orders']]],
  );
  expect(endpoints.map((endpoint) => [endpoint.id, endpoint.spec, endpoint.calls])).toEqual([
    ['GET api.test/orders', 'documented', 1],
    ['GET api.test/{id}', 'no-spec', 30],
  ]);
});

test('a description decides templates, names and status', async () => {
  const { endpoints } = await caseOf(
    calls(`
      GET api.test/v1/pets/rex 200
      GET api.test/V1/pets/search/ 200
      HEAD api.test/v1/pets/rex 200
      POST api.test/v1/pets/rex/feed 200
      GET api.test/v1/internal/dump 200
      GET api.test/v1/internal/guess 404
      GET api.test/logo.png 200
      GET other.test/v1/pets/rex 200
      DELETE api.test/v1/old/1 204`),
    [
      ['https://api.test/v1'],
      [
        ['GET /pets/{petId}', { operationId: 'getPet' }],
        ['GET /pets/search'],
        ['POST /pets/{petId}/feed'],
        ['DELETE /old/{id}', { deprecated: true }],
        ['GET /never'],
      ],
    ],
  );
  expect(endpoints.map((endpoint) => `${endpoint.id} ${endpoint.spec} ${endpoint.operation ?? '-'} ${String(endpoint.calls)}`)).toEqual(
    [
      'GET api.test/logo.png no-spec - 1',
      'GET api.test/v1/internal/dump shadow - 1',
      'GET api.test/v1/internal/guess no-spec - 1',
      'GET api.test/v1/never orphan GET /never 0',
      'DELETE api.test/v1/old/{id} zombie DELETE /old/{id} 1',
      'GET api.test/v1/pets/search documented GET /pets/search 1',
      'GET api.test/v1/pets/{petId} documented getPet 1',
      'HEAD api.test/v1/pets/{petId} documented getPet 1',
      'POST api.test/v1/pets/{petId}/feed documented POST /pets/{petId}/feed 1',
      'GET other.test/v1/pets/rex no-spec - 1',
    ].sort((a, b) => (order(a) < order(b) ? -1 : 1)),
  );
});
const order = (line: string): string => {
  const [method = '', place = ''] = line.split(' ');
  const slash = place.indexOf('/');
  return `${place.slice(0, slash)}\u0000${place.slice(slash)}\u0000${method}`;
};

test('a description with relative servers speaks for the host that it mostly knows', async () => {
  const { endpoints } = await caseOf(calls('GET gw.local/api/pets/1\nGET gw.local/api/pets/2\nGET gw.local/api/dump\nGET cdn.local/x/y'), [
    ['/api'],
    [['GET /pets/{id}']],
  ]);
  expect(endpoints.map((endpoint) => [endpoint.id, endpoint.spec])).toEqual([
    ['GET cdn.local/x/y', 'no-spec'],
    ['GET gw.local/api/dump', 'shadow'],
    ['GET gw.local/api/pets/{id}', 'documented'],
  ]);
});

test('bodies decide the sensitivity where there are any, names elsewhere', async () => {
  const body = (value: unknown): Partial<ImportedCall> => ({
    responseBody: { text: JSON.stringify(value), mime: 'application/json', encoding: 'text', bytes: undefined, note: undefined },
  });
  const { endpoints } = await caseOf([
    callOf('00:01 GET api.test/things/1', body({ card: '4539578763621486' })),
    callOf('00:01 GET api.test/people', body(Array.from({ length: 12 }, (_, at) => ({ email: `u${String(at)}@acme.test` })))),
    callOf('00:01 GET api.test/people/1', body({ email: 'u@acme.test' })),
    callOf('00:01 GET api.test/customers/7', body({ ok: true })),
    callOf('00:01 GET gw.test/customers'),
    callOf('00:01 POST gw.test/customers/7/refunds'),
  ]);
  expect(
    endpoints.map((endpoint) => `${endpoint.id} ${endpoint.sensitivity} ${endpoint.classifiedFrom} ${endpoint.flags.join()}`.trim()),
  ).toEqual([
    'GET api.test/customers/{id} S0 bodies',
    'GET api.test/people S2 bodies',
    'GET api.test/people/{id} S1 bodies',
    'GET api.test/things/{id} S3 bodies',
    'GET gw.test/customers S2 names',
    'POST gw.test/customers/{id}/refunds S1 names moves-money',
  ]);
  expect(endpoints[1]?.dataTypes).toEqual([{ type: 'email', where: 'response $[*].email', share: 1 }]);
});

test('an endpoint counts its principals, agents, statuses and ways to prove oneself', async () => {
  const { endpoints } = await caseOf([
    callOf('00:01 GET api.test/a 200', { requestHeaders: bearer({ iss: 'i', sub: 'support-bot' }) }),
    callOf('00:02 GET api.test/a 403', { consumer: 'anna' }),
    callOf('00:03 GET api.test/a 200'),
  ]);
  expect(endpoints[0]).toMatchObject({
    calls: 3,
    principals: 3,
    agents: 1,
    statuses: { 200: 2, 403: 1 },
    auth: ['bearer', 'gateway', 'none'],
    firstSeen: '2026-10-01T00:00:01.000000Z',
  });
});

test('scopes used are those that successful calls of described operations needed', async () => {
  const { db } = await caseOf(
    [
      callOf('00:01 GET api.test/orders 200', {
        requestHeaders: bearer({ iss: 'i', sub: 'bot', scope: 'orders:read orders:write customers:*' }),
      }),
      callOf('00:02 POST api.test/orders 403', {
        requestHeaders: bearer({ iss: 'i', sub: 'bot', scope: 'orders:read orders:write customers:*' }),
      }),
      callOf('00:03 GET api.test/customers 200', {
        requestHeaders: bearer({ iss: 'i', sub: 'bot', scope: 'orders:read orders:write customers:*' }),
      }),
    ],
    [
      ['https://api.test'],
      [
        ['GET /orders', { security: [{ scheme: 'oauth', scopes: ['orders:read'] }] }],
        ['POST /orders', { security: [{ scheme: 'oauth', scopes: ['orders:write'] }] }],
        ['GET /customers', { security: [{ scheme: 'oauth', scopes: ['customers:read'] }] }],
      ],
    ],
  );
  expect(listPrincipals(db)[0]).toMatchObject({
    scopesGranted: ['customers:*', 'orders:read', 'orders:write'],
    scopesUsed: ['customers:*', 'orders:read'],
    scopesUnused: ['orders:write'],
  });
});

test('without a description that names scopes, none counts as used or unused', async () => {
  const { db } = await caseOf([
    callOf('00:01 GET api.test/orders 200', { requestHeaders: bearer({ iss: 'i', sub: 'bot', scope: 'a b' }) }),
  ]);
  expect(listPrincipals(db)[0]).toMatchObject({ scopesGranted: ['a', 'b'], scopesUsed: [], scopesUnused: [] });
});

test('text that was no request has no endpoint', async () => {
  const { db, ids } = await caseOf([{ timeKind: 'unknown', zoneKnown: true, path: '\\x16\\x03\\x01' }]);
  expect(ids).toEqual([]);
  expect(db.prepare('SELECT endpoint_id FROM call_fact').all()).toEqual([{ endpoint_id: null }]);
});

test('a description speaks for its port only, where it names one', async () => {
  const local = (port: number): ImportedCall => ({ ...callOf('00:01 POST localhost/api/users'), port });
  const specOf = async (ports: readonly number[], server: string): Promise<readonly string[]> => {
    const { endpoints } = await caseOf(ports.map(local), [[server], [['GET /api/orders']]]);
    return endpoints.map(({ id, spec }) => `${id} ${spec}`);
  };
  expect(await specOf([3000], 'http://localhost:8888')).toContain('POST localhost/api/users no-spec');
  expect(await specOf([8888], 'http://localhost:8888')).toContain('POST localhost/api/users shadow');
  expect(await specOf([3000], 'http://localhost')).toContain('POST localhost/api/users shadow');
});

const bodyOf = (mime: string): ImportedBody => ({
  text: '{"password":"hunter2-hunter2"}',
  mime,
  encoding: 'text',
  bytes: undefined,
  note: undefined,
});

test('a question about its own health is no secret, and words in a program are no data', async () => {
  const { endpoints } = await caseOf([
    callOf('00:01 GET api.test/v1/health'),
    callOf('00:02 GET api.test/v1/users/7/health'),
    { ...callOf('00:03 GET api.test/app.js'), contentType: 'text/javascript; charset=utf-8', responseBody: bodyOf('text/javascript') }, // prettier-ignore
    { ...callOf('00:04 GET api.test/app.json'), contentType: 'application/json', responseBody: bodyOf('application/json') }, // prettier-ignore
  ]);
  expect(endpoints.map(({ id, sensitivity }) => [id, sensitivity])).toEqual([
    ['GET api.test/app.js', 'S0'],
    ['GET api.test/app.json', 'S3'],
    ['GET api.test/v1/health', 'S0'],
    ['GET api.test/v1/users/{id}/health', 'S3'],
  ]);
});
