import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import type { Header, ImportedCall } from '#shared/model/call.ts';
import { fc } from '#test/support/property.ts';
import { callOf } from '#test/support/seed-calls.ts';

const intake = createIntake(nodeCrypto, new Uint8Array(32).fill(9));
const toolOf = (line: string, rest: Partial<ImportedCall> = {}): string | undefined =>
  intake.maskCall(callOf(`00:01 ${line}`, rest)).call.tool;
const withBody = (text: string, mime = 'application/json', headers: readonly Header[] = []): Partial<ImportedCall> => ({
  requestBody: { text, mime, encoding: 'text', bytes: undefined, note: undefined },
  requestHeaders: headers,
});
const json = (value: unknown): Partial<ImportedCall> => withBody(JSON.stringify(value));
const HASH = 'ab12cd34ef56'.padEnd(64, '0');

describe('GraphQL', () => {
  test.each([
    ['by its name', { query: 'query GetUser { user { id } }' }, 'graphql:query GetUser'],
    ['by its fields', { query: 'mutation { logout, login(a: 1) { t } }' }, 'graphql:mutation login, logout'],
    ['the operation that is asked for', { operationName: 'B', query: 'query A { a } mutation B { b }' }, 'graphql:mutation B'],
    ['many fields', { query: '{ a b c d e __typename }' }, 'graphql:query a, b, c +2'],
    [
      'a stored document by its name',
      { operationName: 'GetUser', extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } },
      'graphql:operation GetUser',
    ],
    ['a stored document by its hash', { extensions: { persistedQuery: { sha256Hash: HASH } } }, 'graphql:operation #ab12cd34ef56'],
    ['a batch of one operation', [{ query: '{ a }' }, { query: '{ a }' }], 'graphql:query a'],
    ['a batch', [{ query: 'query B { b }' }, { query: 'query A { a }' }], 'graphql:batch query A, query B'],
    ['a broken document', { operationName: 'GetUser', query: 'query GetUser {' }, 'graphql:operation GetUser'],
  ])('%s', (_, value, expected) => {
    expect(toolOf('POST api.test/graphql', json(value))).toBe(expected);
  });

  test('in a query string, a form, a multipart request and a body of its own', () => {
    expect(toolOf(`GET api.test/graphql?query=${encodeURIComponent('{ me { id } }')}`)).toBe('graphql:query me');
    expect(
      toolOf(`GET api.test/graphql?operationName=Me&extensions=${encodeURIComponent(`{"persistedQuery":{"sha256Hash":"${HASH}"}}`)}`),
    ).toBe('graphql:operation Me');
    expect(toolOf('POST api.test/graphql', withBody('query=query+Me+%7B+me+%7D', 'application/x-www-form-urlencoded'))).toBe(
      'graphql:query Me',
    );
    expect(toolOf('POST api.test/gql', withBody('query Me { me }', 'application/graphql'))).toBe('graphql:query Me');
    const form =
      '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"mutation Up($f: Upload) { up(f: $f) }"}\r\n--x--';
    expect(toolOf('POST api.test/graphql', withBody(form, 'multipart/form-data; boundary=x'))).toBe('graphql:mutation Up');
  });

  test.each([
    ['a search word', { query: 'red shoes' }],
    ['a search in another language', { query: { match: { title: 'x' } } }],
    ['an operation name without GraphQL', { operationName: 'GetUser' }],
    ['a hash of something', { documentId: 'abc' }],
  ])('%s is none', (_, value) => {
    expect(toolOf('POST api.test/search', json(value))).toBeUndefined();
  });
});

describe('JSON-RPC and MCP', () => {
  test.each([
    [{ jsonrpc: '2.0', id: 1, method: 'eth_call', params: [] }, 'rpc:eth_call'],
    [{ id: 1, method: 'tools/list', jsonrpc: '2.0' }, 'rpc:tools/list'],
    [{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search_orders', arguments: {} } }, 'mcp:search_orders'],
    [{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'a } { · b' } }, 'rpc:tools/call'],
    [
      [
        { jsonrpc: '2.0', method: 'b' },
        { jsonrpc: '2.0', method: 'tools/call', params: { name: 'a' } },
      ],
      'rpc:batch a, b',
    ],
    [{ jsonrpc: '2.0', id: 1, result: {} }, undefined],
    [{ method: 'transfer' }, undefined],
    [{ jsonrpc: '2.0', method: `x${'y'.repeat(500)}` }, undefined],
    [{ jsonrpc: '2.0', method: '<script>alert(1)</script>' }, undefined],
  ])('%j', (value, expected) => {
    expect(toolOf('POST api.test/mcp', json(value))).toBe(expected);
  });

  test('version 1 is believed where the path says JSON-RPC', () => {
    expect(toolOf('POST api.test/jsonrpc', json({ method: 'getinfo', params: [], id: 1 }))).toBe('rpc:getinfo');
  });

  test('headers tell where no body does', () => {
    expect(
      toolOf('POST api.test/mcp', {
        requestHeaders: [
          ['Mcp-Method', 'tools/call'],
          ['Mcp-Name', 'search'],
        ],
      }),
    ).toBe('mcp:search');
    expect(
      toolOf('POST api.test/mcp', {
        requestHeaders: [
          ['Mcp-Method', 'resources/read'],
          ['Mcp-Name', 'file:///x'],
        ],
      }),
    ).toBe('rpc:resources/read');
    expect(toolOf('POST api.test/', { requestHeaders: [['X-Amz-Target', 'DynamoDB_20120810.GetItem']] })).toBe(
      'rpc:DynamoDB_20120810.GetItem',
    );
    expect(toolOf('POST api.test/mcp', { requestHeaders: [['mcp-protocol-version', '2025-11-25']] })).toBeUndefined();
  });
});

describe('SOAP and gRPC', () => {
  const body = '<s:Envelope xmlns:s="x"><s:Body><GetPrice/></s:Body></s:Envelope>';
  test('SOAP by its header, its content type or the first element', () => {
    expect(toolOf('POST api.test/ws', withBody('<a/>', 'text/xml', [['SOAPAction', '"urn:shop#SetPrice"']]))).toBe('soap:SetPrice');
    expect(toolOf('POST api.test/ws', withBody(body, 'text/xml', [['SOAPAction', '""']]))).toBe('soap:GetPrice');
    expect(toolOf('POST api.test/ws', withBody('<a/>', 'application/soap+xml; charset=utf-8; action="urn:x/Del"'))).toBe('soap:Del');
    expect(toolOf('POST api.test/ws', withBody('<order><id>1</id></order>', 'application/xml'))).toBeUndefined();
  });

  test('gRPC by its path, or by its content type', () => {
    expect(toolOf('POST api.test/shop.v1.Orders/List')).toBe('grpc:shop.v1.Orders/List');
    expect(toolOf('POST api.test/twirp/shop.Orders/List')).toBe('grpc:shop.Orders/List');
    expect(toolOf('POST api.test/Greeter/SayHello')).toBeUndefined();
    expect(toolOf('POST api.test/Greeter/SayHello', { requestHeaders: [['content-type', 'application/grpc+proto']] })).toBe(
      'grpc:Greeter/SayHello',
    );
    expect(toolOf('GET api.test/v1.2/orders')).toBeUndefined();
    expect(toolOf('GET api.test/example.com/login')).toBeUndefined();
  });
});

test('a name never holds a secret of its message', () => {
  const token = 'ghp_' + 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O50Zb5Hm';
  expect(toolOf('POST api.test/rpc', json({ jsonrpc: '2.0', id: 1, method: token })) ?? '').not.toContain(token);
});

test('any JSON gives a short name of known letters, or none', () => {
  const key = fc.constantFrom(
    'jsonrpc',
    'method',
    'params',
    'name',
    'query',
    'operationName',
    'extensions',
    'persistedQuery',
    'sha256Hash',
    'documentId',
  );
  const text = fc.oneof(fc.constantFrom('2.0', 'tools/call', '{ a }', 'query Q { b }', HASH), fc.string());
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (message) => {
      const tool = toolOf('POST api.test/graphql', json(message));
      if (tool !== undefined) expect(tool).toMatch(/^(?:mcp|rpc|graphql):[\w./:$#, +-]{1,400}$/);
    }),
    { numRuns: 500 },
  );
});
