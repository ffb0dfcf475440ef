import { expect, test } from 'vitest';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { MAX_OPERATIONS } from '#shared/engine/passes/endpoints/inner-operations.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { listEndpoints } from '#shared/engine/store/read/endpoints.ts';
import type { EndpointJson } from '#shared/contract/report-json.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import { memoryCase } from '#test/support/case.ts';
import { callOf, passContext, seedCalls, seedSpecification } from '#test/support/seed-calls.ts';

/** One call a line: `POST api.test/mcp` and, behind `<`, the body it sends; `tool=` for what an importer knows already. */
function callsFrom(text: string): readonly ImportedCall[] {
  return text
    .trim()
    .split('\n')
    .map((line, index) => {
      const [request = '', body] = line.trim().split(' < ');
      const [, tool] = / tool=(.*)$/.exec(request) ?? [];
      return callOf(`00:${String(index)} ${request.replace(/ tool=.*$/, '')}`, {
        ...(tool === undefined ? {} : { tool }),
        ...(body === undefined
          ? {}
          : { requestBody: { text: body, mime: 'application/json', encoding: 'text', bytes: undefined, note: undefined } }),
      });
    });
}

async function endpointsOf(
  text: string | readonly ImportedCall[],
  ...spec: Parameters<typeof seedSpecification>[2]
): Promise<readonly EndpointJson[]> {
  const db = memoryCase();
  seedCalls(db, typeof text === 'string' ? callsFrom(text) : text);
  if (spec.length > 0) seedSpecification(db, ['https://api.test'], spec);
  await principalsPass.run(passContext(db));
  await endpointsPass.run(passContext(db));
  return listEndpoints(db);
}

test('each tool, method and query of a path is an endpoint, and the path without any is one too', async () => {
  const endpoints = await endpointsOf(`
    POST api.test/mcp < {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_docs"}}
    POST api.test/mcp < {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search_docs"}}
    POST api.test/mcp < {"jsonrpc":"2.0","id":3,"method":"tools/list"}
    POST api.test/mcp
    GET api.test/mcp
    POST api.test/graphql < {"query":"query GetUser { user { id } }"}
    POST api.test/graphql < {"query":"mutation { login }"}`);
  expect(endpoints.map(({ id, template, operation, calls }) => [id, template, operation, calls])).toEqual([
    ['POST api.test/graphql · mutation login', '/graphql', 'mutation login', 1],
    ['POST api.test/graphql · query GetUser', '/graphql', 'query GetUser', 1],
    ['GET api.test/mcp', '/mcp', undefined, 1],
    ['POST api.test/mcp', '/mcp', undefined, 1],
    ['POST api.test/mcp · tool search_docs', '/mcp', 'tool search_docs', 2],
    ['POST api.test/mcp · tools/list', '/mcp', 'tools/list', 1],
  ]);
});

test('an operation is documented where its path is, and nothing is silent then', async () => {
  const endpoints = await endpointsOf(
    `
    POST api.test/mcp tool=mcp:a
    POST api.test/other tool=mcp:b`,
    ['POST /mcp', { operationId: 'mcp' }],
  );
  expect(endpoints.map(({ id, spec, operation }) => [id, spec, operation])).toEqual([
    ['POST api.test/mcp · tool a', 'documented', 'tool a'],
    ['POST api.test/other · tool b', 'shadow', 'tool b'],
  ]);
});

test('flags and sensitivity read the words of the operation', async () => {
  const endpoints = await endpointsOf(`
    POST api.test/mcp tool=mcp:delete_user
    POST api.test/mcp tool=mcp:send_email
    POST api.test/mcp tool=rpc:notifications/message
    POST api.test/mcp tool=rpc:subscriptions/listen
    POST api.test/mcp tool=mcp:list_orders
    POST api.test/mcp tool=mcp:list_users
    POST api.test/graphql tool=graphql:query orders
    POST api.test/graphql tool=graphql:mutation refundPayment
    POST api.test/shop.Orders/ListOrders
    POST api.test/shop.Orders/CancelOrder`);
  const facts = new Map(
    endpoints.map(({ id, flags, sensitivity }) => [id.replace(/^POST api.test/, ''), `${sensitivity} ${flags.join()}`]),
  );
  expect(Object.fromEntries(facts)).toEqual({
    '/graphql · mutation refundPayment': 'S0 moves-money',
    '/graphql · query orders': 'S0 ',
    '/mcp · notifications/message': 'S0 ',
    '/mcp · subscriptions/listen': 'S0 ',
    '/mcp · tool delete_user': 'S1 destroys',
    '/mcp · tool list_orders': 'S0 ',
    '/mcp · tool list_users': 'S2 ',
    '/mcp · tool send_email': 'S1 sends-outside',
    '/shop.Orders/CancelOrder': 'S0 moves-money,destroys',
    '/shop.Orders/ListOrders': 'S0 ',
  });
});

test('segments of gRPC are never parameters, however many there are', async () => {
  const methods = ['Anna', 'Ben', 'Carla', 'Dmitri', 'Elif', 'Fatou', 'Grete', 'Hiro', 'Ines', 'Jamal', 'Kim9999', 'Lars12345678'];
  const endpoints = await endpointsOf(methods.map((name) => `POST api.test/shop.v1.Names/${name}`).join('\n'));
  expect(endpoints.map(({ template }) => template)).toEqual(methods.map((name) => `/shop.v1.Names/${name}`));
});

test('keys of OData are parameters of their collection', async () => {
  const endpoints = await endpointsOf(`
    GET api.test/odata/Orders
    GET api.test/odata/Orders(5)
    GET api.test/odata/Orders(72)
    GET api.test/odata/Orders(3f2b8c1e-7a4d-4f0b-9c55-0d9d2f6b8a11)
    GET api.test/odata/Users('anna')/Roles
    GET api.test/odata/Users(%27b,c%27)/Roles
    GET api.test/odata/Lines(OrderID=1,LineID='x')
    GET api.test/odata/Users('anna')/Orders(7)/Lines
    GET api.test/odata/Now()
    GET api.test/wiki/Foo_(bar)`);
  expect(endpoints.map(({ template, calls }) => `${template} ${String(calls)}`)).toEqual([
    '/odata/Lines(OrderID={OrderID},LineID={LineID}) 1',
    '/odata/Now() 1',
    '/odata/Orders 1',
    '/odata/Orders({id}) 3',
    '/odata/Users({id})/Roles 2',
    '/odata/Users({userId})/Orders({orderId})/Lines 1',
    '/wiki/Foo_(bar) 1',
  ]);
});

test('a stored document is the query of the same name, unless two are called so', async () => {
  const ids = (
    await endpointsOf(`
    POST api.test/graphql tool=graphql:query GetUser
    GET api.test/graphql tool=graphql:operation GetUser
    POST api.test/graphql tool=graphql:query Both
    POST api.test/graphql tool=graphql:mutation Both
    POST api.test/graphql tool=graphql:operation Both`)
  ).map(({ id }) => id);
  expect(ids).toContain('GET api.test/graphql · query GetUser');
  expect(ids).toContain('POST api.test/graphql · operation Both');
});

test.each([
  ['braces', 'mcp:a{b}'],
  ['the mark between path and operation', 'mcp:x · y'],
  ['a line break', 'mcp:x\ny'],
  ['another kind', 'shell:rm'],
  ['nothing', 'mcp:'],
])('a tool with %s names no operation', async (_, tool) => {
  const [endpoint] = await endpointsOf([callOf('00:01 POST api.test/mcp', { tool })]);
  expect(endpoint).toMatchObject({ id: 'POST api.test/mcp' });
  expect(endpoint).not.toHaveProperty('operation');
});

test('names without end do not fill the inventory, and two spellings of one id are one endpoint', async () => {
  const calls = Array.from({ length: MAX_OPERATIONS + 50 }, (_, at) => callOf('00:01 POST api.test/mcp', { tool: `mcp:t${String(at)}` }));
  const endpoints = await endpointsOf(calls);
  expect(endpoints).toHaveLength(MAX_OPERATIONS + 1);
  expect(endpoints.find(({ id }) => id === 'POST api.test/mcp')?.calls).toBe(50);
  expect(await endpointsOf('POST api.test/a%20%C2%B7%20tool%20b\nPOST api.test/a tool=mcp:b')).toHaveLength(1);
});

test('a tool on a path that is no way in for messages says nothing about it', async () => {
  const [endpoint] = await endpointsOf('GET api.test/tickets/7 tool=mcp:get_ticket');
  expect(endpoint?.id).toBe('GET api.test/tickets/{id}');
});

test('operations of a path are no sign of an agent', async () => {
  const db = memoryCase();
  seedCalls(db, callsFrom(Array.from({ length: 20 }, () => 'POST api.test/graphql tool=graphql:query a').join('\n')));
  await principalsPass.run(passContext(db));
  expect(db.prepare('SELECT kind FROM principal').all()).toEqual([{ kind: 'unknown' }]);
});
