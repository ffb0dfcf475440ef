import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mcpInspectorNetwork } from '#shared/engine/importers/formats/mcp-inspector-network.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const read = async (name: string) =>
  callsOf(
    await readAll(
      mcpInspectorNetwork,
      readFileSync(new URL(`../../../../../fixtures/mcp-inspector-network/${name}`, import.meta.url), 'utf8'),
    ),
  ).map(({ call }) => call);

test('every HTTP field stands where it belongs', async () => {
  const [, search] = await read('stateless.json');
  expect(search).toMatchObject({
    time: Date.UTC(2026, 6, 19, 15, 10, 6, 161) * 1000,
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 12,
    method: 'POST',
    scheme: 'http',
    host: '127.0.0.1',
    port: 3211,
    path: '/mcp',
    status: 200,
    route: 'tools/call:search_tickets',
    tool: 'mcp:search_tickets',
    service: '127.0.0.1:3211',
    contentType: 'text/event-stream',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    parentSpanId: '00f067aa0ba902b7',
  });
  expect(search?.requestHeaders).toContainEqual(['mcp-name', 'search_tickets']);
  // The name that a client gives itself is no proof of who calls: HTTP has better ones.
  expect(search?.consumer).toBeUndefined();
  expect(search?.extras).toContainEqual(['mcp-client', 'mcp-inspector/0.20.0']);
});

test('a stream of events holds a notification and the answer', async () => {
  const [, search] = await read('stateless.json');
  expect(search?.extras).toContainEqual(['messages-received', '2']);
  expect(search?.responseBody?.text).toContain('event: message');
});

test('failures inside of HTTP 200 show', async () => {
  const [, , closed, dropped] = await read('stateless.json');
  expect(closed?.extras).toContainEqual(['tool-error', 'isError']);
  expect(dropped?.extras).toContainEqual(['jsonrpc-error', '-32602 Unknown tool: drop_table']);
  expect([closed?.status, dropped?.status]).toEqual([200, 200]);
});

test('requests around MCP are calls like any other', async () => {
  const auth = (await read('stateless.json')).at(-1);
  expect(auth).toMatchObject({
    method: 'GET',
    host: 'auth.example',
    query: 'v=1',
    status: 404,
    tool: undefined,
    route: undefined,
    requestBody: undefined,
  });
});

test('the era of sessions: initialize names both programs, a notification gets 202', async () => {
  const [begin, ready, search] = await read('sessions.json');
  expect(begin).toMatchObject({ service: 'tickets', route: 'initialize' });
  expect(begin?.extras).toContainEqual(['mcp-protocol-version', '2025-11-25']);
  expect(ready).toMatchObject({ route: 'notifications/initialized', status: 202, responseBody: undefined });
  expect(search?.requestHeaders).toContainEqual(['mcp-session-id', '6f1c9a02-77b1-4f0e-9d5b-0f0f3a1c2d3e']);
});
