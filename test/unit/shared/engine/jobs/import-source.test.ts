import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import type { ByteSource } from '#shared/engine/ports.ts';
import { listSources, pageIssues } from '#shared/engine/store/read/sources.ts';
import { callReader, everyCall } from '#shared/engine/store/read/calls/calls.ts';
import { memoryCase } from '#test/support/case.ts';
import { importByteSource, importText } from '#test/support/import-text.ts';
import { sourceOf, toBytes } from '#test/support/read-evidence.ts';

const line = (second: number, path: string): string =>
  `192.0.2.7 - - [10/Oct/2026:13:55:${String(second).padStart(2, '0')} +0200] "GET ${path} HTTP/1.1" 200 512 "-" "curl/8.5.0"`;
const LOG = [line(1, '/a'), line(2, '/b?x=1'), 'not a line of any log', '', line(4, '/d')].join('\n');

/** A source whose archive breaks off after `text`. */
const breakingAfter = (name: string, text: string): ByteSource => ({
  name,
  size: undefined,
  async *chunks() {
    yield* sourceOf(toBytes(text), name).chunks();
    throw new AppError('damaged-file', `${name}: breaks off`, { code: 'ARC_DAMAGED', offset: text.length });
  },
});

describe('one source', () => {
  test('the ledger balances and every byte is accounted for', async () => {
    const db = memoryCase();
    const result = await importText(db, 'access.log', LOG);
    expect(result).toMatchObject({ accepted: 3, failure: undefined });
    const [source] = listSources(db);
    expect(source).toMatchObject({
      name: 'access.log',
      format: 'access-combined',
      recognizedBy: 'content',
      records: 4,
      accepted: 3,
      rejected: 1,
      skipped: 0,
      timezone: 'in the data',
    });
    expect(source?.bytes).toBe(LOG.length);
    expect(source?.bytesAccounted).toBe(LOG.length);
    expect(source?.sha256).toBe(createHash('sha256').update(LOG).digest('hex'));
    expect(source?.timeRange).toEqual(['2026-10-10T11:55:01.000000Z', '2026-10-10T11:55:04.000000Z']);
  });

  test('a rejected record keeps its place, reason and a masked excerpt', async () => {
    const db = memoryCase();
    const secret = 'sk_live_51HqLyjWDarjtT1zdp7dcGGGG';
    await importText(db, 'access.log', `${line(1, '/a')}\nBearer ${secret} broke this line\n${line(2, '/b')}\n${line(3, '/c')}`);
    const { rows } = pageIssues(db, { severity: 'reject' }, 0, 10);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ source: 'access.log', record: 2, byteStart: line(1, '/a').length + 1, severity: 'reject' });
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test('references count lines, blank ones included', async () => {
    const db = memoryCase();
    await importText(db, 'access.log', LOG);
    expect([...callReader(db).iterate(everyCall)].map((call) => call.ref)).toEqual(['access.log#1', 'access.log#2', 'access.log#5']);
  });

  test('the same bytes again add nothing and say what they duplicate', async () => {
    const db = memoryCase();
    await importText(db, 'access.log', LOG);
    await importText(db, 'copy-of-access.log', LOG);
    expect(listSources(db)[1]).toMatchObject({ name: 'copy-of-access.log', duplicateOf: 'access.log', records: 0 });
    expect(db.prepare('SELECT count(*) AS n FROM call').get()).toEqual({ n: 3 });
  });

  test('other bytes under a name that is taken get a name of their own', async () => {
    const db = memoryCase();
    await importText(db, 'access.log', LOG);
    await importText(db, 'access.log', `${LOG}\n${line(9, '/e')}`);
    expect(listSources(db).map((source) => source.name)).toEqual(['access.log', 'access.log~2']);
  });

  test('what no format claims is kept in the ledger as skipped whole', async () => {
    const db = memoryCase();
    const result = await importText(db, 'readme.txt', 'Dear responder,\n');
    expect(result.failure).toBeUndefined();
    expect(listSources(db)[0]).toMatchObject({ records: 0, bytes: 16, bytesAccounted: 16 });
    expect(listSources(db)[0]?.format).toBeUndefined();
    expect(pageIssues(db, {}, 0, 10).rows[0]).toMatchObject({ severity: 'skip', code: 'UNRECOGNIZED' });
  });

  test('an empty file is no failure', async () => {
    const db = memoryCase();
    expect((await importText(db, 'empty.log', '')).failure).toBeUndefined();
    expect(listSources(db)[0]).toMatchObject({ records: 0, bytes: 0 });
  });

  test('a file of a claimed format that cannot be read is a failure with its place, and the case goes on', async () => {
    const db = memoryCase();
    const result = await importText(db, 'broken.har', '{"log": {"version": "1.2", "entries": "none"}}');
    expect(result.failure?.code).toBe('HAR_NO_LOG');
    expect(listSources(db)[0]).toMatchObject({ records: 0, accepted: 0 });
    await importText(db, 'access.log', LOG);
    expect(db.prepare('SELECT count(*) AS n FROM call').get()).toEqual({ n: 3 });
  });

  test('bytes that break off in the head are a failure of this source, and what came before them is kept', async () => {
    const db = memoryCase();
    const breaking = breakingAfter('access.log', LOG);
    expect(await importByteSource(db, breaking)).toMatchObject({ accepted: 3, failure: { code: 'ARC_DAMAGED' } });
    expect(await importByteSource(db, breakingAfter('note.txt', 'Dear responder,\n'))).toMatchObject({ failure: { code: 'ARC_DAMAGED' } });
    expect(db.prepare('SELECT state, records FROM source').all()).toEqual([
      { state: 'failed', records: 4 },
      { state: 'failed', records: 0 },
    ]);
  });

  test('bytes that break off while they are compared with a source of the same size fail alone, too', async () => {
    const db = memoryCase();
    await importText(db, 'whole.log', LOG);
    const result = await importByteSource(db, { ...breakingAfter('access.log', LOG.replaceAll('/a', '/c')), size: LOG.length });
    expect(result).toMatchObject({ accepted: 3, failure: { code: 'ARC_DAMAGED' } });
  });

  test('a cancel keeps what was committed and closes the ledger', async () => {
    const db = memoryCase();
    const many = Array.from({ length: 5000 }, (_, index) => line(index % 60, `/item/${String(index)}`)).join('\n');
    let breaths = 0;
    const breathe = (): Promise<void> => (++breaths >= 2 ? Promise.reject(new AppError('cancelled', 'stop')) : Promise.resolve());
    await expect(importText(db, 'access.log', many, { breathe })).rejects.toMatchObject({ code: 'cancelled' });
    const [source] = listSources(db);
    const calls = db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n ?? 0;
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(5000);
    expect(source).toMatchObject({ records: calls, accepted: calls });
    expect(db.prepare('SELECT state FROM source').get()).toEqual({ state: 'interrupted' });
  });
});
