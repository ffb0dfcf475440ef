import { expect, test } from 'vitest';
import { interner } from '#shared/engine/store/intern.ts';
import type { TextCase, TextOptions } from '#test/support/calls-from-text.ts';
import { detect, type Detected } from '#test/support/detect.ts';
import { harFromCalls } from '#test/support/har-from-calls.ts';
import { detectPlayed, kongLine } from '#test/support/played.ts';
import { bearer } from '#test/support/seed-calls.ts';

/** Makes calls of a tool of those to this path. */
const tools = ({ db }: TextCase): void => {
  const tool = interner(db)('mcp:find_order') ?? 0;
  db.prepare("UPDATE call SET tool_id = ? WHERE path = '/mcp'").run(tool);
};
const run = (text: string, options: TextOptions = {}): Promise<Detected> => detect(['token-passthrough'], text, options, tools);

const CALL = '00:00 agent:bot POST mcp.acme.test/mcp 200 cred=key-1 trace=t span=a dur=900 in=mcp';

test('the principal’s credential at a host behind the tool server', async () => {
  const { findings } = await run(
    `${CALL}\n00:00.2 agent:bot GET api.acme.test/orders/7 200 cred=key-1 trace=t span=b parent=a dur=90 in=api`,
  );
  expect(findings).toMatchObject([
    {
      title: 'mcp.acme.test passes the credential of bot on to api.acme.test',
      severity: 'high',
      confidence: 'observed',
      calls: ['mcp#1', 'api#1'],
      observed: { linkedCalls: 1 },
    },
  ]);
});

test('a credential of the server’s own is as it should be', async () => {
  const { findings } = await run(`${CALL}\n00:00.2 service:mcp GET api.acme.test/orders/7 200 cred=key-2 trace=t span=b parent=a in=api`);
  expect(findings).toEqual([]);
});

test('the same request further in is a proxy', async () => {
  const { findings } = await run(`${CALL}\n00:00.2 agent:bot POST backend.acme.test/mcp 200 cred=key-1 trace=t span=b parent=a in=api`);
  expect(findings).toEqual([]);
});

test('the agent’s own call elsewhere, which no link leads to, is none', async () => {
  const { findings } = await run(`${CALL}\n00:09 agent:bot GET api.acme.test/orders/7 200 cred=key-1 trace=u span=b in=api`);
  expect(findings).toEqual([]);
});

test('a token made out to the tool server that another host took', async () => {
  const { findings } = await run(
    `${CALL.replace('key-1', 'jwt-1')}\n00:09 agent:bot GET api.acme.test/orders/7 200 cred=jwt-1 in=api\n00:10 agent:bot GET api.acme.test/orders/8 401 cred=jwt-1 in=api`,
    { tokens: { 'jwt-1': { claims: { iss: 'x', aud: 'https://mcp.acme.test/mcp' } } } },
  );
  expect(findings).toMatchObject([{ confidence: 'inferred', calls: ['api#1'] }]);
});

test('calls of one moment stand in an order that the import does not change', async () => {
  const text = `${CALL.replace('key-1', 'jwt-1')}
    00:09 agent:bot GET api.acme.test/orders/7 200 cred=jwt-1 in=api
    00:09 agent:bot GET api.acme.test/orders/8 200 cred=jwt-1 in=api
    00:09 agent:bot GET api.acme.test/orders/9 200 cred=jwt-1 in=access`;
  const tokens = { 'jwt-1': { claims: { iss: 'x', aud: 'https://mcp.acme.test/mcp' } } };
  for (const shuffle of [1, 2, 3])
    expect((await run(text, { tokens, shuffle })).findings[0]?.calls).toEqual(['access#1', 'api#1', 'api#2']);
});

test('without tool calls it cannot be answered', async () => {
  const { notEvaluable } = await run('00:00 agent:bot GET api.acme.test/orders/7 200 cred=key-1');
  expect(notEvaluable).toEqual([{ detector: 'token-passthrough', reason: 'no call of an MCP tool over HTTP is in the evidence' }]);
});

test('nor without credentials at the tool server', async () => {
  const { notEvaluable } = await run('00:00 agent:bot POST mcp.acme.test/mcp 200');
  expect(notEvaluable[0]?.reason).toBe('no call of an MCP tool shows the credential that it came with');
});

test('a capture of the tool call and the gateway behind the server show it, through importers and passes', async () => {
  const [[, authorization] = ['', '']] = bearer({ iss: 'https://id.acme.test', sub: 'desk-agent', aud: 'https://mcp.acme.test' });
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const har = harFromCalls([
    {
      at: 0,
      method: 'POST',
      url: 'https://mcp.acme.test/mcp',
      headers: [`Authorization: ${authorization}`, `traceparent: 00-${trace}-00f067aa0ba902b7-01`, 'Content-Type: application/json'],
      body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'find_order', arguments: { id: '7' } } },
      response: { jsonrpc: '2.0', id: 1, result: { content: [] } },
    },
  ]);
  const upstream = kongLine(0.002, 'GET', 'https://api.acme.test/orders/7', {
    authorization,
    traceparent: `00-${trace}-00f067aa0ba902b7-01`,
  });
  const findings = await detectPlayed('token-passthrough', { 'agent.har': har, 'kong.jsonl': `${upstream}\n` });
  expect(findings).toMatchObject([{ severity: 'high', observed: { server: 'mcp.acme.test', upstream: 'api.acme.test' } }]);
});
