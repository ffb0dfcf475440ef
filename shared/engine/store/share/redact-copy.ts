import { AppError } from '../../../contract/errors.ts';
import type { CryptoPort } from '../../ports.ts';
import { appendAudit } from '../audit/append.ts';
import { lastEntry } from '../audit/entry.ts';
import type { SqlDriver } from '../driver.ts';
import { getMeta, setMeta } from '../meta.ts';
import { migrateCase } from '../open.ts';
import { type ColumnRule, EMPTIED_TABLES, SHARED_META, SHARED_TABLES } from './column-rules.ts';
import { columnHider, type Hider } from './hide-column.ts';

/** Entry of `meta` that a copy for others has: it is read, and never written or analysed again. */
const SHARED = 'shared';

/** True for a copy that was made for others. */
export const isShared = (db: SqlDriver): boolean => getMeta(db, SHARED) !== undefined;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

const columnsOf = (db: SqlDriver, table: string): readonly Column[] =>
  db.prepare('SELECT name, type, pk FROM pragma_table_info(?)').all<{ name: string; type: string; pk: number }>(table);

/** Columns that the schema wants to be different from row to row, alone or together. */
const keyColumns = (db: SqlDriver, table: string): ReadonlySet<string> =>
  new Set(
    db
      .prepare('SELECT i.name AS name FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE l."unique" = 1')
      .all<{ name: string }>(table)
      .map(({ name }) => name),
  );

const tablesOf = (db: SqlDriver): readonly string[] =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta' ORDER BY name")
    .all<{ name: string }>()
    .map(({ name }) => name);

/** The rules of a table. Errors: AppError `internal` for a column that nobody thought about. */
function rulesOf(table: string, columns: readonly Column[]): readonly (readonly [string, ColumnRule])[] {
  const rules = SHARED_TABLES[table];
  const unknown =
    rules === undefined ? '*' : columns.find(({ name, type }) => (type === 'TEXT' || type === 'BLOB') && rules[name] === undefined)?.name;
  if (rules === undefined || unknown !== undefined)
    throw new AppError('internal', `nothing says what of ${table}.${unknown ?? '*'} may be handed on`);
  return Object.entries(rules).filter(([name, rule]) => rule !== 'same' && columns.some((column) => column.name === name));
}

/** Different texts of a column stay different: what would become the same gets `~2`, `~3`. */
function keepApart(): (column: string, value: string, hidden: string) => string {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  const uses = new Map<string, number>();
  return (column, value, hidden) => {
    const known = given.get(`${column} ${value}`);
    if (known !== undefined) return known;
    let use = uses.get(`${column} ${hidden}`) ?? 0;
    let apart: string;
    // A text may end in `~2` by itself.
    do {
      use += 1;
      apart = use === 1 ? hidden : `${hidden}~${String(use)}`;
    } while (taken.has(`${column} ${apart}`));
    uses.set(`${column} ${hidden}`, use);
    taken.add(`${column} ${apart}`);
    given.set(`${column} ${value}`, apart);
    return apart;
  };
}

/** Ids of traces stay where they are numbers; others are texts, with names and masks of secrets in them. */
const WORDY_IDS = [
  ...['call.trace_id', 'call.span_id', 'call.parent_span_id', 'trace_owner.trace_id'],
  ...['inner_span.trace_id', 'inner_span.span_id', 'inner_span.parent_span_id'],
].map((column) => {
  const [table = '', name = ''] = column.split('.');
  return `UPDATE ${table} SET ${name} = share_text('text', '', ${name}) WHERE ${name} GLOB '*[^0-9a-fA-F-]*'`;
});

/** A call's path says whose object it was about; the template of its operation does not. */
const PATHS_TO_TEMPLATES = `UPDATE call SET path = coalesce(
  (SELECT e.template FROM call_fact f JOIN endpoint e ON e.id = f.endpoint_id WHERE f.call_id = call.id), path)`;

/** Terms that no column uses any more. */
function dropUnusedTerms(db: SqlDriver): void {
  const users = tablesOf(db).flatMap((table) =>
    db
      .prepare(`SELECT "from" AS name FROM pragma_foreign_key_list(?) WHERE "table" = 'term'`)
      .all<{ name: string }>(table)
      .map(({ name }) => `SELECT ${name} FROM ${table} WHERE ${name} IS NOT NULL`),
  );
  db.exec(`DELETE FROM term WHERE id NOT IN (${users.join(' UNION ')})`);
}

/** Tables whose keys are the same texts. */
const spaceOf = (table: string): string => (table === 'endpoint_drift_call' ? 'endpoint_drift' : table);

function hideTable(db: SqlDriver, table: string, rules: readonly (readonly [string, ColumnRule])[], keys: ReadonlySet<string>): void {
  const hidden = new Map(
    rules.map(([name, rule]) => [
      name,
      rule === 'none' ? 'NULL' : `share_${keys.has(name) ? 'key' : 'text'}('${rule}', '${spaceOf(table)} ${name}', ${name})`,
    ]),
  );
  if (!rules.some(([name]) => keys.has(name))) {
    if (hidden.size > 0) db.exec(`UPDATE ${table} SET ${[...hidden].map(([name, value]) => `${name} = ${value}`).join(', ')}`);
    return;
  }
  // Half-way through, a new key could be the old one of another row: all rows are made first.
  const columns = columnsOf(db, table).map(({ name }) => name);
  db.exec(
    `CREATE TEMP TABLE sharing AS SELECT ${columns.map((name) => `${hidden.get(name) ?? name} AS ${name}`).join(', ')} FROM main.${table}`,
  );
  db.exec(
    `DELETE FROM main.${table}; INSERT INTO main.${table} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM sharing; DROP TABLE sharing`,
  );
}

function hideMeta(db: SqlDriver, hide: Hider, crypto: Pick<CryptoPort, 'sha256Hex'>): void {
  const title = getMeta(db, 'title') ?? '';
  const kept = new Map(SHARED_META.map((key) => [key, getMeta(db, key)]));
  db.exec('DELETE FROM meta');
  for (const [key, value] of kept) if (value !== undefined) setMeta(db, key, value);
  setMeta(db, 'title', hide.text(title));
  // No fingerprint of this copy was made with it.
  setMeta(db, 'case_key', crypto.sha256Hex('a copy for others'));
}

/**
 * Makes a copy of a case, of whichever schema, one that may be handed on: names become pseudonyms; bodies, headers, values, queries and fingerprints go. Ids of
 * calls, chains and findings stay, so that both sides speak of the same. Its audit log begins with where it came from.
 * Shape:  `copy` is open for writing and nobody else's.
 * Errors: AppError `internal` when the schema has a text that no rule names.
 * Cost:   every text of the case once.
 */
export function redactCopy(copy: SqlDriver, hide: Hider, crypto: CryptoPort): void {
  migrateCase(copy, 'the copy', crypto, '');
  const from = lastEntry(copy);
  const apart = keepApart();
  const hideColumn = columnHider(hide, crypto);
  copy.define('share_text', (rule, _column, value) =>
    typeof value === 'string' ? hideColumn(rule as ColumnRule, value) : (value ?? null),
  );
  copy.define('share_key', (rule, column, value) =>
    typeof value === 'string' ? apart(String(column), value, hideColumn(rule as ColumnRule, value) ?? '') : (value ?? null),
  );
  const triggers = copy
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
    .all<{ name: string; sql: string }>();
  copy.transaction(() => {
    for (const { name } of triggers) copy.exec(`DROP TRIGGER ${name}`);
    for (const each of WORDY_IDS) copy.exec(each);
    copy.exec(PATHS_TO_TEMPLATES);
    for (const table of tablesOf(copy)) {
      if (EMPTIED_TABLES.includes(table)) copy.exec(`DELETE FROM ${table}`);
      else hideTable(copy, table, rulesOf(table, columnsOf(copy, table)), keyColumns(copy, table));
    }
    dropUnusedTerms(copy);
    hideMeta(copy, hide, crypto);
    setMeta(copy, SHARED, '1');
    for (const { sql } of triggers) copy.exec(sql);
  });
  // The log of the copy says when the log that it comes from ended, so that the same case gives the same bytes.
  const when = { crypto, now: () => from?.at ?? '1970-01-01T00:00:00.000Z', clock: () => 0 };
  appendAudit(copy, when, { action: 'case.share', about: { entries: from?.seq ?? 0, head: from?.hash ?? '' }, outcome: 'done' });
  // Freed pages still hold what was deleted.
  copy.exec('VACUUM');
}

/** The texts of a copy, a row at a time, for the search for what may not leave. */
export function* everyText(copy: SqlDriver): Generator<string> {
  for (const table of [...tablesOf(copy), 'meta']) {
    const columns = columnsOf(copy, table).filter(({ type }) => type !== 'INTEGER' && type !== 'REAL');
    if (columns.length === 0) continue;
    for (const row of copy.prepare(`SELECT ${columns.map(({ name }) => name).join(', ')} FROM ${table}`).iterate())
      yield Object.values(row)
        .filter((value) => typeof value === 'string')
        .join(' ');
  }
}
