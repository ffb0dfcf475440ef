import { AppError } from '../../contract/errors.ts';
import type { SqlDriver } from '../store/driver.ts';
import { bumpRevision, getMeta, setMeta } from '../store/meta.ts';
import { firstIndices } from '../store/migrations/0001-first.ts';
import { derivedTables } from '../store/migrations/index.ts';

/** Ids of calls whose rows go in one transaction: some tens of milliseconds. */
const CALLS_PER_STEP = 4000;

/** What a withdrawal took out of the case: sources by their former names, and their calls. */
interface Withdrawn {
  readonly withdrawn: readonly string[];
  readonly calls: number;
}

/** Notes that evidence comes or goes: passes compare the revision with the one that they ran on. */
export function raiseEvidenceRevision(db: SqlDriver): void {
  setMeta(db, 'evidence_revision', String(Number(getMeta(db, 'evidence_revision') ?? '0') + 1));
}

/** A name for a withdrawn source, so that a later read of the same file gets the plain one and its references stay the same. */
function nameAside(db: SqlDriver, name: string): string {
  const taken = db.prepare('SELECT 1 FROM source WHERE name = ?');
  let aside = `${name}~withdrawn`;
  for (let number = 2; taken.get(aside) !== undefined; number++) aside = `${name}~withdrawn${String(number)}`;
  return aside;
}

/** Findings and chains that rest on calls that are gone would be claims without evidence. */
function clearDerived(db: SqlDriver): void {
  for (const table of derivedTables) db.exec(`DELETE FROM ${table}`);
  setMeta(db, 'rules', '');
}

/** Marks a source as withdrawn: what is left of it goes before the next import or analysis, even if this process dies. Call inside a transaction. */
function mark(db: SqlDriver, id: number, name: string, why: string): void {
  const aside = nameAside(db, name);
  const notes = JSON.parse(db.prepare('SELECT notes FROM source WHERE id = ?').get<{ notes: string }>(id)?.notes ?? '[]') as string[];
  db.prepare("UPDATE source SET state = 'withdrawing', name = ?, notes = ? WHERE id = ?").run(
    aside,
    JSON.stringify([...notes, `withdrawn: ${why}; it was called ${name}`]),
    id,
  );
  db.prepare('UPDATE source SET duplicate_of = ? WHERE duplicate_of = ?').run(aside, name);
}

/** Takes the rows of sources that are marked out of the raw tables, some thousand calls at a time. */
function* removeRows(db: SqlDriver): Generator<void> {
  const leaving = db
    .prepare("SELECT id, state FROM source WHERE state IN ('withdrawing', 'refusing') ORDER BY id")
    .all<{ id: number; state: 'withdrawing' | 'refusing' }>();
  if (leaving.length === 0) return;
  // The indices are what finds the rows; an import that died has not come to them.
  db.exec(firstIndices);
  for (const { id, state } of leaving) {
    const range = db
      .prepare('SELECT coalesce(min(id), 0) AS first, coalesce(max(id), -1) AS last FROM call WHERE source_id = ?')
      .get<{ first: number; last: number }>(id);
    const { first, last } = range ?? { first: 0, last: -1 };
    for (let from = first; from <= last;) {
      const end = endOfStep(db, from);
      removeCalls(db, id, from, end);
      from = end + 1;
      yield;
    }
    db.transaction(() => {
      db.prepare('DELETE FROM operation WHERE specification_id IN (SELECT id FROM specification WHERE source_id = ?)').run(id);
      db.prepare('DELETE FROM specification WHERE source_id = ?').run(id);
      db.prepare('DELETE FROM trace_owner WHERE source_id = ?').run(id);
      db.prepare('DELETE FROM inner_span WHERE source_id = ?').run(id);
      db.prepare('DELETE FROM declared_format WHERE source_id = ?').run(id);
      db.prepare('UPDATE source SET state = ? WHERE id = ?').run(state === 'refusing' ? 'failed' : 'withdrawn', id);
    });
    yield;
  }
}

/** Where a step ends: no block of details is parted from its calls, since this process may die behind any step. */
const endOfStep = (db: SqlDriver, from: number): number => {
  const end = from + CALLS_PER_STEP - 1;
  const block = db.prepare(
    'SELECT last_call_id AS last FROM detail_block WHERE first_call_id BETWEEN ? AND ? ORDER BY first_call_id DESC LIMIT 1',
  );
  return Math.max(end, block.get<{ last: number }>(from, end)?.last ?? end);
};

function removeCalls(db: SqlDriver, sourceId: number, first: number, last: number): void {
  // The plus keeps SQLite from walking the whole source by the index on `source_id` at every step.
  const calls = 'SELECT id FROM call WHERE +source_id = ? AND id BETWEEN ? AND ?';
  db.transaction(() => {
    for (const table of ['value', 'data_seen', 'exposure'])
      db.prepare(`DELETE FROM ${table} WHERE call_id BETWEEN ? AND ? AND call_id IN (${calls})`).run(first, last, sourceId, first, last);
    // A block holds calls of one source only: the writer closes it at the end of each batch.
    db.prepare(`DELETE FROM detail_block WHERE first_call_id BETWEEN ? AND ? AND first_call_id IN (${calls})`).run(
      first,
      last,
      sourceId,
      first,
      last,
    );
    db.prepare('DELETE FROM call WHERE +source_id = ? AND id BETWEEN ? AND ?').run(sourceId, first, last);
  });
}

/** Goes on with withdrawals that were marked and not finished: their process died, or they were cancelled. */
export async function finishWithdrawals(db: SqlDriver, breathe: () => Promise<void>): Promise<void> {
  for (const _step of removeRows(db)) await breathe();
}

/**
 * Withdraws sources by their row ids: what they brought goes out of the case; row, ledger, issues and hash stay. The analysis is
 * cleared and out of date.
 */
export async function withdrawById(db: SqlDriver, ids: readonly number[], why: string, breathe: () => Promise<void>): Promise<Withdrawn> {
  const withdrawn: string[] = [];
  let calls = 0;
  db.transaction(() => {
    for (const id of ids) {
      const source = db.prepare('SELECT name FROM source WHERE id = ?').get<{ name: string }>(id);
      if (source === undefined) continue;
      calls += db.prepare('SELECT count(*) AS n FROM call WHERE source_id = ?').get<{ n: number }>(id)?.n ?? 0;
      mark(db, id, source.name, why);
      withdrawn.push(source.name);
    }
    if (withdrawn.length === 0) return;
    clearDerived(db);
    raiseEvidenceRevision(db);
    bumpRevision(db);
  });
  await finishWithdrawals(db, breathe);
  bumpRevision(db);
  return { withdrawn, calls };
}

/**
 * Takes back what was read of a source that turned out not to be what its archive declares: it stays as a failure, and nothing of it
 * counts. Its bytes are accounted for by that failure alone.
 */
export async function refuseSource(db: SqlDriver, id: number, breathe: () => Promise<void>): Promise<void> {
  db.transaction(() => {
    const row = db.prepare('SELECT records, notes FROM source WHERE id = ?').get<{ records: number; notes: string }>(id);
    const notes = [
      ...(JSON.parse(row?.notes ?? '[]') as string[]),
      `refused whole: ${String(row?.records ?? 0)} records read before that are not used`,
    ];
    db.prepare('DELETE FROM issue WHERE source_id = ? AND record IS NOT NULL').run(id);
    db.prepare('UPDATE issue SET byte_start = 0, byte_length = (SELECT bytes FROM source WHERE id = source_id) WHERE source_id = ?').run(
      id,
    );
    db.prepare(
      `UPDATE source SET state = 'refusing', bytes_accounted = bytes, records = 0, accepted = 0, rejected = 0, skipped = 0,
         time_min = NULL, time_max = NULL, timezone = 'none', notes = ? WHERE id = ?`,
    ).run(JSON.stringify(notes), id);
  });
  await finishWithdrawals(db, breathe);
}

/** Withdraws sources by the names that the case gives them. Errors: AppError `not-found` before anything is withdrawn. */
export function withdrawByName(db: SqlDriver, names: readonly string[], breathe: () => Promise<void>): Promise<Withdrawn> {
  const find = db.prepare("SELECT id FROM source WHERE name = ? AND state NOT IN ('withdrawing', 'withdrawn')");
  const ids = [...new Set(names)].map((name) => {
    const found = find.get<{ id: number }>(name);
    if (found === undefined) throw new AppError('not-found', `no source ${name} in this case`);
    return found.id;
  });
  return withdrawById(db, ids, 'on request', breathe);
}
