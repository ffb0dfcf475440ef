import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readerThreads } from '#electron/node/engine/reader-threads.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { SourceReader } from '#shared/engine/reading/source-reader.ts';
import { threadedReader } from '#shared/engine/reading/threaded-reader.ts';
import type { ByteSource } from '#shared/engine/ports.ts';
import { caseKey } from '#shared/engine/store/open.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { fixedCrypto, memoryCase, testCodec } from '#test/support/case.ts';
import { importByteSource } from '#test/support/import-text.ts';
import { sourceOf, toBytes } from '#test/support/read-evidence.ts';
import { getDetail } from '#shared/engine/store/read/calls/details.ts';

const entry = fileURLToPath(new URL('../../../../../electron/hosts/reader.ts', import.meta.url));
const keys = { caseKey: caseKey(memoryCase()), passingKey: fixedCrypto.randomBytes(32) };
const readers: SourceReader[] = [];

/** Readers are of one import: they remember which names its case knows. */
const startReaders = (count: number): SourceReader => {
  const threads = readerThreads(entry, count);
  if (threads === undefined) throw new Error('no entry for reader threads');
  const reader = threadedReader(threads, keys);
  readers.push(reader);
  return reader;
};
afterAll(() => {
  for (const reader of readers) reader.end();
});

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../../../fixtures/${name}`, import.meta.url)));

/** Lines of Kong over several parts, with blanks, a bad one and line ends of two kinds. */
function manyLines(count: number): string {
  const lines: string[] = [];
  for (let index = 0; index < count; index += 1) {
    if (index % 1000 === 7) lines.push('');
    if (index % 1500 === 3) lines.push('{"request": nonsense}');
    const headers = { host: `h${String(index % 40)}.test`, authorization: `Bearer token-${String(index % 9).repeat(24)}` };
    lines.push(
      JSON.stringify({
        request: { method: 'GET', uri: `/v1/orders/${String(index)}?page=${String(index % 7)}`, headers },
        response: { status: index % 50 === 0 ? 500 : 200, size: index },
        started_at: 1_790_812_800_000 + index * 10,
        client_ip: `10.0.${String(index % 200)}.9`,
        note: 'x'.repeat(400),
      }),
    );
  }
  return lines.map((line, index) => line + (index % 5 === 0 ? '\r\n' : '\n')).join('');
}

/** A capture that is many batches ahead of the writer. */
const manyEntries = (count: number): Uint8Array => {
  const entry = (index: number): string =>
    `{"startedDateTime":"2026-10-01T00:00:00.000Z","time":1,"request":{"method":"GET","url":"https://a.test/${String(index)}","headers":[]},"response":{"status":200}}`;
  return toBytes(`{"log":{"version":"1.2","entries":[${Array.from({ length: count }, (_, index) => entry(index)).join(',')}]}}`);
};

/** Chunks that are pieces of one Node buffer. */
function sharedChunks(bytes: Uint8Array): ByteSource {
  return {
    name: 'shared.har',
    size: bytes.length,
    async *chunks() {
      const all = Buffer.from(bytes);
      for (let at = 0; at < all.length; at += 16_384) yield await Promise.resolve(all.subarray(at, at + 16_384));
    },
  };
}

/** Everything that a case holds of the evidence, and the details of some calls, a line each. */
function dump(db: SqlDriver): readonly string[] {
  const all = (table: string): readonly string[] =>
    db
      .prepare(`SELECT * FROM ${table} ORDER BY rowid`)
      .all()
      .map((row) => `${table} ${JSON.stringify(row)}`);
  const ids = db.prepare('SELECT id FROM call ORDER BY id').all<{ id: number }>();
  const details = ids.filter((_, index) => index % 97 === 0).map(({ id }) => getDetail(db, testCodec, id));
  return [
    ...['call', 'term', 'credential', 'issue', 'source', 'value', 'data_seen', 'exposure'].flatMap(all),
    ...details.map((detail) => JSON.stringify(detail)),
  ];
}

async function importInto(source: () => ByteSource, reader?: SourceReader): Promise<readonly string[]> {
  const db = memoryCase();
  await importByteSource(db, source(), reader === undefined ? {} : { reader });
  const made = dump(db);
  db.close();
  return made;
}

describe('threads give what the writer itself would have read', () => {
  const lines = toBytes(manyLines(6000));
  const marked = toBytes(`\uFEFF${manyLines(6000)}`);
  const samples: readonly (readonly [string, () => ByteSource])[] = [
    ['lines in several parts', () => sourceOf(lines, 'kong.jsonl', 100_000)],
    [
      'lines behind a byte order mark, without a last line end',
      () => sourceOf(marked.subarray(0, marked.length - 1), 'kong.jsonl', 70_001),
    ],
    ['a capture', () => sourceOf(fixture('corpus/har/chrome-page-31.har'), 'a.har', 50_000)],
    ['a list of records', () => sourceOf(fixture('kong-json/batch.json'), 'batch.json', 64)],
    ['a capture of many batches, whose end comes while the reader waits', () => sourceOf(manyEntries(6000), 'many.har', 40_000)],
    ['a capture in chunks that share memory, as inflaters give them', () => sharedChunks(manyEntries(3000))],
    ['an API description', () => sourceOf(fixture('openapi/orders.yaml'), 'orders.yaml', 1000)],
    ['UTF-16', () => sourceOf(fixture('kong-json/utf16-from-windows.log'), 'w.log', 999)],
    ['an access log', () => sourceOf(fixture('corpus/access/elastic-apache-10k.log'), 'access.log', 65_536)],
  ];
  test.each(samples)('%s', async (_, source) => {
    const alone = await importInto(source);
    expect(await importInto(source, startReaders(2))).toEqual(alone);
  });

  test('whatever the number of threads', async () => {
    const source = (): ByteSource => sourceOf(lines, 'kong.jsonl', 300_000);
    expect(await importInto(source, startReaders(3))).toEqual(await importInto(source, startReaders(1)));
  });
});

test('a document that is refused fails with its code and place, and the next is read', async () => {
  const db = memoryCase();
  const reader = startReaders(2);
  const broken = await importByteSource(db, sourceOf(fixture('corpus/har/mitm-broken.har'), 'broken.har'), { reader });
  expect(broken.failure?.code).toBe('HAR_NO_LOG');
  const next = await importByteSource(db, sourceOf(fixture('kong-json/lines.jsonl'), 'next.jsonl'), { reader });
  expect(next.failure).toBeUndefined();
  expect(next.accepted).toBeGreaterThan(0);
  db.close();
});

test('a cancel stops the threads; the same readers go on with the next source', async () => {
  const db = memoryCase();
  const reader = startReaders(2);
  const stop = new AbortController();
  let pauses = 0;
  const breathe = (): Promise<void> => {
    pauses += 1;
    if (pauses === 2) stop.abort(new AppError('cancelled', 'enough'));
    return Promise.resolve();
  };
  const source = sourceOf(toBytes(manyLines(9000)), 'kong.jsonl', 100_000);
  await expect(importByteSource(db, source, { reader, signal: stop.signal, breathe })).rejects.toMatchObject({ code: 'cancelled' });
  const next = await importByteSource(db, sourceOf(fixture('kong-json/lines.jsonl'), 'next.jsonl'), { reader });
  expect(next.accepted).toBeGreaterThan(0);
  db.close();
});

test('without an entry file there are no threads', () => {
  expect(readerThreads(undefined)).toBeUndefined();
});
