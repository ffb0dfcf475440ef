import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { envoyJson } from '#shared/engine/importers/formats/envoy-json.ts';
import { har } from '#shared/engine/importers/formats/har.ts';
import { kongJson } from '#shared/engine/importers/formats/kong-json.ts';
import { mcpInspectorNetwork } from '#shared/engine/importers/formats/mcp-inspector-network.ts';
import { mcpJsonrpcLines } from '#shared/engine/importers/formats/mcp-jsonrpc-lines.ts';
import type { Importer } from '#shared/engine/importers/importer.ts';
import { rereadRecord } from '#shared/engine/importers/reread.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import type { MaskedCall } from '#shared/engine/intake/masking/masked-call.ts';
import { decodeMcpHeader, mcpPresets, readMcpHeaders } from '#shared/engine/intake/mcp-headers.ts';
import { toDetail } from '#shared/engine/intake/stored-detail.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const CHAIN = [
  ['tools/list', undefined],
  ['tools/call', 'search_tickets'],
  ['tools/call', 'close_ticket'],
] as const;

const lines = (make: (method: string, tool: string | undefined, at: number) => object): string =>
  CHAIN.map(([method, tool], at) => `${JSON.stringify(make(method, tool, at))}\n`).join('');
const body = (method: string, tool: string | undefined, id: number): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params: tool === undefined ? {} : { name: tool, arguments: { text: 'refund' } },
});
const kong = (headers: (method: string, tool: string | undefined) => Readonly<Record<string, string | undefined>>): string =>
  lines((method, tool, at) => ({
    request: { method: 'POST', uri: '/mcp', url: 'https://gw.example/mcp', headers: headers(method, tool) },
    response: { status: 200, headers: {} },
    latencies: { request: 5 },
    client_ip: '192.0.2.7',
    started_at: 1_790_000_000_000 + at,
  }));

async function take(importer: Importer, text: string): Promise<readonly MaskedCall[]> {
  const intake = createIntake(nodeCrypto, new Uint8Array(32).fill(9));
  return callsOf(await readAll(importer, text)).map(({ call }) => intake.maskCall(call));
}
const TOOLS = ['rpc:tools/list', 'mcp:search_tickets', 'mcp:close_ticket'];
const isMarked = ({ detail }: MaskedCall): boolean =>
  detail.extras?.some(([name, value]) => name === 'mcp' && value === 'headers only') === true;

describe('the same chain of tools', () => {
  test('in bodies', async () => {
    const network = JSON.stringify(
      CHAIN.map(([method, tool], at) => ({
        id: String(at),
        timestamp: '2026-07-19T15:09:57.597Z',
        method: 'POST',
        url: 'https://gw.example/mcp',
        requestHeaders: { 'mcp-method': method, ...(tool === undefined ? {} : { 'mcp-name': tool }) },
        requestBody: JSON.stringify(body(method, tool, at)),
        responseStatus: 200,
        category: 'transport',
      })),
    );
    const capture = JSON.stringify({
      log: {
        version: '1.2',
        entries: CHAIN.map(([method, tool], at) => ({
          startedDateTime: '2026-07-19T15:09:57.597Z',
          request: {
            method: 'POST',
            url: 'https://gw.example/mcp',
            headers: [],
            postData: { mimeType: 'application/json', text: JSON.stringify(body(method, tool, at)) },
          },
          response: {
            status: 200,
            headers: [],
            content: { mimeType: 'text/event-stream', text: 'event: message\ndata: {"jsonrpc":"2.0","id":0,"result":{}}\n\n' },
          },
        })),
      },
    });
    for (const calls of [await take(mcpInspectorNetwork, network), await take(mcpJsonrpcLines, lines(body)), await take(har, capture)]) {
      expect(calls.map(({ call }) => call.tool)).toEqual(TOOLS);
      expect(calls.some(isMarked)).toBe(false);
    }
  });

  test.each<[string, Importer, string]>([
    ['the headers of the protocol, in a Kong log', kongJson, kong((method, tool) => ({ 'mcp-method': method, 'mcp-name': tool }))],
    ["Kuadrant's routing headers, in a Kong log", kongJson, kong((method, tool) => ({ 'x-mcp-method': method, 'x-mcp-toolname': tool }))],
    [
      "the columns of Kuadrant's audit guide, in an Envoy log",
      envoyJson,
      lines((method, tool) => ({
        timestamp: '2026-07-19T15:09:57.597Z',
        method: 'POST',
        path: '/mcp',
        response_code: 200,
        upstream_host: '10.0.0.1:80',
        bytes_received: 1,
        mcp_method: method,
        mcp_tool_name: tool ?? '-',
        mcp_server_name: 'team-a/tickets',
      })),
    ],
    [
      "Envoy AI Gateway's metadata headers, in an Envoy log",
      envoyJson,
      lines((method, tool) => ({
        start_time: '2026-07-19T15:09:57.597Z',
        method: 'POST',
        path: '/mcp',
        response_code: 200,
        response_flags: '-',
        upstream_host: '10.0.0.1:80',
        'x-ai-eg-mcp-metadata-method': method,
        ...(tool === undefined ? {} : { 'x-ai-eg-mcp-metadata-tool-name': tool }),
      })),
    ],
  ])('in headers only: %s', async (_, importer, text) => {
    const calls = await take(importer, text);
    expect(calls.map(({ call }) => call.tool)).toEqual(TOOLS);
    expect(calls.map(({ call }) => call.route)).toEqual(['tools/list', 'tools/call:search_tickets', 'tools/call:close_ticket']);
    expect(calls.every(isMarked)).toBe(true);
  });
});

test('the mark is there again when a detail is read from its stored text', async () => {
  const text = kong(() => ({ 'mcp-method': 'tools/call', 'mcp-name': 'search_tickets' })).split('\n')[0] ?? '';
  const [only] = await take(kongJson, text);
  const again = rereadRecord('kong-json', only?.detail.raw ?? '');
  expect(again === undefined ? undefined : toDetail(again, '').extras).toContainEqual(['mcp', 'headers only']);
});

describe('reading the names', () => {
  const read = (...headers: [string, string][]) => readMcpHeaders(headers, undefined);

  test('only calls of tools have a tool: prompts and resources have names too', () => {
    expect(read(['Mcp-Method', 'prompts/get'], ['Mcp-Name', 'code_review'])).toMatchObject({
      tool: undefined,
      route: 'prompts/get:code_review',
    });
    expect(read(['Mcp-Method', 'resources/read'], ['Mcp-Name', 'file:///etc/hosts'])).toMatchObject({
      tool: undefined,
      route: 'resources/read',
    });
    expect(read(['Mcp-Name', 'file:///etc/hosts'])?.tool).toBeUndefined();
    expect(read(['Mcp-Name', 'search'])).toMatchObject({ tool: 'mcp:search', method: 'tools/call' });
  });

  test("Tyk's columns say what kind of thing a name is", () => {
    const tyk = (kind: string) =>
      readMcpHeaders(undefined, [
        ['mcp_method', kind === 'tool' ? 'tools/call' : 'prompts/get'],
        ['mcp_primitive_type', kind],
        ['mcp_primitive_name', 'get_weather'],
      ]);
    expect(tyk('tool')?.tool).toBe('mcp:get_weather');
    expect(tyk('prompt')).toMatchObject({ tool: undefined, route: 'prompts/get:get_weather' });
  });

  test("nginx's variables for headers mean the headers", () => {
    expect(
      readMcpHeaders(undefined, [
        ['http_mcp_method', 'tools/call'],
        ['http_mcp_name', 'search'],
      ])?.tool,
    ).toBe('mcp:search');
  });

  test('values in base64 are decoded; what is not base64 stands as it is', () => {
    expect(decodeMcpHeader('=?base64?c2VhcmNo?=')).toBe('search');
    expect(decodeMcpHeader('=?base64?%%?=')).toBe('=?base64?%%?=');
    expect(read(['mcp-method', 'tools/call'], ['mcp-name', '=?base64?c2VhcmNo?='])?.tool).toBe('mcp:search');
  });

  test('a session id alone says nothing about a tool', () => {
    expect(read(['mcp-session-id', 'abc'], ['mcp-protocol-version', '2025-06-18'], ['accept', '*/*'])).toBeUndefined();
  });

  test('every preset names its source, in names as they are compared', () => {
    for (const { source, names } of mcpPresets) {
      expect(source.length).toBeGreaterThan(20);
      for (const name of Object.keys(names)) expect(name).toMatch(/^[a-z-]*mcp[a-z-]*$/);
    }
  });
});

test('the client of the newer protocol names itself in every request', async () => {
  const meta = { 'io.modelcontextprotocol/clientInfo': { name: 'codex-mcp-client', version: '1' } };
  const [call] = await take(
    mcpJsonrpcLines,
    `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } })}\n`,
  );
  expect(call?.data).toContainEqual({ side: 'request-header', pointer: 'mcp-client=codex-mcp-client', type: 'agent-signal', count: 1 });
});

test('an argument that a header repeats can be followed like one in a body', async () => {
  const [call] = await take(
    kongJson,
    kong(() => ({ 'mcp-method': 'tools/call', 'mcp-name': 'close_ticket', 'mcp-param-id': 'T-471147' })).split('\n')[0] ?? '',
  );
  const [listed] = await take(mcpJsonrpcLines, `${JSON.stringify({ jsonrpc: '2.0', id: 1, result: { id: 'T-471147' } })}\n`);
  const shown = call?.values.find(({ pointer }) => pointer === 'header mcp-param-id');
  expect(listed?.values.map(({ fingerprint }) => fingerprint)).toContain(shown?.fingerprint);
});

test('a secret that a header carries in base64 is masked, in the record too', async () => {
  const key = 'ghp_' + 'x8Kd03LmQz71TyPwRb5Nv2Hc9Sf4Jg2zkqM8';
  const encoded = `=?base64?${Buffer.from(`use ${key}`).toString('base64')}?=`;
  const [call] = await take(kongJson, kong(() => ({ 'mcp-method': 'tools/call', 'mcp-param-note': encoded })).split('\n')[0] ?? '');
  const kept = JSON.stringify(call);
  expect(kept).not.toContain(key);
  expect(kept).not.toContain(encoded);
  expect(call?.exposures).toMatchObject([{ side: 'request-header', pointer: 'mcp-param-note' }]);
});
