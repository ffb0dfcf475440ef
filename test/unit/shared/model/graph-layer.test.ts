import { expect, test } from 'vitest';
import { toLayer } from '#shared/model/graph-layer.ts';

test('paths under which models answer are models, whichever provider', () => {
  for (const path of [
    '/v1/chat/completions',
    '/openai/deployments/{id}/chat/completions',
    '/v1/messages',
    '/v1/responses',
    '/v1beta/models/gemini-pro:generateContent',
    '/model/{id}/converse-stream',
    '/api/chat',
    '/chat',
  ])
    expect(toLayer(path, undefined), path).toBe('model');
});

test('an API whose paths only look like a model is an API', () => {
  for (const path of ['/v1/messages/{id}', '/v1/chat', '/chat/rooms', '/model/{id}', '/v1/orders', '/v2/user-messages'])
    expect(toLayer(path, undefined), path).toBe('operation');
});

test('what agents are offered is a tool, and so are the other messages of MCP', () => {
  for (const operation of ['tool search_orders', 'tools/list', 'initialize', 'resources/read', 'notifications/initialized'])
    expect(toLayer('/mcp', operation), operation).toBe('tool');
  for (const operation of ['query GetUser', 'GetPrice', 'tools', 'system.listMethods'])
    expect(toLayer('/rpc', operation), operation).toBe('operation');
});
