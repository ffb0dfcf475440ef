import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { helicone } from '#shared/engine/importers/formats/helicone.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const read = async (name: string) =>
  callsOf(await readAll(helicone, readFileSync(new URL(`../../../../../fixtures/helicone/${name}`, import.meta.url), 'utf8'))).map(
    ({ call }) => call,
  );

test('columns of an export stand in the fields of a call', async () => {
  const [first] = await read('output.jsonl');
  expect(first).toMatchObject({
    time: Date.UTC(2024, 7, 1, 10) * 1000,
    timeKind: 'start',
    zoneKnown: true,
    durationMs: 1250,
    // The provider, not Helicone's own address that the path names.
    host: 'api.openai.com',
    path: '/v1/chat/completions',
    status: 200,
    consumer: 'anna',
    traceId: 'run-17',
    requestId: '5d10',
    service: 'OPENAI',
    route: 'gpt-4o',
  });
  expect(first?.extras).toEqual(
    expect.arrayContaining([
      ['prompt-tokens', '10'],
      ['cost-usd', '0.000225'],
      ['tools-called', 'search_tickets'],
      ['property.appname', 'support'],
      ['country_code', 'DE'],
    ]),
  );
});

test('a cancelled call has no status, and one without a delay the time between its stamps', async () => {
  const [, cancelled, slow] = await read('output.jsonl');
  expect([cancelled?.status, cancelled?.durationMs]).toEqual([undefined, undefined]);
  expect(cancelled?.extras).toContainEqual(['outcome', 'cancelled']);
  expect(slow).toMatchObject({ status: 500, durationMs: 1250 });
});

test('an answer of the API is a list inside of an object', async () => {
  expect((await read('api.json')).map(({ requestId }) => requestId)).toEqual(['5d10', '5d11']);
});
