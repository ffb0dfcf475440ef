import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claudeCode } from '#shared/engine/importers/formats/claude-code.ts';
import { callsOf, issuesOf, readAll } from '#test/support/read-evidence.ts';

const TEXT = readFileSync(new URL('../../../../../fixtures/claude-code/session.jsonl', import.meta.url), 'utf8');
const items = await readAll(claudeCode, TEXT);
const calls = callsOf(items).map(({ record, call }) => ({ record, ...call }));

test('an answer in several lines is one call of the model, with what it was given', () => {
  const [model] = calls;
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
