import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mcpJsonrpcLines } from '#shared/engine/importers/formats/mcp-jsonrpc-lines.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import { callsOf, countOf, issuesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../../../fixtures/mcp-jsonrpc-lines/${name}`, import.meta.url), 'utf8');
const lines = (...messages: readonly object[]): string => messages.map((message) => `${JSON.stringify(message)}\n`).join('');
const call = (id: number | string, name: string): object => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: {} } });
const answer = (id: number | string, text: string): object => ({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }] } });
const read = async (text: string, zoneOffsetMinutes = 0) => callsOf(await readAll(mcpJsonrpcLines, text, { zoneOffsetMinutes }));
const pairs = async (text: string): Promise<string[]> =>
  (await read(text)).map(
    ({ record, call: { tool, responseBody } }) => `${String(record)} ${tool ?? '-'} ${responseBody?.text ?? 'no answer'}`,
  );

describe('pairing', () => {
  test('answers find their requests in whatever order they come, and calls keep the order of the requests', async () => {
    const text = lines(call(1, 'a'), call(2, 'b'), answer(2, 'B'), answer(1, 'A'));
    expect(await pairs(text)).toEqual([`1 mcp:a ${JSON.stringify(answer(1, 'A'))}`, `2 mcp:b ${JSON.stringify(answer(2, 'B'))}`]);
  });

  test('id 0 is an id, and 1 is not "1"', async () => {
    const text = lines(call(0, 'zero'), call(1, 'number'), call('1', 'text'), answer('1', 'T'), answer(1, 'N'), answer(0, 'Z'));
    expect((await pairs(text)).map((pair) => pair.replace(/\{.*"text":"(.)".*/, '$1'))).toEqual([
      '1 mcp:zero Z',
      '2 mcp:number N',
      '3 mcp:text T',
    ]);
  });

  test('ids begin anew with a session: a request of the one before keeps no answer of this one', async () => {
    const begin = { jsonrpc: '2.0', id: 0, method: 'initialize', params: { protocolVersion: '2025-06-18', clientInfo: { name: 'agent' } } };
    const text = lines(begin, answer(0, 'hello'), call(1, 'lost'), begin, answer(0, 'again'), call(1, 'found'), answer(1, 'F'));
    expect((await pairs(text)).map((pair) => pair.slice(0, 20))).toEqual([
      '1 - {"jsonrpc":"2.0"',
      '3 mcp:lost no answer',
      '4 - {"jsonrpc":"2.0"',
      '6 mcp:found {"jsonrp',
    ]);
  });

  test("a server's request has ids of its own", async () => {
    const sampling = { jsonrpc: '2.0', id: 1, method: 'sampling/createMessage', params: { messages: [] } };
    const sampled = { jsonrpc: '2.0', id: 1, result: { role: 'assistant', model: 'm', content: { type: 'text', text: 'S' } } };
    const calls = await read(lines(call(1, 'a'), sampling, sampled, answer(1, 'A')));
    expect(calls.map(({ call: { route, responseBody } }) => [route, responseBody?.text])).toEqual([
      ['tools/call:a', JSON.stringify(answer(1, 'A'))],
      ['sampling/createMessage', JSON.stringify(sampled)],
    ]);
    expect(calls[1]?.call.extras).toContainEqual(['rpc-sender', 'server']);
  });

  test('a cancelled request says why it has no answer', async () => {
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1, reason: 'took too long' } };
    const [first, second] = await read(lines(call(1, 'a'), cancelled));
    expect(first?.call.extras).toContainEqual(['no-answer', 'took too long']);
    expect(second?.call.extras).toContainEqual(['cancels', '1: took too long']);
  });

  test('an answer that nobody asked for is a call of its own', async () => {
    const [only, ...more] = await read(fixture('one-answer.json'));
    expect(more).toEqual([]);
    expect(only?.call).toMatchObject({ route: undefined, requestBody: undefined });
    expect(only?.call.extras).toContainEqual([
      'jsonrpc-error',
      "-32020 Header mismatch: Mcp-Name header value 'foo' does not match body value 'bar'",
    ]);
  });

  test('a request that is never answered does not hold up a long log', async () => {
    const text = lines(
      call(1, 'stuck'),
      ...Array.from({ length: 1500 }, (_, at) => ({ jsonrpc: '2.0', method: `notifications/n${String(at)}` })),
      answer(1, 'late'),
    );
    const calls = await read(text);
    expect(calls).toHaveLength(1502);
    expect(calls[0]?.call.tool).toBe('mcp:stuck');
    expect(calls.map(({ record }) => record)).toEqual(calls.map(({ record }) => record).sort((a, b) => a - b));
  });

  test('each message of a batch in one line counts for itself', async () => {
    const text = `${JSON.stringify(call(9, 'before'))}\n${JSON.stringify([call(1, 'a'), call(2, 'b')])}\n${JSON.stringify([answer(2, 'B'), answer(1, 'A'), answer(9, 'C')])}\n`;
    expect(
      (await read(text)).map(({ record, call: { tool, responseBody } }) => [record, tool, responseBody?.text?.includes('result')]),
    ).toEqual([
      [1, 'mcp:before', true],
      [2, 'mcp:a', true],
      [3, 'mcp:b', true],
    ]);
  });
});

describe('containers', () => {
  test('bare messages have no time; client and server name themselves once for the session', async () => {
    const calls = await read(fixture('stdio-tee.jsonl'));
    expect(calls.map(({ call: { route, consumer, service, timeText } }) => [route, consumer, service, timeText])).toEqual([
      ['initialize', 'support-agent', 'tickets', undefined],
      ['notifications/initialized', 'support-agent', 'tickets', undefined],
      ['tools/call:search_tickets', 'support-agent', 'tickets', undefined],
      ['tools/call:close_ticket', 'support-agent', 'tickets', undefined],
    ]);
    expect(calls[3]?.call.extras).toEqual([
      ['rpc-id', '"1"'],
      ['tool-error', 'isError'],
    ]);
    expect(calls.every(({ call: { status, method, path } }) => status === undefined && method === 'POST' && path === '/mcp')).toBe(true);
  });

  test('a session of mcp-debug: the message and its time are one object', async () => {
    const [, second] = await read(fixture('mcp-debug-session.jsonl'));
    expect(second?.call).toMatchObject({
      time: Date.UTC(2024, 0, 15, 10, 30, 1) * 1000,
      timeKind: 'start',
      zoneKnown: true,
      durationMs: 20,
      tool: 'mcp:search_tickets',
      responseBody: { text: '{"id":2,"error":{"code":-32602,"message":"missing text"}}' },
    });
    expect(second?.call.extras).toContainEqual(['jsonrpc-error', '-32602 missing text']);
  });

  test('names of the Python SDK mean the methods on the wire; its times have no zone', async () => {
    const calls = await read(fixture('python-sdk.jsonl'), 120);
    expect(calls.map(({ call: { route, tool, zoneKnown, durationMs, time } }) => [route, tool, zoneKnown, durationMs, time])).toEqual([
      ['tools/call:search_tickets', 'mcp:search_tickets', false, 200, Date.UTC(2026, 1, 3, 8, 15, 0, 120) * 1000],
      ['tools/list', undefined, false, 50, Date.UTC(2026, 1, 3, 8, 15, 1) * 1000],
    ]);
  });

  test('a proxy tells sessions apart; the message may be a string', async () => {
    const calls = await read(fixture('proxy.jsonl'));
    expect(calls.map(({ call: { tool, consumer, requestHeaders, durationMs } }) => [tool, consumer, requestHeaders, durationMs])).toEqual([
      ['mcp:search_tickets', 's-1', [['mcp-session-id', 's-1']], 500],
      ['mcp:close_ticket', 's-2', [['mcp-session-id', 's-2']], 400],
    ]);
  });

  test('a proxy that names both sides, with the message beside them, is no history of MCP Inspector: two lines are one call', async () => {
    const text = lines(
      { timestamp: '2026-01-02T03:04:05.000Z', direction: 'client->server', message: call(1, 'a') },
      { timestamp: '2026-01-02T03:04:05.250Z', direction: 'server->client', message: answer(1, 'A') },
    );
    expect(recognize(toBytes(text), 'proxy.jsonl').importer?.id).toBe('mcp-jsonrpc-lines');
    const [only, ...more] = await read(text);
    expect(more).toEqual([]);
    expect(only?.call).toMatchObject({ tool: 'mcp:a', durationMs: 250, responseBody: { text: JSON.stringify(answer(1, 'A')) } });
  });

  test('a runtime that wraps the tee gives the times, each message its own', async () => {
    const wrapped = [call(1, 'a'), answer(1, 'A')]
      .map((message, at) =>
        JSON.stringify({ log: `${JSON.stringify(message)}\n`, stream: 'stdout', time: `2026-01-02T03:04:0${String(at)}.500Z` }),
      )
      .join('\n');
    const [only] = await read(`${wrapped}\n`);
    expect(only?.call).toMatchObject({ time: Date.UTC(2026, 0, 2, 3, 4, 0, 500) * 1000, durationMs: 1000 });
  });

  test('lines between the messages cost nothing but themselves', async () => {
    const items = await readAll(mcpJsonrpcLines, `server ready\n${lines(call(1, 'a'))}{"level":"info"}\n${lines(answer(1, 'A'))}`);
    expect(countOf(items)).toMatchObject({ accepted: 1, rejected: 1, skipped: 1 });
    expect(issuesOf(items).map(({ record }) => record)).toContain(1);
  });
});

describe('recognition', () => {
  const strength = (text: string): string => mcpJsonrpcLines.recognize(toBytes(text)).strength;

  test('methods of MCP are certain, answers alone likely', () => {
    expect(strength(lines(call(1, 'a'), answer(1, 'A')))).toBe('magic');
    expect(strength(lines(answer(1, 'A')))).toBe('shape');
    expect(strength(JSON.stringify([call(1, 'a')], undefined, 2))).toBe('magic');
  });

  test('other protocols that speak JSON-RPC, and fragments of the MCP schema, are left alone', () => {
    expect(strength(lines({ jsonrpc: '2.0', id: 1, method: 'eth_call', params: [] }, { jsonrpc: '2.0', id: 1, result: '0x1' }))).toBe(
      'none',
    );
    expect(strength(lines({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: 1, rootUri: null } }))).toBe('none');
    expect(strength('{"method":"sampling/createMessage","params":{"messages":[]}}')).toBe('none');
    expect(strength('{"code":-32700,"message":"Parse error"}')).toBe('none');
    expect(recognize(toBytes('{"name":"search","inputSchema":{"type":"object"}}'), 'x.json').importer).toBeUndefined();
  });
});
