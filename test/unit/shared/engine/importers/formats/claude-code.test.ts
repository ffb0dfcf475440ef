import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claudeCode } from '#shared/engine/importers/formats/claude-code.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const TEXT = readFileSync(new URL('../../../../../fixtures/claude-code/session.jsonl', import.meta.url), 'utf8');
const items = await readAll(claudeCode, TEXT);
const calls = callsOf(items).map(({ record, call }) => ({ record, ...call }));

test('an answer in several lines is one call of the model, with what it was given', () => {
  const model = calls.find(({ route }) => route === 'claude-sonnet-4-5');
  expect(model).toMatchObject({
    record: 3,
    route: 'claude-sonnet-4-5',
    durationMs: 2500,
    timeKind: 'end',
    requestId: 'req_msg_1',
    consumer: 'kim',
  });
  expect(model?.requestBody?.text).toContain('Why does the export fail?');
  expect(model?.responseBody?.text).toContain('rg -n export src');
  expect(model?.extras).toEqual(
    expect.arrayContaining([
      ['tools-called', 'Bash'],
      ['completion-tokens', '9'],
      ['client', 'Claude Code 2.0.14'],
    ]),
  );
});

test('a tool is a call from its use to its result', () => {
  const tool = calls.find((call) => call.tool === 'tool:Bash');
  expect(tool).toMatchObject({ record: 5, durationMs: 750, outcome: 'given', spanId: 'toolu_1', parentSpanId: 'msg_1' });
  expect(tool?.requestBody?.text).toBe('{"command":"rg -n export src"}');
  expect(tool?.responseBody?.text).toBe('src/export.ts:8');
});

test('a tool of an MCP server is that server’s, and a refusal shows', () => {
  expect(calls.find((call) => call.tool === 'mcp:get_issue')).toMatchObject({
    service: 'tracker',
    outcome: 'failed',
    responseBody: { text: 'not allowed' },
  });
});

test('a tool whose result never came is a call without an answer', async () => {
  const cut = TEXT.split('\n').slice(0, 4).join('\n');
  const [model, tool] = callsOf(await readAll(claudeCode, cut)).map(({ call }) => call);
  expect(model?.route).toBe('claude-sonnet-4-5');
  expect(tool).toMatchObject({ tool: 'tool:Bash', outcome: undefined, responseBody: undefined });
});

test('nothing of a session is lost without a word, and it is told whose it is', () => {
  expect(issuesOf(items).map(({ message }) => message)).toEqual([
    'a line of type summary, neither a message nor a result',
    'what the user said, which stands in the next call of the model',
    'more of the answer that begins in record 3',
  ]);
  expect(items.filter(({ kind }) => kind === 'trace')).toEqual([
    { kind: 'trace', trace: { traceId: 'aaaaaaaa-0000-4000-8000-000000000001', agent: 'Claude Code', user: 'kim' } },
  ]);
});

const lineOf = (type: string, content: readonly object[], more: object = {}): string =>
  JSON.stringify({
    type,
    uuid: 'u',
    parentUuid: null,
    sessionId: 's',
    timestamp: '2026-03-01T10:00:00.000Z',
    message: { content, ...more },
  });
const use = (id: string, message: string): string =>
  lineOf('assistant', [{ type: 'tool_use', id, name: 'Bash', input: {} }], { id: message, model: 'm', usage: { output_tokens: 9 } });
const result = (id: string): string => lineOf('user', [{ type: 'tool_result', tool_use_id: id, content: 'ok' }]);

test('an answer with results between its lines is one call of the model, whose usage counts once', async () => {
  const lines = [use('t1', 'msg'), result('t1'), use('t2', 'msg'), result('t2'), use('t3', 'next')];
  const given = callsOf(await readAll(claudeCode, `${lines.join('\n')}\n`)).map(({ call }) => call);
  expect(given.filter(({ tool }) => tool === undefined).map(({ spanId }) => spanId)).toEqual(['msg', 'next']);
  expect(given.filter(({ tool }) => tool !== undefined).map(({ spanId }) => spanId)).toEqual(['t1', 't2', 't3']);
});

test('of too many tools that wait for a result none is lost, and it is said', async () => {
  const uses = Array.from({ length: 10_002 }, (_, at) => ({ type: 'tool_use', id: `t${String(at)}`, name: 'Bash', input: {} }));
  const given = await readAll(claudeCode, `${lineOf('assistant', uses, { id: 'msg' })}\n`);
  expect(callsOf(given).filter(({ call }) => call.tool !== undefined)).toHaveLength(10_002);
  expect(new Set(issuesOf(given).map(({ message }) => message))).toEqual(
    new Set([
      'more than 10000 tools wait for their results; those that wait longest are calls without an answer',
      'more than 10000 blocks of one message; the others are left out',
    ]),
  );
});
