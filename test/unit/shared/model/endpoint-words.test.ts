import { expect, test } from 'vitest';
import { changesThings } from '#shared/model/endpoint-words.ts';

const kinds = (...endpoints: readonly string[]): readonly boolean[] => endpoints.map(changesThings);

test('a JSON-RPC call changes what its method or tool changes, not what its POST could', () => {
  expect(kinds('POST mcp.test/mcp · initialize', 'POST mcp.test/mcp · tools/list', 'POST mcp.test/mcp · tool get_issue')).toEqual([
    false,
    false,
    false,
  ]);
  expect(kinds('POST mcp.test/mcp · tool create_issue', 'POST mcp.test/mcp · tool get_issue, tool delete_user')).toEqual([true, true]);
});

test('the verb that begins a name decides, save that another is joined to it', () => {
  expect(kinds('POST mcp.test/mcp · tool get_merge_request', 'POST mcp.test/mcp · tool get_or_create_user')).toEqual([false, true]);
});

test('a query of GraphQL reads, a mutation writes', () => {
  expect(kinds('POST api.test/graphql · query GetUser', 'POST api.test/graphql · mutation GetUser')).toEqual([false, true]);
});

test('without an operation inside the method decides; gRPC names its method in the path', () => {
  expect(kinds('POST api.test/orders', 'GET api.test/orders', 'DELETE api.test/orders/{id}', 'OPTIONS api.test/orders')).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(kinds('POST api.test/shop.v1.Orders/ListOrders', 'POST api.test/shop.v1.Orders/CreateOrder')).toEqual([false, true]);
});
