/** The same files in another order, under another key of the case: the report is the same, byte for byte. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import type { ReportJson } from '#shared/contract/report-json.ts';
import { createEngine } from '#shared/engine/index.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { makeSample } from '#test/support/sample/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-order-'));
const context = { signal: new AbortController().signal, progress: () => undefined };
const PATIENCE = 240_000;
const IAM = 'principal,owner,scopes\nsupport-assistant,Support,orders:read customers:read\n';

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Documents that are to be the same as well. */
const DOCUMENTS = ['html', 'csv', 'inventory', 'kpis'] as const;

/** Imports files in this order, analyses, and gives the report's members and its documents as lines. */
async function reportOf(name: string, paths: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const path = join(folder, `${name}.spoor`);
  const ports = nodePorts('0.0.0');
  const db = openForWriting(path, true);
  migrateCase(db, path, ports.crypto, 'Order');
  const engine = createEngine(db, ports, () => undefined);
  await engine['knowledge.add']({ kind: 'iam', name: 'iam.csv', text: IAM }, context);
  for (const each of paths) await engine['case.import']({ paths: [{ path: each }] }, context);
  await engine['case.analyze']({}, context);
  const textOf = async (format: string): Promise<string> => {
    const report = join(folder, `${name}.${format}`);
    await engine['report.write']({ format, path: report }, context);
    return readFileSync(report, 'utf8');
  };
  const members = JSON.parse(await textOf('json')) as ReportJson;
  const lines = new Map(Object.entries(members).map(([member, value]) => [member, JSON.stringify(value, undefined, 1).split('\n')]));
  for (const format of DOCUMENTS) lines.set(format, (await textOf(format)).split('\n'));
  db.close();
  return lines;
}

/** The first lines that differ, with what stands before them; a whole diff of a report takes minutes. */
function firstDifference(a: readonly string[], b: readonly string[]): readonly string[] {
  const at = a.findIndex((line, index) => line !== b[index]);
  return at === -1 && a.length === b.length ? [] : [...a.slice(Math.max(0, at - 30), at + 3), 'is not', ...b.slice(at, at + 3)];
}

test(
  'files in two orders give one report, in every member',
  async () => {
    const paths = makeSample({ scale: 0.4 }).files.map(({ path: name, text }) => {
      const path = join(folder, 'evidence', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    });
    const [forwards, backwards] = [await reportOf('forwards', paths), await reportOf('backwards', paths.toReversed())];
    for (const member of ['leastPrivilege', 'revocation', 'machineLinks', 'credentials', 'principals', 'findings', ...DOCUMENTS])
      expect(forwards.get(member)?.length, member).toBeGreaterThan(2);
    for (const [member, lines] of forwards) expect(firstDifference(lines, backwards.get(member) ?? []), member).toEqual([]);
  },
  PATIENCE,
);
