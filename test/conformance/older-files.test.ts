/** Cases that earlier builds wrote: each opens for reading, is brought up to date, analysed anew, and keeps what the analyst wrote. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { rekey } from '#electron/node/encryption/cipher.ts';
import { nodePorts } from '#electron/node/ports.ts';
import { openForReading, openForWriting } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { checkCase, migrateCase, newestSchema, standInForLaterTables } from '#shared/engine/store/open.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { idleContext } from '#test/support/fuzz/engine-over.ts';
import { findDamage } from '#test/support/kill/check.ts';
import { HARNESS_KEY } from '#test/support/kill/encrypted.ts';

const fixtures = join(import.meta.dirname, '../fixtures/older');
const folder = mkdtempSync(join(tmpdir(), 'spoor-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Schemas that no build of the main line wrote: they came in with a later one, in one merge. */
const NEVER_WRITTEN = [5, 6, 7, 12];
const files = readdirSync(fixtures).filter((name) => name.endsWith('.spoor.gz'));
const versionOf = (name: string): number => Number(/\d+/.exec(name)?.[0]);

/** Tables that facts and the analyst's words stand in: an update changes no row of them. */
const KEPT = [
  'source',
  'call',
  'value',
  'issue',
  'trace_owner',
  'inner_span',
  'review_log',
  'review_note',
  'review_label',
  'review_labelled',
  'review_view',
];

/** Every row of the tables that are kept, by table; a table that the case does not have yet is left out. */
function keptOf(db: SqlDriver): Readonly<Record<string, unknown>> {
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all<{ name: string }>()
    .map(({ name }) => name);
  const rows = (table: string): unknown => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all();
  return Object.fromEntries(KEPT.filter((table) => names.includes(table)).map((table) => [table, rows(table)]));
}

test('there is a case of every schema that a build of the main line wrote, but the newest at most', () => {
  const versions = files.map(versionOf);
  const last = Math.max(...versions);
  // Whoever changes the schema keeps a case of the one before: `test/support/older/make.ts`.
  expect(last).toBeGreaterThanOrEqual(newestSchema() - 1);
  expect(versions).toEqual(Array.from({ length: last }, (_, index) => index + 1).filter((version) => !NEVER_WRITTEN.includes(version)));
});

/** No build of an early schema wrote encrypted cases, but later schemas will come to those of today: the first and the last here, all in the scorecard. */
const encrypted = process.env['SPOOR_EVERY_POINT'] === '1' ? files : files.filter((_, index) => index === 0 || index === files.length - 1);
const cases = [
  ...files.map((file) => ({ file, kind: 'plain', key: undefined })),
  ...encrypted.map((file) => ({ file, kind: 'encrypted', key: HARNESS_KEY })),
];

describe.each(cases)('$file, $kind', ({ file, key }) => {
  const version = versionOf(file);
  const path = join(folder, file.replace('.gz', ''));
  const fresh = (): void => {
    writeFileSync(path, gunzipSync(readFileSync(join(fixtures, file))));
    if (key !== undefined) rekey(path, undefined, key);
  };

  test('opens for reading, answers, and stays as it was', async () => {
    fresh();
    const before = readFileSync(path);
    const db = openForReading(path, key);
    expect(checkCase(db, path)).toBe(version);
    standInForLaterTables(db, version);
    const engine = createEngine(db, nodePorts('0.0.0'), () => undefined);
    const { calls, title } = await engine['case.info']({}, idleContext);
    expect({ calls: calls > 10, title }).toEqual({ calls: true, title: 'Made by an older build' });
    expect((await engine['calls.page']({ from: 0, count: 5, query: 'status:200 or tag:kept' }, idleContext)).rows.length).toBeGreaterThan(
      0,
    );
    db.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('is brought up to date with every fact and every word of the analyst, and analysed anew', async () => {
    fresh();
    const old = openForReading(path, key);
    const wanted = keptOf(old);
    const findings = old.prepare('SELECT key FROM finding ORDER BY key').all<{ key: string }>();
    old.close();
    const db = openForWriting(path, false, key);
    migrateCase(db, path, fixedCrypto, '');
    expect(checkCase(db, path)).toBe(newestSchema());
    expect(keptOf(db)).toMatchObject(wanted);
    expect(db.prepare('SELECT key FROM finding ORDER BY key').all()).toEqual(findings);
    expect(findDamage(db, {})).toEqual([]);
    const engine = createEngine(db, { ...nodePorts('0.0.0'), readers: undefined }, () => undefined);
    await engine['case.analyze']({}, idleContext);
    expect(findDamage(db, {})).toEqual([]);
    expect(verifyChain(db, fixedCrypto, undefined).problems).toEqual([]);
    if (version >= 2) {
      expect(await engine['review.notes']({ ref: 'evidence/lines.jsonl#1' }, idleContext)).toMatchObject([{ text: 'Seen at the time of this build.' }]);
      expect((await engine['calls.page']({ from: 0, count: 5, query: 'tag:kept and is:starred' }, idleContext)).total).toBe(1);
      expect(JSON.stringify(await engine['review.views']({}, idleContext))).toContain('Kept view');
    }
    db.close();
  }); // prettier-ignore
});
