/** What ties two calls together, one test a mechanism: through import and analysis, with the sentence that a person reads. */
import { expect, test } from 'vitest';

import { chainsOf } from '#test/bench/truth-trees/feed.ts';
import { harFromCalls, type HarCall } from '#test/support/har-from-calls.ts';

const OUTER = 'https://api.acme.test';
const INNER = 'https://stock.acme.test';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const [SPAN, CHILD] = ['00f067aa0ba902b7', 'aaf067aa0ba902b7'];
const TASK = '363422be-b0f9-4692-a24d-278670e7c7f1';

type Edges = readonly (readonly [edge: string, why: string])[];

const edgesOf = async (files: Readonly<Record<string, string>>): Promise<Edges> =>
  (await chainsOf(files)).edges.map(({ from, to, kinds, why }) => [`${from} ${kinds.join('+')} ${to}`, why]);

/** A call of 900 ms in one capture, and one of 200 ms within it in another. */
const nested = (outer: Partial<HarCall>, inner: Partial<HarCall>): Promise<Edges> =>
  edgesOf({
    'outer.har': harFromCalls([{ at: 0, url: `${OUTER}/orders`, time: 900, ...outer }]),
    'inner.har': harFromCalls([{ at: 0.2, url: `${INNER}/items`, time: 200, ...inner }]),
  });
const withHeaders = (outer: readonly string[], inner: readonly string[]): Promise<Edges> => nested({ headers: outer }, { headers: inner });

/** Calls of one client, three seconds apart. */
const inTurn = (calls: readonly Omit<HarCall, 'at'>[]): Promise<Edges> =>
  edgesOf({ 'c.har': harFromCalls(calls.map((call, index) => ({ at: index * 3, ...call }))) });

const rpc = (method: string, params: object, result: object): Pick<HarCall, 'method' | 'body' | 'response'> => ({
  method: 'POST',
  body: { jsonrpc: '2.0', id: 1, method, params },
  response: { jsonrpc: '2.0', id: 1, result },
});

const WITHIN = 'same trace, and it lies within the cause, which is the innermost open call; it began 200 ms later';
const BY_SPAN = 'its span lies in that of the cause, in the same trace; it began 200 ms later';
const BY_REQUEST = 'same request id, and the cause is the outer hop; they began 200 ms apart';

test.each<[name: string, outer: readonly string[], inner: readonly string[], why: string]>([
  ['W3C trace context', [`traceparent: 00-${TRACE}-${SPAN}-01`], [`traceparent: 00-${TRACE}-${CHILD}-01`], WITHIN],
  ['B3 in one header', [`b3: ${TRACE}-${SPAN}-1`], [`b3: ${TRACE}-${CHILD}-1-${SPAN}`], BY_SPAN],
  [
    'B3 in several',
    [`X-B3-TraceId: ${TRACE}`, `X-B3-SpanId: ${SPAN}`],
    [`X-B3-TraceId: ${TRACE}`, `X-B3-SpanId: ${CHILD}`, `X-B3-ParentSpanId: ${SPAN}`],
    BY_SPAN,
  ],
  [
    'X-Ray, with the part of a load balancer before the root',
    ['X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678'],
    ['X-Amzn-Trace-Id: Self=1-67891234-12456789abcdef0123456789;Root=1-67891233-abcdef012345678912345678'],
    WITHIN,
  ],
  [
    'Datadog',
    ['x-datadog-trace-id: 123456789012', 'x-datadog-parent-id: 77'],
    ['x-datadog-trace-id: 123456789012', 'x-datadog-parent-id: 88'],
    WITHIN,
  ],
  ['a request id', ['x-request-id: 7f3a9c21-aa'], ['x-request-id: 7f3a9c21-aa'], BY_REQUEST],
  ['a correlation id', ['x-correlation-id: 7f3a9c21-aa'], ['x-correlation-id: 7f3a9c21-aa'], BY_REQUEST],
])('%s', async (_, outer, inner, why) => {
  expect(await withHeaders(outer, inner)).toEqual([['outer.har#1 trace inner.har#1', why]]);
});

test('trace context inside a message of MCP', async () => {
  const params = { name: 'stock', arguments: {}, _meta: { traceparent: `00-${TRACE}-${CHILD}-01` } };
  const found = await nested(
    { headers: [`traceparent: 00-${TRACE}-${SPAN}-01`] },
    { url: `${INNER}/mcp`, ...rpc('tools/call', params, {}) },
  );
  expect(found).toEqual([['outer.har#1 trace inner.har#1', WITHIN]]);
});

test('a Link header to the next page, by its cursor and by its number', async () => {
  const page = async (query: string): Promise<Edges> =>
    inTurn([
      {
        url: `${OUTER}/items`,
        responseHeaders: [`Link: <${OUTER}/items?${query}>; rel="next", <${OUTER}/items>; rel="first"`],
        response: [],
      },
      { url: `${OUTER}/items?${query}`, response: [] },
    ]);
  expect(await page('page=2')).toEqual([
    ['c.har#1 pagination+value c.har#2', 'response-header link → url; the value holds 95 bits and stands in no other answer'],
  ]);
  expect((await page('after=c2tpcDo1MDA5')).map(([edge]) => edge)).toEqual(['c.har#1 pagination+value c.har#2']);
});

test('a message of JSON-RPC within the same message in another record: handed on, not only at the same time', async () => {
  const ask = rpc('tools/call', { name: 'stock', arguments: { sku: 'A1' } }, { content: [] });
  const found = await nested({ url: `${OUTER}/gateway`, ...ask }, { url: `${INNER}/mcp`, ...ask });
  expect(found).toEqual([
    [
      'outer.har#1 rpc inner.har#1',
      'the same message of JSON-RPC handed on: operation and message id agree, and it lies within the cause; it began 200 ms later',
    ],
  ]);
  // The neighbours: another tool under the same id, and the same message beside the other instead of within it.
  expect(await nested({ url: `${OUTER}/gateway`, ...ask }, { url: `${INNER}/mcp`, ...rpc('tools/call', { name: 'price' }, {}) })).toEqual(
    [],
  );
  expect(await nested({ url: `${OUTER}/gateway`, ...ask, time: 100 }, { url: `${INNER}/mcp`, ...ask })).toEqual([]);
});

test('a link of a loaded description: a short number that an answer names for another endpoint', async () => {
  const responses = (links?: object): object => ({ 201: { description: 'made', ...(links === undefined ? {} : { links }) } });
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const description = {
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1.2' },
    servers: [{ url: `${OUTER}/v1` }],
    paths: {
      '/orders': {
        post: {
          responses: responses({
            GetOrder: { operationId: 'getOrder', parameters: { id: '$response.body#/data/id' } },
            Receipt: { operationRef: '#/paths/~1orders~1{id}~1receipt/get', parameters: { 'path.id': '$response.header.X-Order' } },
            Constant: { operationId: 'getOrder', parameters: { id: 7 } },
          }),
        },
      },
      '/orders/{id}': { get: { operationId: 'getOrder', parameters: [id], responses: {} } },
      '/orders/{id}/receipt': { get: { parameters: [id], responses: {} } },
    },
  };
  const after = async (path: string): Promise<Edges> =>
    edgesOf({
      'openapi.json': JSON.stringify(description),
      'c.har': harFromCalls([
        {
          at: 0,
          method: 'POST',
          url: `${OUTER}/v1/orders`,
          status: 201,
          body: {},
          response: { data: { id: 17 } },
          responseHeaders: ['X-Order: 18'],
        },
        { at: 3, url: `${OUTER}/v1${path}`, response: {} },
      ]),
    });
  expect(await after('/orders/17')).toEqual([
    ['c.har#1 value c.har#2', 'response $.data.id → path {id}, as the link GetOrder of the description Orders 1.2 says'],
  ]);
  expect(await after('/orders/18/receipt')).toEqual([
    ['c.har#1 value c.har#2', 'response-header x-order → path {id}, as the link Receipt of the description Orders 1.2 says'],
  ]);
  // The neighbours: another number, and the right number where no link leads.
  expect(await after('/orders/18')).toEqual([]);
  expect(await after('/orders/17/receipt')).toEqual([]);
});

test('a link of a loaded description into the body of the next request: a member, a form field, and the whole answer', async () => {
  const linked = (requestBody: unknown): object => ({
    200: { description: 'made', links: { Next: { operationId: 'next', requestBody } } },
  });
  const after = async (requestBody: unknown, call: Partial<HarCall>): Promise<Edges> =>
    edgesOf({
      'openapi.json': JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Orders', version: '1.2' },
        servers: [{ url: OUTER }],
        paths: { '/carts': { post: { responses: linked(requestBody) } }, '/orders': { post: { operationId: 'next', responses: {} } } },
      }),
      'c.har': harFromCalls([
        { at: 0, method: 'POST', url: `${OUTER}/carts`, body: {}, response: { cart: { id: 17, lines: [{ sku: 4 }] } } },
        { at: 3, method: 'POST', url: `${OUTER}/orders`, response: {}, ...call },
      ]),
    });
  const says = (places: string): Edges => [['c.har#1 value c.har#2', `${places}, as the link Next of the description Orders 1.2 says`]];
  const member = { order: { from: '$response.body#/cart/id' }, kind: 'card' };
  expect(await after(member, { body: { order: { from: '17' } } })).toEqual(says('response $.cart.id → request $.order.from'));
  expect(await after(JSON.stringify(member), { body: { order: { from: 17 } } })).toHaveLength(1);
  expect(await after({ cart: '$response.body#/cart/id' }, { form: 'kind=card&cart=17' })).toEqual(
    says('response $.cart.id → request $.cart'),
  );
  expect(await after('$response.body#/cart', { body: { lines: [{ sku: 4 }], id: 17 } })).toEqual(says('response $.cart → request $'));
  // The neighbours: another number, the number in another place, the object with one line more.
  expect(await after(member, { body: { order: { from: 18 } } })).toEqual([]);
  expect(await after(member, { body: { from: 17 } })).toEqual([]);
  expect(await after('$response.body#/cart', { body: { id: 17, lines: [{ sku: 4 }, { sku: 5 }] } })).toEqual([]);
});

test('a short value beside a longer one of the same answer is told with it, under one name only', async () => {
  const invoice = { invoiceId: '01JZ1KVRW4S1NB3Q29DV91BCN7', due: { value: 72.56 } };
  const after = async (body: object): Promise<Edges> =>
    inTurn([
      { url: `${OUTER}/invoices/1`, response: invoice },
      { method: 'POST', url: `${INNER}/credits/${invoice.invoiceId}`, body },
    ]);
  const told = async (body: object): Promise<string | undefined> => (await after(body))[0]?.[1].split(';')[0];
  expect(await told({ value: '72.56' })).toMatch(/^response \$\.invoiceId → path .* and response \$\.due\.value → request \$\.value$/);
  expect(await told({ weight: '72.56' })).toMatch(/^response \$\.invoiceId → path [^→]*$/);
});

test('a session id of MCP', async () => {
  const handle = 'Mcp-Session-Id: 1868a90c-5f8e-4e1a-9d8b-2f1f6f3c7a11';
  const found = await inTurn([
    { url: `${OUTER}/mcp`, ...rpc('initialize', {}, {}), responseHeaders: [handle] },
    { url: `${OUTER}/mcp`, ...rpc('tools/list', {}, { tools: [] }), headers: [handle] },
  ]);
  expect(found).toEqual([
    ['c.har#1 value c.har#2', expect.stringMatching(/^response-header mcp-session-id → request-header mcp-session-id/)],
  ]);
});

test('a task of A2A', async () => {
  const found = await inTurn([
    { url: `${OUTER}/a2a`, ...rpc('message/send', { message: { role: 'user' } }, { kind: 'task', id: TASK }) },
    { url: `${OUTER}/a2a`, ...rpc('tasks/get', { id: TASK }, { kind: 'task' }) },
  ]);
  expect(found).toEqual([['c.har#1 value c.har#2', expect.stringMatching(/^response \$\.result\.id → request \$\.params\.id/)]]);
});

test('a token that is exchanged for one with an actor: from the call that came with it, through the exchange, to the call that it is for', async () => {
  const segment = (part: object): string => btoa(JSON.stringify(part)).replaceAll('=', '');
  const token = (claims: object): string => `${segment({ alg: 'HS256', typ: 'JWT' })}.${segment(claims)}.${'c2lnbmF0dXJl'.repeat(3)}`;
  const [own, acting] = [token({ sub: 'ann', jti: 'a' }), token({ sub: 'ann', act: { sub: 'agent-7' }, jti: 'b' })];
  const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: own };
  const found = await edgesOf({
    'a.har': harFromCalls([{ at: 0, url: `${OUTER}/me`, time: 3000, headers: [`Authorization: Bearer ${own}`] }]),
    'b.har': harFromCalls([
      { at: 1, method: 'POST', url: 'https://id.acme.test/token', body: grant, response: { access_token: acting } },
      { at: 2, url: `${INNER}/items`, headers: [`Authorization: Bearer ${acting}`] },
    ]),
  });
  expect(found).toEqual([
    [
      'a.har#1 credential b.har#1',
      'the credential that the cause came with was handed in here at request $.subject_token, to be exchanged',
    ],
    ['b.har#1 credential b.har#2', 'the credential in response $.access_token is the one that this call came with, its first use after'],
  ]);
});

test('a value that comes back in base64 inside a body, an id in small letters, an ETag, a quotation', async () => {
  const letter =
    'the carrier brought two boxes instead of three and the third one which held the glass was found next morning behind a house in the wrong street';
  const answer = { proof: '0f6b3a52-91c4-4d0e-8a77-5b1f0c2d9e63', article: 'SKU-88X31Q', letter };
  const after = async (call: Omit<HarCall, 'at'>): Promise<Edges> =>
    inTurn([{ url: `${OUTER}/cases/c-1`, response: answer, responseHeaders: ['ETag: "9f86d081884c7d65"'] }, call]);
  const post = (body: object): Omit<HarCall, 'at'> => ({ method: 'POST', url: `${OUTER}/claims`, body });
  const from = (found: Edges): readonly string[] => found.map(([edge, why]) => `${edge}: ${why.replace(/ →.*/, '')}`);
  expect(from(await after(post({ evidence: btoa(answer.proof) })))).toEqual(['c.har#1 value c.har#2: response $.proof']);
  expect(from(await after({ url: `${OUTER}/articles?code=sku-88x31q` }))).toEqual(['c.har#1 value c.har#2: response $.article']);
  expect(from(await after({ method: 'PUT', url: `${OUTER}/locks`, headers: ['If-Match: "9f86d081884c7d65"'] }))).toEqual([
    'c.har#1 value c.har#2: response-header etag',
  ]);
  expect(from(await after(post({ note: `She writes: "${letter.slice(12, 120)}"` })))).toEqual(['c.har#1 value c.har#2: response $.letter']);
});
