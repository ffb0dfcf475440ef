import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { litellmPayload } from '#shared/engine/importers/formats/litellm-payload.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const read = async (name: string) =>
  callsOf(
    await readAll(litellmPayload, readFileSync(new URL(`../../../../../fixtures/litellm-payload/${name}`, import.meta.url), 'utf8')),
  ).map(({ call }) => call);

test('bodies are objects, the address of the provider stands among the hidden parameters', async () => {
  const [call] = await read('payload.json');
  expect(call).toMatchObject({
    durationMs: 4.583,
    zoneKnown: false,
    host: 'api.openai.com',
    path: '/v1/chat/completions',
    status: 200,
    consumer: 'anna',
    clientIp: '192.0.2.7',
    traceId: 'run-17',
    requestId: 'chatcmpl-0',
    service: 'openai',
    route: 'gpt-4o',
  });
  expect(JSON.parse(call?.requestBody?.text ?? '')).toMatchObject({ messages: [{ role: 'user', content: 'Hello, world!' }] });
  expect(call?.extras).toContainEqual(['tools-offered', 'search_tickets']);
});

test('times may be epoch seconds as documented; a failure tells its code and its text', async () => {
  const [, epoch, failed] = await read('payloads.jsonl');
  expect(epoch).toMatchObject({ time: 1_737_710_447_250_000, zoneKnown: true, durationMs: 1250 });
  expect(failed).toMatchObject({ status: 401, responseBody: { text: 'litellm.AuthenticationError: bad key' } });
});
