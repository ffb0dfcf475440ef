import type { SqlDriver } from '#shared/engine/store/driver.ts';

const numberOf = (db: SqlDriver, sql: string): number => db.prepare(sql).get<{ n: number }>()?.n ?? -1;

interface Ledger {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly bytes: number;
  readonly bytes_accounted: number;
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
}

const LIVE = "state NOT IN ('withdrawing', 'withdrawn')";

const ledgersOf = (db: SqlDriver): readonly Ledger[] =>
  db
    .prepare(`SELECT id, name, state, bytes, bytes_accounted, records, accepted, rejected, skipped FROM source WHERE ${LIVE} ORDER BY name`)
    .all<Ledger & Record<string, string | number>>();

/** Rows that refer to no call, and calls without their details; each with what is wrong about it. */
const STRAYS: readonly (readonly [what: string, sql: string])[] = [
  ['values without a call', 'SELECT count(*) AS n FROM value WHERE call_id NOT IN (SELECT id FROM call)'],
  ['data types without a call', 'SELECT count(*) AS n FROM data_seen WHERE call_id NOT IN (SELECT id FROM call)'],
  ['exposures without a call', 'SELECT count(*) AS n FROM exposure WHERE call_id NOT IN (SELECT id FROM call)'],
  [
    'blocks of details whose calls are not there',
    'SELECT count(*) AS n FROM detail_block b WHERE (SELECT count(*) FROM call WHERE id BETWEEN b.first_call_id AND b.last_call_id) <> b.last_call_id - b.first_call_id + 1',
  ],
  [
    'calls without details',
    'SELECT (SELECT count(*) FROM call) - (SELECT coalesce(sum(last_call_id - first_call_id + 1), 0) FROM detail_block) AS n',
  ],
  [
    'operations without a specification',
    'SELECT count(*) AS n FROM operation WHERE specification_id NOT IN (SELECT id FROM specification)',
  ],
  ['sources still open', "SELECT count(*) AS n FROM source WHERE state = 'reading'"],
];

/** Everything that is wrong with a case after its process died and it was opened again; empty when it is sound. */
export function findDamage(db: SqlDriver, sizes: Readonly<Record<string, number>>): readonly string[] {
  const found: string[] = [];
  const integrity = db.prepare('SELECT integrity_check AS verdict FROM pragma_integrity_check').all<{ verdict: string }>();
  if (integrity.length !== 1 || integrity[0]?.verdict !== 'ok') found.push(`integrity: ${JSON.stringify(integrity)}`);
  const broken = db.prepare('SELECT "table" AS name, rowid AS row FROM pragma_foreign_key_check').all();
  if (broken.length > 0) found.push(`references: ${JSON.stringify(broken.slice(0, 3))}`);
  // What a withdrawal that was cut short has not removed yet is removed before the next import.
  const isLeaving = numberOf(db, "SELECT count(*) AS n FROM source WHERE state = 'withdrawing'") > 0;
  for (const [what, sql] of STRAYS) {
    const n = numberOf(db, sql);
    if (n !== 0) found.push(`${String(n)} ${what}`);
  }
  if (!isLeaving && numberOf(db, `SELECT count(*) AS n FROM call WHERE source_id NOT IN (SELECT id FROM source WHERE ${LIVE})`) > 0)
    found.push('calls of withdrawn sources');
  for (const source of ledgersOf(db)) {
    const rows = (table: string, where = ''): number =>
      db.prepare(`SELECT count(*) AS n FROM ${table} WHERE source_id = ? ${where}`).get<{ n: number }>(source.id)?.n ?? -1;
    const operations = db
      .prepare('SELECT count(*) AS n FROM operation o JOIN specification s ON s.id = o.specification_id WHERE s.source_id = ?')
      .get<{ n: number }>(source.id);
    const counts = {
      accepted: rows('call') + (operations?.n ?? 0),
      rejected: rows('issue', "AND severity = 'reject' AND record IS NOT NULL"),
      skipped: rows('issue', "AND severity = 'skip' AND record IS NOT NULL"),
    };
    for (const column of ['accepted', 'rejected', 'skipped'] as const)
      if (source[column] !== counts[column])
        found.push(`${source.name}: ${column} is ${String(source[column])}, the tables hold ${String(counts[column])}`);
    if (source.records !== source.accepted + source.rejected + source.skipped) found.push(`${source.name}: the ledger does not balance`);
    const size = sizes[source.name.replace(/~\d+$/, '')];
    if (source.bytes_accounted > source.bytes || (size !== undefined && source.bytes > size))
      found.push(
        `${source.name}: ${String(source.bytes_accounted)} of ${String(source.bytes)} bytes accounted for, the file has ${String(size)}`,
      );
  }
  return found;
}

/** What an import brought, as it must come out again whatever happened before: ledgers of what counts, and sizes of tables. */
export function summarize(db: SqlDriver): object {
  const sources = ledgersOf(db)
    .filter(({ state }) => state !== 'duplicate')
    .map(({ id: _id, ...ledger }) => ledger);
  const tables = ['call', 'value', 'data_seen', 'exposure', 'operation', 'specification'].map((table) => [
    table,
    numberOf(db, `SELECT count(*) AS n FROM ${table}`),
  ]);
  return { sources, tables };
}
