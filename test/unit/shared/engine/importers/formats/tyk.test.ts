import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tyk } from '#shared/engine/importers/formats/tyk.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { printTime } from '#shared/model/units.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const KEY = '5a634032deadbeefdeadbeef0123456789abcdef0123456789abcdef01';
const read = async (name: string): Promise<ReturnType<typeof callsOf>> =>
  callsOf(await readAll(tyk, new Uint8Array(readFileSync(new URL(`../../../../../fixtures/tyk/${name}`, import.meta.url)))));

test('wire bytes of detailed recording give the path as sent, headers and bodies', async () => {
  const [item] = await read('mongo.jsonl');
  expect(item?.call).toMatchObject({
    method: 'GET',
    host: 'shop.test',
    path: '/shop/headers',
    query: 'x=%2e%2e',
    status: 200,
    durationMs: 93,
    consumer: 'shop-app',
    service: 'httpbin',
    responseBody: { text: '{"a": 1}', mime: 'application/json' },
    resBytes: 8,
    timings: [
      ['total', 93],
      ['upstream', 90],
    ],
  });
  expect(item?.call.time && printTime(item.call.time)).toBe('2018-01-23T21:31:57.266000Z');
});

test('a key in clear is a header, never an id, and does not stay in the tags', async () => {
  const [item] = await read('mongo.jsonl');
  expect(item?.call.requestHeaders).toContainEqual(['Authorization', KEY]);
  expect(item?.call.credentialId).toBeUndefined();
  expect(item?.call.extras).toContainEqual(['tags', 'org-5a634032 api-3643588c']);
  expect(JSON.stringify(item?.call.extras)).not.toContain(KEY);
  const record = { method: 'GET', path: '/', responsecode: 200, apikey: 'my-key', apiid: 'a', orgid: 'o', requesttime: 1 };
  const [bare] = callsOf(await readAll(tyk, JSON.stringify(record)));
  expect(bare?.call.requestHeaders).toEqual([['Authorization', 'my-key']]);
});

test('the hash of a key is an id, and the filler of keyless calls is nothing', async () => {
  const [, hashed] = await read('mongo.jsonl');
  expect(hashed?.call).toMatchObject({ credentialId: '1d2c3b4a', consumer: 'client-7', service: '3643588c', requestHeaders: undefined });
  const [keyless] = await read('pump.jsonl');
  expect(keyless?.call).toMatchObject({ credentialId: undefined, requestHeaders: undefined, path: '/anything', clientIp: '10.0.0.9' });
});

test('rows of the CSV pump are the same records', async () => {
  const rows = await read('pump.csv');
  expect(rows.map((item) => item.record)).toEqual([2, 3]);
  expect(rows[0]?.call).toMatchObject({
    method: 'GET',
    path: '/headers',
    status: 200,
    durationMs: 93,
    userAgent: 'Mozilla/5.0 (X11, Linux)',
    credentialId: '1d2c3b4a',
    zoneKnown: true,
  });
  expect(rows[0]?.call.time && printTime(rows[0].call.time)).toBe('2018-01-23T21:31:57.266000Z');
});

test('no secret of the wire bytes reaches the case, in base64 or otherwise', async () => {
  const [item] = await read('mongo.jsonl');
  if (item === undefined) throw new Error('no call');
  const { detail } = createIntake(fixedCrypto, new Uint8Array(32).fill(3)).maskCall(item.call);
  expect(item.call.rawText).toBeUndefined();
  const stored = JSON.stringify(detail);
  expect(stored).not.toContain(KEY);
  for (const shift of [0, 1, 2]) expect(stored).not.toContain(btoa(' '.repeat(shift) + KEY).slice(4, 40));
});

test('wire bytes that are no message are kept as a body', async () => {
  const record = {
    method: 'GET',
    path: '/',
    responsecode: 200,
    apikey: '',
    apiid: 'a',
    orgid: 'o',
    requesttime: 1,
    rawrequest: 'aGVsbG8=',
  };
  const [item] = callsOf(await readAll(tyk, JSON.stringify(record)));
  expect(item?.call.requestBody).toMatchObject({ text: 'aGVsbG8=', encoding: 'base64', note: 'not an HTTP message' });
});
