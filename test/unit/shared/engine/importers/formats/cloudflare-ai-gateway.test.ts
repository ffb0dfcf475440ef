import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cloudflareAiGateway } from '#shared/engine/importers/formats/cloudflare-ai-gateway.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const text = readFileSync(new URL('../../../../../fixtures/cloudflare-ai-gateway/api.json', import.meta.url), 'utf8');

test('logs of the API: a time without a zone, metadata as a string or an object', async () => {
  const [first, limited, zoned] = callsOf(await readAll(cloudflareAiGateway, text, { zoneOffsetMinutes: 120 })).map(({ call }) => call);
  expect(first).toMatchObject({
    time: Date.UTC(2026, 4, 1, 8) * 1000,
    timeText: '2026-05-01 10:00:00',
    timeKind: 'unknown',
    zoneKnown: false,
    durationMs: 812,
    method: 'POST',
    path: '/chat/completions',
    status: 200,
    consumer: 'anna',
    requestId: '01J0',
    service: 'openai',
    route: 'gpt-4o-mini',
  });
  expect(first?.extras).toEqual(
    expect.arrayContaining([
      ['prompt-tokens', '10'],
      ['completion-tokens', '20'],
      ['cost-usd', '0'],
      ['metadata.team', 'support'],
      ['model_type', 'chat'],
    ]),
  );
  expect(limited).toMatchObject({ status: 429, consumer: 'ben' });
  expect(zoned).toMatchObject({ zoneKnown: true, time: Date.UTC(2026, 4, 1, 10, 2) * 1000 });
  expect(zoned?.extras).toContainEqual(['cache-hit', 'true']);
});

test('a failure without a code of HTTP is one', async () => {
  const [made] = (JSON.parse(text) as { result: object[] }).result;
  const [call] = callsOf(await readAll(cloudflareAiGateway, JSON.stringify([{ ...made, success: false, status_code: 0 }])));
  expect(call?.call).toMatchObject({ outcome: 'failed' });
  expect(call?.call.status).toBeUndefined();
});
