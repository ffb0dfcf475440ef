import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import type { EngineHandlers } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };
const engineOver = (db: SqlDriver): EngineHandlers => createEngine(db, { ...nodePorts('test'), readers: undefined }, () => undefined);
const GOOD = '192.0.2.7 - - [10/Oct/2026:13:55:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8"\n';

async function caseWithIssues(): Promise<SqlDriver> {
  const db = memoryCase();
  await importText(db, 'a.log', `${GOOD}rubbish\n${GOOD}more rubbish\n`);
  await importText(db, 'b.log', `${GOOD}${GOOD}${GOOD}rubbish in b\n`);
  return db;
}

test('issues are counted by source and reason, and paged by them', async () => {
  const engine = engineOver(await caseWithIssues());
  expect(await engine['issues.codes']({}, context)).toMatchObject([
    { source: 'a.log', severity: 'reject', code: 'LINE_SHAPE', count: 2 },
    { source: 'b.log', severity: 'reject', code: 'LINE_SHAPE', count: 1 },
  ]);
  const page = await engine['issues.page']({ from: 0, count: 10, source: 'b.log', code: 'LINE_SHAPE' }, context);
  expect(page).toMatchObject({ total: 1, rows: [{ source: 'b.log', record: 4 }] });
  expect(await engine['issues.page']({ from: 0, count: 10, code: 'JSON_SYNTAX' }, context)).toMatchObject({ total: 0 });
});

test('issues are written one JSON object a line, with place, reason and excerpt', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-issues-'));
  const path = join(folder, 'issues.ndjson');
  try {
    const engine = engineOver(await caseWithIssues());
    expect(await engine['issues.write']({ path, source: 'a.log' }, context)).toEqual({ rows: 2 });
    const rows = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as unknown);
    expect(rows[0]).toMatchObject({ source: 'a.log', record: 2, byteStart: GOOD.length, code: 'LINE_SHAPE', excerpt: 'rubbish' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('knowledge is added under a name, replaced by that name, listed and removed', async () => {
  const engine = engineOver(memoryCase());
  const mapping = JSON.stringify({ name: 'mine', requires: ['verb'], fields: { method: ['verb'] } });
  await engine['knowledge.add']({ kind: 'log-format', name: 'main', text: '$remote_addr $uri' }, context);
  await engine['knowledge.add']({ kind: 'log-format', name: 'main', text: '$remote_addr "$request"' }, context);
  await engine['knowledge.add']({ kind: 'mapping', name: 'mine', text: mapping }, context);
  expect(await engine['knowledge.list']({}, context)).toMatchObject([
    { kind: 'log-format', name: 'main', text: '$remote_addr "$request"' },
    { kind: 'mapping', name: 'mine', text: mapping },
  ]);
  expect(await engine['knowledge.remove']({ kind: 'mapping', name: 'mine' }, context)).toEqual({ removed: true });
  expect(await engine['knowledge.remove']({ kind: 'mapping', name: 'mine' }, context)).toEqual({ removed: false });
});

test('knowledge that cannot be understood is refused with the reason', async () => {
  const engine = engineOver(memoryCase());
  const add = async (kind: 'mapping' | 'log-format', text: string): Promise<unknown> =>
    engine['knowledge.add']({ kind, name: 'x', text }, context);
  await expect(add('mapping', '{')).rejects.toMatchObject({ code: 'bad-params' });
  await expect(add('log-format', 'no field at all')).rejects.toMatchObject({ code: 'bad-params' });
});
