import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openapi } from '#shared/engine/importers/formats/openapi.ts';
import { issuesOf, notesOf, operationsOf, readAll } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/openapi/${name}`, import.meta.url)));
const items = await readAll(openapi, fixture('orders.yaml'));
const operation = (index: number): ReturnType<typeof operationsOf>[number]['operation'] | undefined =>
  operationsOf(items)[index]?.operation;
const spec = (body: string): string => `openapi: 3.0.0\ninfo: {title: t, version: "1"}\n${body}`;

test('the specification comes first, with variables filled in and relative servers rooted', () => {
  expect(items[0]).toEqual({
    kind: 'specification',
    specification: { title: 'Orders', version: '2.1', dialect: 'openapi-3.1', servers: ['https://api.acme.test/v1', '/relative/base'] },
  });
});

test('operations come in file order; keys that are no methods are not operations', () => {
  expect(operationsOf(items).map((item) => `${String(item.record)} ${item.operation.method} ${item.operation.path}`)).toEqual([
    '1 GET /orders',
    '2 POST /orders',
    '3 GET /orders/{id}',
  ]);
});

test('security: absent inherits, [] is public, {} among the alternatives makes it optional', () => {
  expect(operation(0)).toMatchObject({ secured: true, security: [{ scheme: 'oauth', scopes: ['orders.read'] }] });
  expect(operation(1)).toMatchObject({ secured: false, security: [], deprecated: true });
  expect(operation(2)).toMatchObject({ secured: false, security: [{ scheme: 'key', scopes: [] }] });
});

test('field names are found through references and lists, each once, and shared parameters count', () => {
  expect(operation(0)).toMatchObject({
    operationId: 'listOrders',
    tags: ['orders'],
    requestFields: ['tenant'],
    responseFields: ['id', 'cardNumber', 'parent'],
  });
  expect(operation(1)?.requestFields).toEqual(['tenant', 'id', 'cardNumber', 'parent']);
});

test('a reference that leaves the file is listed with its place and not followed', () => {
  const [issue] = issuesOf(items);
  expect(issue).toMatchObject({ severity: 'warning', code: 'SPEC_REF_EXTERNAL' });
  const bytes = fixture('orders.yaml');
  expect(issue && new TextDecoder().decode(bytes.subarray(issue.at.start, issue.at.start + issue.at.length))).toBe('other.yaml#/Missing');
});

test('operations know their bytes, in YAML and in JSON, after letters of several bytes', async () => {
  for (const name of ['orders.yaml', 'orders.json']) {
    const bytes = fixture(name);
    const read = operationsOf(await readAll(openapi, bytes));
    const texts = read.map(({ at }) => new TextDecoder().decode(bytes.subarray(at.start, at.start + at.length)));
    if (name.endsWith('json'))
      expect(texts.map((text): unknown => JSON.parse(text))).toEqual([
        { responses: {} },
        { operationId: 'é' },
        { security: [{ key: [] }] },
      ]);
    else expect(texts.map((text) => text.split('\n')[0]?.trim())).toEqual(['operationId: listOrders', 'deprecated: true', 'security:']);
  }
});

test('references that only lead to each other are a warning, recursion through properties is not', async () => {
  const text = spec(
    'paths:\n  /a:\n    get:\n      requestBody: {$ref: "#/components/x"}\ncomponents:\n  x: {$ref: "#/components/y"}\n  y: {$ref: "#/components/x"}\n',
  );
  expect(issuesOf(await readAll(openapi, text)).map((issue) => issue.code)).toEqual(['SPEC_REF_CYCLE']);
});

test('YAML 1.1 traps stay what they look like: on, no, dates, status codes as numbers', async () => {
  const read = operationsOf(
    await readAll(
      openapi,
      spec(
        'paths:\n  /on:\n    get:\n      operationId: no\n      responses:\n        200: {content: {a/b: {schema: {properties: {on: {}, 2020-01-01: {}}}}}}\n',
      ),
    ),
  );
  expect(read[0]?.operation).toMatchObject({ operationId: 'no', responseFields: ['on', '2020-01-01'] });
});

test('3.2: query and additional methods are operations', async () => {
  const read = operationsOf(
    await readAll(openapi, 'openapi: 3.2.0\npaths:\n  /a:\n    query: {}\n    additionalOperations:\n      COPY: {}\n'),
  );
  expect(read.map((item) => item.operation.method)).toEqual(['QUERY', 'COPY']);
});

test('Swagger 2.0: base URLs out of host, path and schemes; fields of body, form and answers', async () => {
  const swagger = await readAll(openapi, fixture('swagger20.yaml'));
  expect(swagger[0]).toEqual({
    kind: 'specification',
    specification: {
      title: 'Orders',
      version: '1.10',
      dialect: 'swagger-2.0',
      servers: ['https://api.acme.test/v2', 'http://api.acme.test/v2'],
    },
  });
  expect(operationsOf(swagger).map(({ operation: read }) => read)).toMatchObject([
    { method: 'GET', path: '/orders', requestFields: ['tenant', 'limit'], responseFields: ['id', 'card'], secured: true },
    { method: 'POST', path: '/orders', requestFields: ['tenant', 'id', 'card'], security: [{ scheme: 'oauth', scopes: ['write'] }] },
    { method: 'PUT', path: '/orders/{id}/photo', requestFields: ['tenant', 'photo', 'on'], secured: false, deprecated: true },
  ]);
});

test.each([
  ['{"swagger":"2.0","info":{},"basePath":"/v1","paths":{}}', ['/v1']],
  ['{"swagger":"2.0","info":{},"paths":{}}', ['/']],
  ['{"swagger":"2.0","info":{},"host":"a.test:8080","paths":{}}', ['https://a.test:8080']],
  ['swagger: 2.0\ninfo: {}\nhost: a.test\nschemes: [wss]\nbasePath: v1\npaths: {}\n', ['wss://a.test/v1']],
])('Swagger %j has the servers %j', async (text, servers) => {
  expect((await readAll(openapi, text))[0]).toMatchObject({ specification: { dialect: 'swagger-2.0', servers } });
});

test('a version that YAML makes a number of is still that version', async () => {
  for (const [text, dialect] of [
    ['openapi: 3.0\n', 'openapi-3.0'],
    ['openapi: 3.1\n', 'openapi-3.1'],
    ['swagger: 2.0\n', 'swagger-2.0'],
  ])
    expect((await readAll(openapi, `${text ?? ''}info: {title: t, version: 012}\npaths: {}\n`))[0]).toMatchObject({
      specification: { dialect, version: '012' },
    });
});

test('3.2: a reference by the own URI stays inside, and fields of streamed items count', async () => {
  const read = await readAll(
    openapi,
    'openapi: 3.2.0\n$self: https://a.test/spec\npaths:\n  /a:\n    get:\n      responses:\n        200:\n          content: {application/jsonl: {itemSchema: {$ref: "https://a.test/spec#/components/schemas/A"}}}\ncomponents: {schemas: {A: {properties: {id: {}}}}}\n',
  );
  expect(operationsOf(read)[0]?.operation.responseFields).toEqual(['id']);
  expect(issuesOf(read)).toEqual([]);
});

test('AsyncAPI is known by name and servers; its channels are no operations', async () => {
  const read = await readAll(
    openapi,
    'asyncapi: 3.0.0\ninfo: {title: Events, version: 1.0.0}\nservers: {main: {host: mq.acme.test, protocol: kafka}}\nchannels: {a: {}, b: {}}\n',
  );
  expect(read[0]).toMatchObject({ specification: { title: 'Events', dialect: 'asyncapi-3.0.0', servers: ['kafka://mq.acme.test'] } });
  expect(operationsOf(read)).toEqual([]);
  expect(notesOf(read)).toEqual(['2 channels of asyncapi-3.0.0 carry messages, not HTTP calls; they were not read as operations.']);
});

test('a description without paths has no operations, and says that webhooks were left out', async () => {
  const read = await readAll(openapi, 'openapi: 3.1.0\nwebhooks:\n  a: {post: {}}\n');
  expect(operationsOf(read)).toEqual([]);
  expect(notesOf(read).join()).toContain('1 webhooks');
});

test.each([
  ['swagger: "1.2"\npaths: {}\n', 'SPEC_VERSION', 'Swagger 1.2; 2.0 is read'],
  ['openapi: 4.0.0\n', 'SPEC_VERSION', '3.0, 3.1 and 3.2 are read'],
  ['{"info":{"title":"x"},"paths":{}}', 'SPEC_VERSION', 'no openapi version'],
  ['openapi: 3.0.0\npaths: [unclosed\n', 'YAML_SYNTAX', 'not valid YAML'],
  ['{"openapi":"3.0.0",', 'JSON_SYNTAX', 'not valid JSON'],
])('%j is refused as %s', async (text, code, said) => {
  await expect(readAll(openapi, text)).rejects.toMatchObject({
    code: 'damaged-file',
    details: { code },
    message: expect.stringContaining(said) as string,
  });
});
