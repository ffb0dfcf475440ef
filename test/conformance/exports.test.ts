/** The same files in another order, under another key and in another zone: every export is the same, byte for byte, and holds what it should. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { openForReading, openForWriting } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import type { ReportJson } from '#shared/contract/report-json.ts';
import { pseudonymiserOf } from '#shared/engine/handlers/profile.ts';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { profiledView } from '#shared/engine/report/profile/profiled-view.ts';
import { detectors } from '#shared/engine/detectors/index.ts';
import { listLeastPrivilege } from '#shared/engine/privilege/read.ts';
import { listIncidents } from '#shared/engine/incidents/list-incidents.ts';
import { createReportView } from '#shared/engine/store/read/report/report-view.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import { getMeta } from '#shared/engine/store/meta.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { isShared } from '#shared/engine/store/share/redact-copy.ts';
import { comparedNumbers } from '#test/support/agreeing-numbers.ts';
import { exportCase } from '#test/support/exported.ts';
import { exportReaders, zipReader, type Reader } from '#test/support/foreign/export-readers.ts';
import { makeSample } from '#test/support/sample/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-exports-'));
const context = { signal: new AbortController().signal, progress: () => undefined };
const PATIENCE = 240_000;
const cases: SqlDriver[] = [];

async function importedCase(name: string, paths: readonly string[]): Promise<SqlDriver> {
  const path = join(folder, `${name}.spoor`);
  const ports = nodePorts('0.0.0');
  const db = openForWriting(path, true);
  migrateCase(db, path, ports.crypto, 'Order');
  const engine = createEngine(db, ports, () => undefined);
  for (const each of paths) await engine['case.import']({ paths: [{ path: each }] }, context);
  await engine['case.analyze']({}, context);
  return db;
}

beforeAll(async () => {
  // The small files of the sample: a few hundred calls of two sides, with what an agent sent out.
  const small = makeSample({ scale: 0.1 }).files.filter(({ path }) => /[.]har$|nginx|specs/.test(path));
  const paths = small.map(({ path: name, text }) => {
    const path = join(folder, 'evidence', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  cases.push(await importedCase('forwards', paths));
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Apia';
  cases.push(await importedCase('backwards', paths.toReversed()));
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
}, PATIENCE);

afterAll(() => {
  for (const db of cases) db.close();
  rmSync(folder, { recursive: true });
});

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test.each(exportFormats.map(({ id }) => id))(
  '%s is the same from both cases',
  async (id) => {
    const [first, second] = await Promise.all(cases.map((db) => exportCase(db, id)));
    expect(first?.size).toBeGreaterThan(0);
    // The rows of a case are numbered as they came in, so that its own file is another one.
    const files = [...(first ?? [])].filter(([name]) => id !== 'share-pack' || !/^case|^MANIFEST/.test(name));
    for (const [name, bytes] of files) expect(hash(second?.get(name) ?? Buffer.alloc(0)), `${id} ${name}`).toBe(hash(bytes));
  },
  PATIENCE,
);

/** Files for people, and the list of hashes. */
const TO_READ = /^(?:README\.txt|checklist\.txt|MANIFEST\.sha256)$/;

test('every export has its line in the list of what opens it, and the tests that the list names are there', () => {
  expect(Object.keys(exportReaders).sort()).toEqual([...exportFormats.map(({ id }) => id), 'pdf'].sort());
  for (const reader of [...Object.values(exportReaders).flat(), zipReader])
    if (reader.kind !== 'opened') expect(existsSync(reader.where), reader.where).toBe(true);
});

test.each(exportFormats.map(({ id, kind }) => [id, kind] as const))(
  '%s is opened by what we did not write, which refuses it spoilt',
  async (id) => {
    const [db] = cases;
    if (db === undefined) throw new Error('no case');
    const readers = exportReaders[id] ?? [];
    const refused = new Set<Reader>();
    const elsewhere = readers.filter(({ kind }) => kind === 'elsewhere');
    for (const [name, bytes] of await exportCase(db, id)) {
      if (TO_READ.test(name)) continue;
      const own = readers.filter((reader) => reader.kind !== 'elsewhere' && reader.files.test(name));
      expect(own.length + elsewhere.length, `${id} ${name} has no reader`).toBeGreaterThan(0);
      for (const reader of own) {
        if (reader.kind === 'unopened' && reader.check !== undefined) expect(await reader.check(bytes), `${id} ${name}`).toBeGreaterThan(0);
        if (reader.kind !== 'opened') continue;
        expect(await reader.open(bytes), `${id} ${name}`).toBeGreaterThan(0);
        if (refused.has(reader)) continue;
        refused.add(reader);
        await expect(async () => reader.open(reader.spoil(bytes)), `${id} ${name}, spoilt`).rejects.toThrow();
      }
    }
  },
  PATIENCE,
);

test.each(exportFormats.map(({ id }) => id).filter((id) => id !== 'revocation'))(
  'no name of the case stands in a redacted %s',
  async (id) => {
    const [db] = cases;
    if (db === undefined) throw new Error('no case');
    const hide = pseudonymiserOf(db, 'redacted');
    const whole = createReportView(db, {
      version: '1',
      rules: 'r',
      detectors,
      incidents: listIncidents,
      leastPrivilege: listLeastPrivilege(db),
    });
    // The search for leaks stops the export when one does.
    const files = await exportCase(db, id, { view: profiledView(whole, hide), hide });
    expect(files.size).toBeGreaterThan(0);
    for (const [name, bytes] of files) expect(bytes.toString('latin1'), name).not.toMatch(/acme-outfitters/i);
  },
  PATIENCE,
);

test(
  'a share pack holds a case for reading, with the same findings and calls under the same ids, and without names, bodies and keys',
  async () => {
    const [db] = cases;
    if (db === undefined) throw new Error('no case');
    const hide = pseudonymiserOf(db, 'redacted');
    const state = { version: '1', rules: 'r', detectors, incidents: listIncidents };
    const whole = createReportView(db, { ...state, leastPrivilege: listLeastPrivilege(db) });
    const share = () => exportCase(db, 'share-pack', { view: profiledView(whole, hide), hide });
    const [once, twice] = [await share(), await share()];
    const bytes = once.get('case.spoor') ?? Buffer.alloc(0);
    expect(hash(twice.get('case.spoor') ?? Buffer.alloc(0))).toBe(hash(bytes));
    const path = join(folder, 'shared.spoor');
    writeFileSync(path, bytes);
    const copy = openForReading(path);
    const { json } = createReportView(copy, { ...state, leastPrivilege: listLeastPrivilege(copy) });
    const told = whole.json.findings.map(({ id, severity, calls }) => hide.json({ id, severity, calls }));
    expect(json.findings.map(({ id, severity, calls }) => ({ id, severity, calls }))).toEqual(told);
    expect(told.length).toBeGreaterThan(3);
    const keys = 'SELECT key, calls FROM chain ORDER BY id';
    const chains = db.prepare(keys).all<{ key: string; calls: number }>();
    expect(copy.prepare(keys).all()).toEqual(chains.map(({ key, calls }) => ({ key: hide.text(key), calls })));
    expect(isShared(copy)).toBe(true);
    expect(verifyChain(copy, nodePorts('1').crypto, undefined)).toMatchObject({ entries: 1, problems: [] });
    expect(copy.prepare('SELECT (SELECT count(*) FROM detail_block) + (SELECT count(*) FROM value) AS n').get()).toEqual({ n: 0 });
    const fingerprints = db.prepare('SELECT fingerprint FROM credential').all<{ fingerprint: string }>();
    for (const { fingerprint } of [...fingerprints, { fingerprint: getMeta(db, 'case_key') ?? 'none' }])
      expect(bytes.includes(fingerprint)).toBe(false);
    for (const name of hide.forbidden.filter((each) => /[.@-]/.test(each))) expect(bytes.includes(name), name).toBe(false);
    copy.close();
  },
  PATIENCE,
);

test.each(['internal', 'redacted'] as const)(
  'the numbers of the %s report of a small case agree in all outputs',
  async (profile) => {
    const [db] = cases;
    if (db === undefined) throw new Error('no case');
    const hide = pseudonymiserOf(db, profile);
    const whole = createReportView(db, { version: '1', rules: 'r', detectors, incidents: listIncidents, leastPrivilege: listLeastPrivilege(db) });
    const view = profiledView(whole, hide);
    const written = async (id: string): Promise<string> => (await exportCase(db, id, { view, hide })).get('')?.toString('utf8') ?? '';
    const [json, html, findingsCsv, kpisCsv, inventoryCsv] = [
      JSON.parse(await written('json')) as ReportJson, // of our own writer
      await written('html'), await written('csv'), await written('kpis'), await written('inventory'),
    ] as const;
    const { looked, wrong } = comparedNumbers({ json, html, findingsCsv, kpisCsv, inventoryCsv });
    expect(wrong).toEqual([]);
    expect(looked.length).toBeGreaterThan(20);
  },
  PATIENCE,
); // prettier-ignore

test('a folder lists the hashes of all its files', async () => {
  const [db] = cases;
  if (db === undefined) throw new Error('no case');
  const files = await exportCase(db, 'guardrail-pack');
  const manifest = files.get('MANIFEST.sha256')?.toString('utf8') ?? '';
  const others = [...files].filter(([name]) => name !== 'MANIFEST.sha256').sort(([a], [b]) => (a < b ? -1 : 1));
  expect(manifest).toBe(others.map(([name, bytes]) => `${hash(bytes)}  ${name}\n`).join(''));
});
