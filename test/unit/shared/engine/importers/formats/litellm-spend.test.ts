import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { litellmPayload } from '#shared/engine/importers/formats/litellm-payload.ts';
import { litellmSpend } from '#shared/engine/importers/formats/litellm-spend.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import type { ImportedCall } from '#shared/model/call.ts';
import { callsOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const rows = readFileSync(new URL('../../../../../fixtures/litellm-spend/rows.jsonl', import.meta.url), 'utf8');
const read = async (text: string, zoneOffsetMinutes = 0): Promise<ImportedCall[]> =>
  callsOf(await readAll(litellmSpend, text, { zoneOffsetMinutes })).map(({ call }) => call);

test('a row is a call of the provider; its times have no zone', async () => {
  const [first] = await read(rows, 60);
  expect(first).toMatchObject({
    time: Date.UTC(2025, 0, 24, 8, 20, 46) * 1000 + 847_371,
    timeText: '2025-01-24 09:20:46.847371',
    timeKind: 'start',
    zoneKnown: false,
    durationMs: 1004.583,
    method: 'POST',
    scheme: 'https',
    host: 'api.openai.com',
    path: '/v1/chat/completions',
    status: 200,
    clientIp: '192.0.2.7',
    userAgent: 'openai-python/1.50',
    consumer: 'anna',
    credentialId: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    traceId: 'run-17',
    requestId: 'chatcmpl-0',
    service: 'openai',
    route: 'gpt-4o',
  });
  // `{}` in a string is what the log writes when it does not store messages.
  expect([first?.requestBody, first?.responseBody]).toEqual([undefined, undefined]);
  expect(first?.extras).toEqual(
    expect.arrayContaining([
      ['prompt-tokens', '10'],
      ['completion-tokens', '20'],
      ['total-tokens', '30'],
      ['cost-usd', '0.000225'],
      ['key-alias', 'support-agent'],
      ['tags', 'prod'],
    ]),
  );
  expect(first?.extras?.some(([name]) => name === 'cache-hit')).toBe(false);
});

test('messages in strings become bodies; the tools that the model asked for are named', async () => {
  const [, second] = await read(rows);
  expect(JSON.parse(second?.requestBody?.text ?? '')).toEqual({ messages: [{ role: 'user', content: 'Refund order 17' }] });
  expect(second?.responseBody?.mime).toBe('application/json');
  expect(second?.extras).toEqual(
    expect.arrayContaining([
      ['tools-called', 'search_tickets'],
      ['cache-hit', 'True'],
      ['cost-usd', '0'],
    ]),
  );
});

test('a call of an MCP tool through the proxy has the tool that MCP logs show', async () => {
  const [, , third] = await read(rows);
  expect(third).toMatchObject({ tool: 'mcp:search_tickets', route: 'tools/call:search_tickets', service: 'tickets', path: '/mcp' });
});

test("a failure has the provider's status, and no status is made up for one without", async () => {
  const [, , , fourth] = await read(rows);
  expect(fourth).toMatchObject({ status: 429, consumer: 'support-agent' });
  expect(fourth?.extras).toEqual(
    expect.arrayContaining([
      ['outcome', 'failure'],
      ['error', 'RateLimitError: slow down'],
    ]),
  );
  const [silent] = await read(rows.split('\n')[0]?.replace('"status":"success"', '"status":"failure"') ?? '');
  expect(silent?.status).toBeUndefined();
});

test('a key in clear is no id: it goes where keys are masked, tokens that are counts do not', async () => {
  const key = 'sk-' + 'Kd03LmQz71TyPwRb5Nv2Hc';
  const [call] = await read(rows.split('\n')[0]?.replace(/"api_key":"[^"]*"/, `"api_key":"${key}"`) ?? '');
  expect(call?.credentialId).toBeUndefined();
  expect(call?.requestHeaders).toEqual([['x-api-key', key]]);
  if (call === undefined) throw new Error('one call');
  const masked = createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall(call);
  expect(JSON.stringify(masked)).not.toContain(key);
  expect(masked.credential?.kind).toBe('api-key');
  expect(masked.detail.extras).toEqual(
    expect.arrayContaining([
      ['prompt-tokens', '10'],
      ['total-tokens', '30'],
    ]),
  );
});

test('the two formats of LiteLLM do not take each other for themselves', () => {
  expect(litellmPayload.recognize(toBytes(rows)).strength).toBe('none');
});
