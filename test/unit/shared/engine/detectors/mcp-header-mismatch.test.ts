import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const only = ['mcp-header-mismatch'];
interface Request {
  readonly headers: readonly string[];
  readonly method?: string;
  readonly name?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly version?: string;
  readonly answer?: string;
}

const run = (...requests: readonly Request[]): Promise<Detected> =>
  detect(
    only,
    requests.map((_, at) => `00:0${String(at)} agent:bot POST tools.acme.test/mcp 200 in=har.har tool=mcp:x`).join('\n'),
    {
      headers: Object.fromEntries(requests.map(({ headers }, at) => [`har.har#${String(at + 1)}`, { request: headers }])),
      bodies: Object.fromEntries(requests.flatMap(({ answer }, at) => (answer === undefined ? [] : [[`har.har#${String(at + 1)}`, answer]]))),
      requests: Object.fromEntries(
        requests.map(({ method = 'tools/call', name = 'delete_order', args, version }, at) => [
          `har.har#${String(at + 1)}`,
          JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { name, arguments: args, _meta: { 'io.modelcontextprotocol/protocolVersion': version } } }),
        ]),
      ),
    },
  ); // prettier-ignore

test('another tool in the header than in the body is high, with both side by side', async () => {
  const { findings } = await run({ headers: ['Mcp-Method: tools/call', 'Mcp-Name: list_orders'] });
  expect(findings).toMatchObject([
    {
      severity: 'high',
      family: 'posture',
      calls: ['har.har#1'],
      observed: { server: 'tools.acme.test/mcp', differing: 1, missing: 0 },
      exhibits: [{ kind: 'ledger', rows: [{ cells: ['Mcp-Name', 'list_orders', 'delete_order'] }] }],
    },
  ]);
});

test('a parameter that differs is high; headers that a new version demands and one request lacks are low', async () => {
  const said = ['Mcp-Method: tools/call', 'Mcp-Name: delete_order'];
  expect((await run({ headers: [...said, 'Mcp-Param-Region: eu'], args: { region: 'us' } })).findings).toMatchObject([
    { severity: 'high', observed: { headers: ['Mcp-Param-Region'] } },
  ]);
  const { findings } = await run({ headers: said, version: '2026-07-28' }, { headers: ['Accept: */*'], version: '2026-07-28' });
  expect(findings).toMatchObject([{ severity: 'low', calls: ['har.har#2'], observed: { missing: 2 } }]);
});

test.each<[string, Request]>([
  ['equal values', { headers: ['Mcp-Method: tools/call', 'Mcp-Name: delete_order', 'Mcp-Param-Id: 7'], args: { id: 7 } }],
  ['an encoded name', { headers: ['Mcp-Method: tools/call', 'Mcp-Name: =?base64?ZGVsZXRlX29yZGVy?='] }],
  ['a server that refused it', { headers: ['Mcp-Method: tools/list'], answer: '{"jsonrpc":"2.0","id":1,"error":{"code":-32020}}' }],
])('%s are none', async (_, request) => {
  expect((await run(request, { headers: ['Mcp-Method: tools/call'] })).findings).toEqual([]);
});

test('an older version without the headers cannot be judged', async () => {
  const { notEvaluable } = await run({ headers: ['Accept: */*'], version: '2025-06-18' });
  expect(notEvaluable).toEqual([
    { detector: 'mcp-header-mismatch', reason: 'no MCP request with its body and its routing headers (Mcp-Method, Mcp-Name) is in the evidence' },
  ]);
}); // prettier-ignore
