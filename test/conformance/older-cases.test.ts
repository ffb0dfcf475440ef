/** Cases of every earlier schema, opened for reading only: each question is answered, and the file stays as it was. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { openForReading, openForWriting } from '#electron/node/sqlite.ts';
import { AppError, toAppError } from '#shared/contract/errors.ts';
import { engineMethods } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { migrations } from '#shared/engine/store/migrations/index.ts';
import { makePlan } from '#shared/engine/store/read/revocation/plan.ts';
import { checkCase, migrateCase, newestSchema, standInForLaterTables } from '#shared/engine/store/open.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { SAMPLE_NAME } from '#test/support/sample/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-older-'));
const context = { signal: new AbortController().signal, progress: () => undefined };
const PATIENCE = 240_000;
const newest = join(folder, 'newest.spoor');

/** What to ask each method; names of things are those of the newest case. */
let questions: ReadonlyMap<string, unknown>;

/** A text of the newest case, for questions about one thing. */
function one(db: SqlDriver, sql: string): string {
  const text = db.prepare(sql).get<{ text: string }>()?.text;
  if (text === undefined) throw new Error(`nothing for ${sql}`);
  return text;
}

function questionsOf(db: SqlDriver): ReadonlyMap<string, unknown> {
  const ref = one(db, "SELECT s.name || '#' || c.record AS text FROM call c JOIN source s ON s.id = c.source_id ORDER BY c.id LIMIT 1");
  const [from, to] = (['from_call', 'to_call'] as const).map((end) =>
    one(
      db,
      `SELECT s.name || '#' || c.record AS text FROM edge e JOIN call c ON c.id = e.${end} JOIN source s ON s.id = c.source_id ORDER BY e.rowid LIMIT 1`,
    ),
  );
  const principal = one(db, 'SELECT p.key AS text FROM privilege v JOIN principal p ON p.id = v.principal_id ORDER BY v.rank LIMIT 1');
  const credential = one(db, 'SELECT key AS text FROM credential_use ORDER BY calls DESC LIMIT 1');
  const endpoint = one(db, 'SELECT key AS text FROM endpoint ORDER BY calls DESC LIMIT 1');
  const page = { from: 0, count: 10 };
  const query = 'tag:x or note:y or is:retry or status:200';
  const window = { from: 0, to: 1 };
  return new Map<string, unknown>([
    ['sources.coverage', { bins: 10 }],
    ['issues.page', page],
    ['knowledge.check', { kind: 'jwks', text: '{}' }],
    ['calls.page', { ...page, query }],
    ['calls.count', { query }],
    ['calls.position', { ref, query: '' }],
    ['calls.compare', { left: query, right: '' }],
    ['calls.progress', { query }],
    ['calls.hold', { query, what: 'read-on' }],
    ['calls.step', { query: '', clause: 'status:200', by: 1 }],
    ['calls.activity', { query: '', bins: 10 }],
    ['calls.values', { field: 'host', query: '', startsWith: '', count: 5 }],
    ['calls.facets', { query: '', fields: ['host', 'principal', 'tag'], top: 5 }],
    ['calls.get', { ref }],
    ['calls.similar', { to: { kind: 'call', ref }, count: 5 }],
    ['calls.messages', { query: '', limit: 5 }],
    ['graph.map', { query: '', grouping: 'auto', open: [] }],
    ['graph.calls', { query: '', grouping: 'auto', open: [], from: 'x', to: 'y', role: 'called', count: 5 }],
    ['graph.heat', { query: '', slices: 10, callers: 5, operations: 5 }],
    ['graph.spread', { query: '', count: 5 }],
    ['suppressions.preview', { scope: { detector: 'rate-burst' } }],
    ['chains.page', { ...page, query: '' }],
    ['chains.flows', { ...page, query: '' }],
    ['chains.facts', { id: one(db, 'SELECT key AS text FROM chain ORDER BY id LIMIT 1') }],
    ['chains.similar', { id: one(db, 'SELECT key AS text FROM chain ORDER BY id LIMIT 1'), count: 5 }],
    ['chains.previewKeys', { keys: [{ kind: 'cookie', name: 'sid' }] }],
    ['chains.get', { id: one(db, 'SELECT key AS text FROM chain ORDER BY id LIMIT 1'), limit: 10 }],
    ['chains.draw', { id: one(db, 'SELECT key AS text FROM chain ORDER BY id LIMIT 1'), limit: 10 }],
    ['chains.edge', { from, to }],
    ['findings.get', { id: one(db, 'SELECT key AS text FROM finding ORDER BY rank LIMIT 1') }],
    ['identities.principals', { words: '' }],
    ['credentials.get', { id: credential }],
    ['credentials.behind', { of: 'machines', rung: 'fresh', answer: 'no' }],
    ['endpoints.inventory', { words: '' }],
    ['endpoints.get', { id: endpoint }],
    ['privilege.get', { principal }],
    ['privilege.calls', { principal, control: 'policy', side: 'incident', verdict: 'all', count: 5 }],
    ['revocation.get', { credential: makePlan(db).entries[0]?.record.about.id ?? '' }],
    ['inventory.compare', { before: window, after: { from: 1, to: 2 ** 52 } }],
    ['templates.places', { endpoint }],
    ['templates.preview', { host: '', set: [], remove: [] }],
    ['review.notes', { ref }],
    ['review.log', page],
    ['report.write', { format: 'json', path: join(folder, 'report.json') }],
    ['report.check', { pages: ['Page 1 of 1'], around: ['Report'] }],
    ['query.write', { query, format: 'csv', path: join(folder, 'calls.csv') }],
    ['case.copy', { path: join(folder, 'copy.spoor') }],
    ['issues.write', { path: join(folder, 'issues.ndjson') }],
  ]);
}

beforeAll(async () => {
  const db = openForWriting(newest, true);
  migrateCase(db, newest, fixedCrypto, 'Newest');
  const engine = createEngine(db, { ...nodePorts('0.0.0'), crypto: fixedCrypto }, () => undefined);
  await engine['case.import']({ paths: [{ path: `resources/samples/${SAMPLE_NAME}` }] }, context);
  await engine['case.analyze']({}, context);
  questions = questionsOf(db);
  db.close();
}, PATIENCE);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A case of an earlier schema with all that it can hold of the newest one. */
function makeOlder(version: number): string {
  const path = join(folder, `schema-${String(version)}.spoor`);
  const db = openForWriting(path, true);
  for (const migration of migrations.slice(0, version)) db.exec(migration);
  db.exec(`${firstIndices} PRAGMA application_id = ${String(0x53504f52)}; PRAGMA user_version = ${String(version)};`);
  db.exec(`ATTACH '${newest}' AS newest`);
  const tables = db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all<{ name: string }>();
  for (const { name } of tables) {
    const columns = db
      .prepare(`SELECT name FROM pragma_table_info('${name}')`)
      .all<{ name: string }>()
      .map((column) => `"${column.name}"`)
      .join(', ');
    db.exec(`INSERT INTO main.${name} (${columns}) SELECT ${columns} FROM newest.${name}`);
  }
  db.exec('DETACH newest');
  db.close();
  return path;
}

/** Asks everything; gives what went wrong, by method, but for things that the older analysis does not have. */
async function askAll(path: string): Promise<readonly string[]> {
  const db = openForReading(path);
  standInForLaterTables(db, checkCase(db, path));
  const handlers = createEngine(db, nodePorts('0.0.0'), () => undefined) as unknown as Readonly<
    Record<string, (params: unknown, call: typeof context) => unknown>
  >; // every method by its name, with parameters that the table has checked
  const wrong: string[] = [];
  for (const [name, method] of Object.entries(engineMethods)) {
    if (method.kind !== 'read' && method.kind !== 'export') continue;
    rmSync(join(folder, 'copy.spoor'), { force: true });
    try {
      await handlers[name]?.(method.params.parse(questions.get(name) ?? {}), context);
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'not-found')) wrong.push(`${name}: ${toAppError(thrown).message}`);
    }
  }
  db.close();
  return wrong;
}

test.each(Array.from({ length: newestSchema() }, (_, index) => index + 1))(
  'a case of schema %i that is only read answers every question, and not a byte of it changes',
  async (version) => {
    const path = makeOlder(version);
    const before = readFileSync(path);
    expect(await askAll(path)).toEqual([]);
    expect(readFileSync(path).equals(before)).toBe(true);
  },
  PATIENCE,
);
