import { expect, test } from 'vitest';

import { chainsOf, type SaidEdge } from '#test/bench/truth-trees/feed.ts';

const START = Date.UTC(2026, 9, 5, 8);

/** A call of a tool that takes 300 ms. Units: ms after the start. */
const tool = (id: number, at: number, name: string, given: object): string =>
  [
    { at, direction: 'client_to_server', message: { method: 'tools/call', params: { name, arguments: given } } },
    { at: at + 300, direction: 'server_to_client', message: { result: { content: [] } } },
  ]
    .map(({ at: stamp, direction, message }) =>
      JSON.stringify({
        timestamp: new Date(START + stamp).toISOString(),
        direction,
        server: 'tools',
        message: { jsonrpc: '2.0', id, ...message },
      }),
    )
    .join('\n');

/** A line of the gateway for a call that takes 100 ms. */
const line = (at: number, path: string, client = 'tool-server/1.0'): string =>
  JSON.stringify({
    request: { method: 'GET', uri: path, url: `https://api.test${path}`, headers: { host: 'api.test', 'user-agent': client } },
    response: { status: 200, headers: {} },
    latencies: { request: 100, proxy: 100, kong: 0 },
    client_ip: '10.0.0.7',
    started_at: START + at,
  });

async function nested(tools: readonly string[], lines: readonly string[]): Promise<readonly SaidEdge[]> {
  const { edges } = await chainsOf({ 'tools.jsonl': tools.join('\n'), 'kong.jsonl': lines.join('\n') });
  return edges.filter(({ kinds }) => kinds.includes('nesting'));
}

const pairs = (edges: readonly SaidEdge[]): readonly string[] => edges.map(({ from, to }) => `${from} > ${to}`);

test('a call to the very URL that a tool was given, while the tool was at work, was made by the tool', async () => {
  const [edge, ...others] = await nested(
    [tool(1, 0, 'http_get', { url: 'https://api.test/guides/start?lang=en' })],
    [line(40, '/guides/start?lang=en')],
  );
  expect(others).toEqual([]);
  expect(edge).toMatchObject({ from: 'tools.jsonl#1', to: 'kong.jsonl#1' });
  expect(edge?.why).toBe('the tool was given this very URL at request $.params.arguments.url, and the call lies within that of the tool');
});

test('so was one with an id in its path that the tool was given', async () => {
  const [edge] = await nested([tool(1, 0, 'get_item', { itemId: 'ITM-20417' })], [line(40, '/v2/items/ITM-20417')]);
  expect(edge?.why).toMatch(/^request \$\.params\.arguments\.itemId → path /);
});

test('who shows the same ids at other times, too, did not do it for the tool', async () => {
  const desk = 'Mozilla/5.0 (desk)';
  const found = await nested(
    [tool(1, 0, 'get_item', { itemId: 'ITM-20417' })],
    [line(40, '/v2/items/ITM-20417', desk), line(9_000, '/v2/items/ITM-20417', desk), line(20_000, '/v2/items/ITM-20417', desk)],
  );
  expect(found).toEqual([]);
});

test('of two tools at work with one id none is said to have made the call', async () => {
  const found = await nested(
    [tool(1, 0, 'get_item', { itemId: 'ITM-20417' }), tool(2, 50, 'get_item', { itemId: 'ITM-20417' })],
    [line(90, '/v2/items/ITM-20417')],
  );
  expect(found).toEqual([]);
});

test('what a known client of the tools does while one of them is at work is that tool’s, though it shows nothing, and less sure', async () => {
  const ids = Array.from({ length: 8 }, (_, place) => `ITM-2041${String(place)}`);
  const found = await nested(
    [...ids.map((itemId, place) => tool(place + 1, place * 2_000, 'get_item', { itemId })), tool(9, 60_000, 'list_items', { sort: 'up' })],
    [...ids.map((itemId, place) => line(place * 2_000 + 40, `/v2/items/${itemId}`)), line(60_040, '/v2/items'), line(70_000, '/v2/items')],
  );
  expect(pairs(found)).toHaveLength(9);
  const last = found.find(({ to }) => to === 'kong.jsonl#9');
  expect(last?.from).toBe('tools.jsonl#17');
  expect(last?.confidence).toBeLessThan(Math.min(...found.filter((one) => one !== last).map(({ confidence }) => confidence)));
});
