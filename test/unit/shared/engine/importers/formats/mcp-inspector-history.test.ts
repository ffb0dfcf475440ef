import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mcpInspectorHistory } from '#shared/engine/importers/formats/mcp-inspector-history.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const text = readFileSync(new URL('../../../../../fixtures/mcp-inspector-history/history.json', import.meta.url), 'utf8');

test('message and answer are one call, with the duration in milliseconds', async () => {
  const [listed, searched] = callsOf(await readAll(mcpInspectorHistory, text)).map(({ call }) => call);
  expect(listed).toMatchObject({
    route: 'tools/list',
    durationMs: 62,
    method: 'POST',
    path: '/mcp',
    timeKind: 'start',
    zoneKnown: true,
  });
  expect(listed?.extras).toContainEqual(['tools-listed', 'search_tickets, close_ticket']);
  expect(searched).toMatchObject({ tool: 'mcp:search_tickets', time: Date.UTC(2026, 5, 8, 15, 19, 20) * 1000 });
  expect(JSON.parse(searched?.responseBody?.text ?? '')).toMatchObject({ id: 2, result: { content: [{ text: 'T-4711' }] } });
});

test("notifications and the server's own requests keep their sender", async () => {
  const [, , changed, sampled] = callsOf(await readAll(mcpInspectorHistory, text)).map(({ call }) => call);
  expect(changed).toMatchObject({ route: 'notifications/tools/list_changed', responseBody: undefined });
  expect(sampled?.extras).toEqual(
    expect.arrayContaining([
      ['rpc-id', '0'],
      ['rpc-sender', 'server'],
      ['jsonrpc-error', '-1 User rejected sampling request'],
    ]),
  );
});
