import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { portkey } from '#shared/engine/importers/formats/portkey.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const text = readFileSync(new URL('../../../../../fixtures/portkey/export.jsonl', import.meta.url), 'utf8');

test('columns of an export stand in the fields of a call', async () => {
  const [first] = callsOf(await readAll(portkey, text)).map(({ call }) => call);
  expect(first).toMatchObject({
    time: Date.UTC(2026, 2, 1, 10) * 1000,
    timeKind: 'unknown',
    zoneKnown: true,
    durationMs: 812,
    method: 'POST',
    host: 'api.openai.com',
    path: '/v1/chat/completions',
    status: 200,
    consumer: 'anna',
    traceId: 'run-17',
    requestId: '9a0f0',
    service: 'openai',
    route: 'gpt-4o',
    userAgent: 'OpenAI/Python 1.50',
  });
  expect(first?.requestHeaders).toContainEqual(['x-portkey-provider', 'openai']);
  expect(JSON.parse(first?.requestBody?.text ?? '')).toMatchObject({ model: 'gpt-4o' });
  expect(first?.extras).toEqual(
    expect.arrayContaining([
      ['prompt-tokens', '10'],
      ['completion-tokens', '20'],
      ['cost', '0.0225'],
      ['cost_currency', 'USD'],
      ['tools-offered', 'search_tickets'],
      ['tools-called', 'search_tickets'],
      ['metadata.env', 'prod'],
    ]),
  );
});

test('a failure keeps its status, and an export of few columns is read; a cost of 0 is a cost', async () => {
  const [, failed, short] = callsOf(await readAll(portkey, text)).map(({ call }) => call);
  expect(failed).toMatchObject({ status: 429 });
  expect(failed?.extras).toContainEqual(['outcome', 'failure']);
  expect(short).toMatchObject({ host: 'api.anthropic.com', path: '/v1/messages', route: 'claude-sonnet-4' });
  expect(short?.durationMs).toBeUndefined();
  expect(short?.extras).toContainEqual(['cost', '0']);
});
