import { expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { har } from '#shared/engine/importers/formats/har.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

test('traffic with a model provider is a capture like any other: streams are kept, the key is masked and tells callers apart', async () => {
  const key = 'sk-ant-api03-' + 'Kd03LmQz71TyPwRb5Nv2Hc9Sf4Jg6AeUiOx8Kd03LmQz71Ty';
  const stream =
    'event: message_start\ndata: {"type":"message_start","message":{"model":"claude-sonnet-4","usage":{"input_tokens":10}}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n';
  const capture = {
    log: {
      version: '1.2',
      entries: [
        {
          startedDateTime: '2026-03-01T10:00:00.000Z',
          time: 812,
          request: {
            method: 'POST',
            url: 'https://api.anthropic.com/v1/messages?beta=true',
            headers: [
              { name: 'x-api-key', value: key },
              { name: 'anthropic-version', value: '2023-06-01' },
            ],
            postData: {
              mimeType: 'application/json',
              text: '{"model":"claude-sonnet-4","stream":true,"messages":[{"role":"user","content":"Refund order 17"}]}',
            },
          },
          response: {
            status: 200,
            headers: [{ name: 'content-type', value: 'text/event-stream' }],
            content: { mimeType: 'text/event-stream', text: stream },
          },
        },
      ],
    },
  };
  const [read] = callsOf(await readAll(har, JSON.stringify(capture)));
  if (read === undefined) throw new Error('one call');
  const masked = createIntake(nodeCrypto, new Uint8Array(32).fill(9)).maskCall(read.call);
  expect(masked.call).toMatchObject({
    method: 'POST',
    host: 'api.anthropic.com',
    path: '/v1/messages',
    query: 'beta=true',
    status: 200,
    durationMs: 812,
  });
  expect(masked.detail.responseBody?.text).toBe(stream);
  expect(masked.credential?.kind).toBe('api-key');
  expect(JSON.stringify(masked)).not.toContain(key);
  expect(masked.data).toContainEqual({ side: 'request-header', pointer: 'anthropic-version=2023-06-01', type: 'agent-signal', count: 1 });
});
