import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { nodePorts } from '#electron/node/ports.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { CallContext, Progress } from '#shared/contract/methods.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import { evidenceRevision, runImport, type ImportRequest } from '#shared/engine/jobs/import-job.ts';
import { beginImport } from '#shared/engine/jobs/import-begin.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import { withSafeNames } from '#shared/engine/intake/safe-names.ts';
import { createPauseGate, type PauseGate } from '#shared/engine/jobs/pause-gate.ts';
import type { ByteSource, EvidencePort } from '#shared/engine/ports.ts';
import { listSources, pageIssues } from '#shared/engine/store/read/sources.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { findDamage } from '#test/support/kill/check.ts';
import { memoryCase } from '#test/support/case.ts';
import { sourceOf, toBytes } from '#test/support/read-evidence.ts';

const lines = (path: string, count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `192.0.2.7 - - [10/Oct/2026:13:55:0${String(index % 10)} +0000] "GET ${path}/${String(index)} HTTP/1.1" 200 5 "-" "curl/8"`,
  ).join('\n');
const source = (name: string, text: string): ByteSource => sourceOf(toBytes(text), name);

/** A source on which the process dies: nothing after its bytes is heard of. */
const dying = (name: string): ByteSource => ({
  name,
  size: 1,
  async *chunks() {
    yield* source(name, lines('/dying', 3000)).chunks();
    throw new Error('the process died');
  },
});

const evidenceOf = (sources: readonly ByteSource[]): EvidencePort => ({
  size: () => Promise.resolve(0),
  async *expand() {
    for (const each of sources) {
      await Promise.resolve();
      yield { kind: 'source', source: each, container: undefined, format: undefined };
    }
  },
});

const importInto = (
  db: SqlDriver,
  sources: readonly ByteSource[],
  resume = false,
  more: Partial<ImportRequest> = {},
  context: Partial<CallContext> = {},
  gate?: PauseGate,
): Promise<ImportSummary> =>
  runImport(
    db,
    { ...nodePorts('test'), readers: undefined, evidence: evidenceOf(sources) },
    { paths: [], resume, ...more },
    { signal: new AbortController().signal, progress: () => undefined, ...context },
    gate,
  );
const statesIn = (db: SqlDriver): unknown => listSources(db).map(({ name, state, accepted }) => [name, state, accepted]);
const callsIn = (db: SqlDriver): number => db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n ?? -1;

test('a ledger that an import could not close, on a full disk say, is closed before the next import reads the same bytes', async () => {
  const db = memoryCase();
  await expect(importInto(db, [dying('a.log')])).rejects.toThrow('the process died');
  expect(listSources(db)[0]?.state).toBe('reading');
  await importInto(db, [source('b.log', lines('/b', 1))]);
  expect(listSources(db).map(({ name, state }) => [name, state])).toEqual([
    ['a.log', 'interrupted'],
    ['b.log', 'complete'],
  ]);
});

test('an import goes on after the source that its process died on, also where the case has taken the names before', async () => {
  const db = memoryCase();
  await importInto(db, [source('a.log', lines('/old', 2)), source('b.log', lines('/older', 2)), source('c.log', lines('/oldest', 2))]);
  const again = [source('a.log', lines('/a', 3)), dying('b.log'), source('c.log', lines('/c', 4))];
  await expect(importInto(db, again)).rejects.toThrow('the process died');
  closeInterrupted(db);
  const summary = await importInto(db, again, true);
  expect(summary.sources.map(({ name, accepted }) => [name, accepted])).toEqual([
    ['a.log~2', 3],
    ['b.log~2', expect.any(Number)],
    ['c.log~2', 4],
  ]);
  expect(summary.totals.calls).toBe(6 + summary.totals.accepted);
  expect(summary.failures).toMatchObject([{ name: 'b.log~2', code: 'PARSER_CRASH' }]);
});

test('evidence of an import that never ended makes the analysis out of date', async () => {
  const db = memoryCase();
  await importInto(db, [source('a.log', lines('/a', 2))]);
  const before = evidenceRevision(db);
  let during = before;
  const looking: ByteSource = {
    name: 'b.log',
    size: undefined,
    async *chunks() {
      during = evidenceRevision(db);
      yield* source('b.log', lines('/b', 2)).chunks();
    },
  };
  await importInto(db, [looking]);
  expect(during).toBe(before + 1);
});

describe('bytes that the case holds from before', () => {
  /** A cancel once some batches are in. */
  const cancelSoon = (): Partial<CallContext> => {
    const abort = new AbortController();
    return {
      signal: abort.signal,
      progress: ({ source: read }) => {
        if ((read?.accepted ?? 0) > 0) abort.abort(new AppError('cancelled', 'stop'));
      },
    };
  };

  test('a read that was cancelled is withdrawn when the same bytes come again, so that no record counts twice', async () => {
    const db = memoryCase();
    const text = lines('/a', 30_000);
    await expect(importInto(db, [source('a.log', text)], false, {}, cancelSoon())).rejects.toMatchObject({ code: 'cancelled' });
    expect(statesIn(db)).toEqual([['a.log', 'interrupted', expect.any(Number)]]);
    // Its ledger ends where its records do.
    const reach = db.prepare('SELECT max(byte_start + byte_length) AS reach FROM call').get<{ reach: number }>()?.reach;
    expect(listSources(db)[0]).toMatchObject({ bytes: reach, bytesAccounted: reach });
    await importInto(db, [source('renamed.log', text)]);
    expect(statesIn(db)).toEqual([
      ['a.log~withdrawn', 'withdrawn', expect.any(Number)],
      ['renamed.log', 'complete', 30_000],
    ]);
    expect(callsIn(db)).toBe(30_000);
    expect(listSources(db)[1]?.notes[0]).toMatch(/^read again: an earlier read, a.log \(interrupted/);
  });

  test('a read whose process died is known again by its name and first bytes', async () => {
    const db = memoryCase();
    await expect(importInto(db, [dying('a.log')])).rejects.toThrow('the process died');
    closeInterrupted(db);
    await importInto(db, [source('a.log', lines('/dying', 3000))]);
    expect(callsIn(db)).toBe(3000);
    expect(listSources(db).map(({ state }) => state)).toEqual(['complete', 'withdrawn']);
  });

  test('other bytes of the same name leave a read that broke off alone', async () => {
    const db = memoryCase();
    await expect(importInto(db, [dying('a.log')])).rejects.toThrow('the process died');
    closeInterrupted(db);
    await importInto(db, [source('a.log', lines('/other', 10))]);
    expect(listSources(db).map(({ name, state }) => [name, state])).toEqual([
      ['a.log', 'interrupted'],
      ['a.log~2', 'complete'],
    ]);
  });

  test('what was read to its end is a duplicate, unless it is to be replaced', async () => {
    const db = memoryCase();
    await importInto(db, [source('a.log', lines('/a', 5))]);
    await importInto(db, [source('a.log', lines('/a', 5))]);
    await importInto(db, [source('a.log', lines('/a', 5)), source('b.log', lines('/b', 5))], false, { replace: true, zone: '+02:00' });
    expect(statesIn(db)).toEqual([
      ['a.log', 'complete', 5],
      ['a.log~2', 'duplicate', 0],
      ['a.log~withdrawn', 'withdrawn', 5],
      ['b.log', 'complete', 5],
    ]);
    expect(listSources(db)[0]?.zone).toBe('+02:00');
    expect(callsIn(db)).toBe(10);
  });

  test('one source is read anew and the others of its paths are passed over', async () => {
    const db = memoryCase();
    const both = [source('a.log', lines('/a', 5)), source('b.log', lines('/b', 6))];
    await importInto(db, both);
    const paths = [{ path: '/x', format: 'access-common', settings: { year: 2026 } }];
    const summary = await importInto(db, both, false, { reread: ['b.log'], paths });
    expect(summary.sources.map(({ name, format, accepted }) => [name, format, accepted])).toEqual([['b.log', 'access-common', 6]]);
    expect(listSources(db).find(({ name }) => name === 'b.log')?.settings).toEqual({ year: 2026 });
    expect(callsIn(db)).toBe(11);
  });

  test('of two files whose names differ only in a token, the one that is meant is read anew', async () => {
    const db = memoryCase();
    const token = (letter: string): string => `export-ghp_${letter.repeat(9)}a1B2c3D4e5F6g7H8i9J0k1L2m3N.log`;
    const both = [source(token('A'), lines('/a', 5)), source(token('B'), lines('/b', 6))];
    const ports = { ...nodePorts('test'), readers: undefined, evidence: withSafeNames(evidenceOf(both), nodeCrypto) };
    const context = { signal: new AbortController().signal, progress: () => undefined };
    await runImport(db, ports, { paths: [] }, context);
    expect(statesIn(db)).toEqual([
      ['export-‹api-key›.log', 'complete', 5],
      ['export-‹api-key›.log~2', 'complete', 6],
    ]);
    const paths = [{ path: '/x', settings: { year: 2026 } }];
    for (const [name, accepted] of [
      ['export-‹api-key›.log~2', 6],
      ['export-‹api-key›.log', 5],
    ] as const) {
      // prettier-ignore
      const summary = await runImport(db, ports, { paths, reread: [name] }, context);
      expect(summary.sources.map((each) => each.accepted)).toEqual([accepted]);
      expect(callsIn(db)).toBe(11);
    }
    const others = { ...ports, evidence: withSafeNames(evidenceOf([source(token('B'), lines('/z', 6))]), nodeCrypto) };
    const name = listSources(db).findLast(({ state }) => state === 'complete')?.name ?? '';
    await expect(runImport(db, others, { paths, reread: [name] }, context)).rejects.toMatchObject({ code: 'bad-params' });
  });

  test('a source is not read anew from bytes that have changed, nor from files that do not hold it', async () => {
    const db = memoryCase();
    await importInto(db, [source('a.log', lines('/a', 5))]);
    const changed = importInto(db, [source('a.log', lines('/z', 5))], false, { reread: ['a.log'] });
    await expect(changed).rejects.toMatchObject({ code: 'bad-params' });
    await expect(importInto(db, [source('c.log', 'x')], false, { reread: ['a.log'] })).rejects.toMatchObject({ code: 'not-found' });
    expect(statesIn(db)).toEqual([['a.log', 'complete', 5]]);
  });
});

test('a source that kills the process before it has a row is recorded and passed over', async () => {
  const db = memoryCase();
  const deadly: ByteSource = {
    name: 'b.log',
    size: 1,
    // eslint-disable-next-line require-yield -- it dies before its first byte
    async *chunks() {
      await Promise.resolve();
      throw new Error('the process died');
    },
  };
  const sources = [source('a.log', lines('/a', 3)), deadly, source('c.log', lines('/c', 4))];
  await expect(importInto(db, sources)).rejects.toThrow('the process died');
  const summary = await importInto(db, sources, true);
  expect(summary.failures).toMatchObject([{ name: 'b.log', code: 'PARSER_CRASH' }]);
  expect(statesIn(db)).toEqual([
    ['a.log', 'complete', 3],
    ['b.log', 'failed', 0],
    ['c.log', 'complete', 4],
  ]);
});

test('an import that dies again and again before it comes to a source is given up', () => {
  const db = memoryCase();
  for (let start = 0; start < 4; start += 1) beginImport(db, start > 0);
  expect(() => beginImport(db, true)).toThrow('again and again');
});

test('progress names the source with its bytes, records and end', async () => {
  const reports: Progress[] = [];
  const report = (progress: Progress): void => void reports.push(progress);
  await importInto(memoryCase(), [source('a.log', `${lines('/a', 3)}\nrubbish`)], false, {}, { progress: report });
  const last = reports.findLast(({ unit }) => unit === 'bytes');
  expect(last?.source).toMatchObject({ name: 'a.log', accepted: 3, rejected: 1, done: true });
  expect(last?.source?.bytes).toBe(last?.source?.total);
});

test('a member of another size than its archive declares is refused whole, also what was read before that showed', async () => {
  const db = memoryCase();
  const lying: ByteSource = {
    name: 'x.zip!a.log',
    size: undefined,
    async *chunks() {
      yield* source('a.log', `rubbish\n${lines('/a', 3000)}`).chunks();
      throw new AppError('damaged-file', 'x.zip!a.log: larger than declared', { code: 'ARC_SIZE' });
    },
  };
  const summary = await importInto(db, [lying, source('b.log', lines('/b', 5))]);
  expect(summary.failures).toMatchObject([{ name: 'x.zip!a.log', code: 'ARC_SIZE' }]);
  expect(statesIn(db)).toEqual([
    ['b.log', 'complete', 5],
    ['x.zip!a.log', 'failed', 0],
  ]);
  expect(callsIn(db)).toBe(5);
  expect(findDamage(db, {})).toEqual([]);
  expect(pageIssues(db, {}, 0, 5).rows).toMatchObject([{ source: 'x.zip!a.log', code: 'ARC_SIZE', byteStart: 0 }]);
  expect(listSources(db).every(({ bytes, bytesAccounted }) => bytes === bytesAccounted)).toBe(true);
});

test('an import that is held says so, waits, and comes in whole once it is let go on', async () => {
  const db = memoryCase();
  const gate = createPauseGate();
  const held: boolean[] = [];
  const report = (progress: Progress): void => {
    if (progress.unit !== 'bytes') return;
    if (progress.paused === true) {
      held.push(true);
      setImmediate(() => gate.set(false));
    } else if (held.length === 0) gate.set(true);
  };
  await importInto(db, [source('a.log', lines('/a', 3000))], false, {}, { progress: report }, gate);
  expect(held).toEqual([true]);
  expect(callsIn(db)).toBe(3000);
});
