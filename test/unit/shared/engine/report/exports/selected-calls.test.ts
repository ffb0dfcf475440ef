/** Formats that list calls, each read back by something that we did not write where there is such a thing. */
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { beforeAll, expect, test } from 'vitest';
import type { CallJson } from '#shared/contract/report-json.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { everyCall } from '#shared/engine/store/read/calls/calls.ts';
import { selectedCalls } from '#shared/engine/report/exports/selected-calls.ts';
import { internalProfile } from '#shared/engine/report/profile/pseudonymiser.ts';
import { memoryCase } from '#test/support/case.ts';
import { exportCase, exportLines, exportText } from '#test/support/exported.ts';
import { openHar } from '#test/support/foreign/readers.ts';
import { harFromCalls } from '#test/support/har-from-calls.ts';
import { ocsfFaults } from '#test/support/ocsf-rules.ts';
import { timelineFaults } from '#test/support/timeline-rules.ts';
import { importText } from '#test/support/import-text.ts';

const SECRET = 'sk_live_9f8e7d6c5b4a39281706';
let db: SqlDriver;
const callsOf = (from: SqlDriver): readonly CallJson[] => [...selectedCalls({ db: from, selection: everyCall, hide: internalProfile })];

beforeAll(async () => {
  db = memoryCase();
  await importText(
    db,
    'agent.har',
    harFromCalls([
      { at: 0, url: 'https://api.shop.test/v1/users/7?a=1&b=%22x', headers: [`Authorization: Bearer ${SECRET}`, 'User-Agent: agent/1', 'X-Trace: 7'], response: { id: 7, key: SECRET } },
      { at: 1, method: 'POST', url: 'https://api.shop.test:8443/v1/orders', status: 201, headers: ['Cookie: sid=1234567890abcdef'], body: { user: 7, note: '=1+1 <script>' }, response: { id: 1 } },
      { at: 2, method: 'DELETE', url: 'http://files.shop.test/a%2Fb', status: 404 },
    ]),
  ); // prettier-ignore
});

test('a Parquet reader finds every call, with its own types', async () => {
  const bytes = (await exportCase(db, 'parquet')).get('') ?? Buffer.alloc(0);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  expect(parquetMetadata(file)).toMatchObject({ num_rows: 3n, created_by: 'Spoor version 1.2.3' });
  const rows = (await parquetReadObjects({ file })) as readonly Readonly<Record<string, unknown>>[];
  const calls = callsOf(db);
  expect(rows.map((row) => [row['ref'], row['method'], row['status'], row['port'] ?? undefined, row['path']])).toEqual(
    calls.map(({ ref, method, status, port, path }) => [ref, method, status, port, path]),
  );
  expect(rows.map((row) => (row['time'] as Date).getTime())).toEqual(calls.map(({ time }) => Date.parse(time ?? '')));
  expect(typeof rows[0]?.['resBytes']).toBe('bigint');
});

test('a HAR imports again with the same calls, without credentials and secrets', async () => {
  const text = await exportText(db, 'har');
  expect(text).not.toContain(SECRET);
  expect(text.toLowerCase()).not.toMatch(/"authorization"|"cookie"|1234567890abcdef/);
  const again = memoryCase();
  await importText(again, 'again.har', text);
  const shape = ({ time, durationMs, method, scheme, host, port, path, query, status, reqBytes, resBytes, userAgent, contentType }: CallJson): unknown =>
    ({ time, durationMs, method, scheme, host, port, path, query, status, reqBytes, resBytes, userAgent, contentType }); // prettier-ignore
  expect(callsOf(again).map(shape)).toEqual(callsOf(db).map(shape));
  expect(await exportText(again, 'har')).not.toContain('Authorization');
});

test('a call whose record names no host has an address that other programs take, and imports again without one', async () => {
  const log = memoryCase();
  await importText(log, 'access.log', '192.0.2.7 - ann [01/Oct/2026:00:00:00 +0000] "GET /v1/users/7?a=1 HTTP/1.1" 200 12 "-" "agent/1"\n');
  const text = await exportText(log, 'har');
  expect(text).toContain('"url":"http://host-unknown.invalid/v1/users/7?a=1"');
  const again = memoryCase();
  await importText(again, 'again.har', text);
  const [call] = callsOf(again);
  expect(call).toMatchObject({ method: 'GET', path: '/v1/users/7', query: 'a=1', status: 200 });
  expect([call?.host, call?.scheme, call?.port]).toEqual([undefined, undefined, undefined]);
});

test('a call without a time has one that HAR demands, and imports again without one', async () => {
  const timeless = memoryCase();
  const har = JSON.parse(harFromCalls([{ at: 0, url: 'https://api.shop.test/a' }])) as {
    readonly log: { readonly entries: Record<string, unknown>[] };
  };
  for (const entry of har.log.entries) delete entry['startedDateTime'];
  await importText(timeless, 'timeless.har', JSON.stringify(har));
  expect(callsOf(timeless).map(({ time }) => time)).toEqual([undefined]);
  const text = await exportText(timeless, 'har');
  expect(openHar(Buffer.from(text))).toBe(1);
  expect(() => openHar(Buffer.from(text.replace('"startedDateTime"', '"started"')))).toThrow('startedDateTime');
  const again = memoryCase();
  await importText(again, 'again.har', text);
  expect(callsOf(again).map(({ time, timeKind, path }) => ({ time, timeKind, path }))).toEqual([
    { time: undefined, timeKind: 'unknown', path: '/a' },
  ]);
});

test('every line of a timeline has what Timesketch wants, in time order', async () => {
  const lines = await exportLines(db, 'timeline');
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(timelineFaults(line)).toEqual([]);
  const [line = {}] = lines;
  expect(timelineFaults({ ...line, datetime: '2026-10-01 00:00:00' })).toEqual(['datetime is no time with a zone']);
  expect(timelineFaults({ ...line, timestamp: 1 })).toEqual(['timestamp is not datetime in microseconds']);
  expect(timelineFaults({ ...line, message: undefined, tag: 'x', _id: 1 })).toEqual(['message', 'tag is no list of texts', '_id']);
});

test('OCSF events keep the rules of their class', async () => {
  for (const event of await exportLines(db, 'ocsf')) {
    expect(ocsfFaults(event)).toEqual([]);
    expect(event).toMatchObject({ severity_id: 1, metadata: { version: '1.3.0', product: { vendor_name: 'Spoor' } } });
  }
  const log = memoryCase();
  await importText(log, 'access.log', '192.0.2.7 - - [01/Oct/2026:00:00:00 +0000] "GET /v1/users HTTP/1.1" 200 12 "-" "agent/1"\n');
  for (const event of await exportLines(log, 'ocsf')) expect(ocsfFaults(event)).toEqual([]);
});

test('a method is what the evidence says, also where it is the name of something else', async () => {
  const odd = memoryCase();
  await importText(odd, 'odd.har', harFromCalls([{ at: 0, method: 'constructor', url: 'https://api.shop.test/a' }]));
  const [event] = await exportLines(odd, 'ocsf');
  expect(event).toMatchObject({ activity_id: 99, activity_name: 'constructor' });
});

test('the analyst can write to the case between two calls of an export', () => {
  const calls = selectedCalls({ db, selection: everyCall, hide: internalProfile });
  expect(calls.next().done).toBe(false);
  expect(() => {
    db.prepare("INSERT INTO meta (key, value) VALUES ('between', '1')").run();
    db.prepare("DELETE FROM meta WHERE key = 'between'").run();
  }).not.toThrow();
  expect([...calls]).toHaveLength(2);
  expect([...selectedCalls({ db, selection: everyCall, hide: internalProfile }, 2)]).toEqual(callsOf(db).slice(0, 2));
});
