import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mcpClaudeDesktop } from '#shared/engine/importers/formats/mcp-claude-desktop.ts';
import { callsOf, countOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../../../fixtures/mcp-claude-desktop/${name}`, import.meta.url), 'utf8');

test('requests and answers are joined; the tail behind the JSON is no part of it', async () => {
  const calls = callsOf(await readAll(mcpClaudeDesktop, fixture('mcp-server-tickets.log')));
  expect(calls.map(({ record, call: { route, tool, durationMs } }) => [record, route, tool, durationMs])).toEqual([
    [3, 'initialize', undefined, 250],
    [6, 'notifications/initialized', undefined, undefined],
    [7, 'tools/call:search_tickets', 'mcp:search_tickets', 490],
    [11, 'tools/call:write_file', 'mcp:write_file', 500],
    [15, 'tools/call:close_ticket', 'mcp:close_ticket', undefined],
  ]);
  expect(calls[2]?.call).toMatchObject({
    time: Date.UTC(2026, 4, 9, 15, 57, 42, 410) * 1000,
    timeText: '2026-05-09T15:57:42.410Z',
    timeKind: 'start',
    zoneKnown: true,
    method: 'POST',
    path: '/mcp',
    service: 'tickets',
    consumer: 'claude-ai',
  });
  expect(calls[2]?.call.status).toBeUndefined();
  expect(JSON.parse(calls[2]?.call.requestBody?.text ?? '')).toMatchObject({
    params: { arguments: { text: 'a } in "quotes" { metadata: undefined }' } },
  });
});

test('a message whose middle was cut out keeps method, tool and id, and says that it was cut', async () => {
  const json = '{"method":"tools/call","params":{"name":"run","arguments":{"a":...[11759 chars truncated]..."z"}},"jsonrpc":"2.0","id":2}';
  const reply = '{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":...[99 chars truncated]...}],"isError":true}}';
  const at = '2026-05-09T15:57:4';
  const log = `${at}2.410Z [terminal] [info] Message from client: ${json} { metadata: undefined }\n${at}3.410Z [terminal] [info] Message from server: ${reply} { metadata: undefined }\n`;
  const [only, ...more] = callsOf(await readAll(mcpClaudeDesktop, log));
  expect(more).toEqual([]);
  expect(only?.call).toMatchObject({
    tool: 'mcp:run',
    durationMs: 1000,
    requestBody: { text: json, note: 'the log cut it: ...[11759 chars truncated]...' },
  });
  expect(only?.call.extras).toEqual([
    ['rpc-id', '2'],
    ['tool-error', 'isError'],
  ]);
});

test("the server's error stream and the client's own messages are skipped with their reason", async () => {
  const items = await readAll(mcpClaudeDesktop, fixture('mcp-server-tickets.log'));
  expect(countOf(items)).toMatchObject({ rejected: 0, skipped: 8 });
  expect(new Set(issuesOf(items).map(({ message }) => message))).toEqual(
    new Set(['a message about an MCP server, not between it and its client', 'a line of the error stream of an MCP server']),
  );
});

test('early versions without a tail, and several servers in one file', async () => {
  const calls = callsOf(await readAll(mcpClaudeDesktop, fixture('mcp-2025.log')));
  expect(
    calls.map(({ call: { service, route, consumer, extras } }) => [
      service,
      route,
      consumer,
      extras?.find(([name]) => name === 'jsonrpc-error')?.[1],
    ]),
  ).toEqual([
    ['coolify', 'initialize', 'claude-ai', undefined],
    ['nest protect', 'resources/list', undefined, '-32601 Method not found'],
  ]);
});

test('a message that cannot be read is rejected', async () => {
  const items = await readAll(mcpClaudeDesktop, '2026-05-09T15:57:42.410Z [x] [info] Message from client: {"method":"initialize",...}\n');
  expect(issuesOf(items)).toMatchObject([{ severity: 'reject', code: 'JSON_SYNTAX' }]);
});
