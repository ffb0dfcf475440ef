import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import { evidenceRevision, runImport } from '#shared/engine/jobs/import-job.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import type { ByteSource, EvidencePort } from '#shared/engine/ports.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
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

const importInto = (db: SqlDriver, sources: readonly ByteSource[], resume = false): Promise<ImportSummary> =>
  runImport(
    db,
    { ...nodePorts('test'), evidence: evidenceOf(sources) },
    { paths: [], resume },
    { signal: new AbortController().signal, progress: () => undefined },
  );

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
