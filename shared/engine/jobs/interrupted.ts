import { greatest } from '../../lib/extremes.ts';
import type { SqlDriver } from '../store/driver.ts';
import { forgetUnsearched } from '../store/unsearched.ts';
import { callFlag } from '../store/call-flags.ts';

interface Committed {
  readonly calls: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly timed: number;
  readonly assumed: number;
}

/** Calls of a source that were committed, and what their times say about zones. */
const committedCalls = (db: SqlDriver, id: number): Committed =>
  db
    .prepare(
      `SELECT count(*) AS calls, min(time) AS first, max(time) AS last, count(time) AS timed,
         count(CASE WHEN time IS NOT NULL AND flags & ${String(callFlag.zoneAssumed)} <> 0 THEN 1 END) AS assumed
       FROM call WHERE source_id = ?`,
    )
    .get<Committed>(id) ?? { calls: 0, first: null, last: null, timed: 0, assumed: 0 };

const counted = (db: SqlDriver, sql: string, id: number): { readonly n: number; readonly reach: number } => {
  const row = db
    .prepare(`SELECT count(*) AS n, max(byte_start + byte_length) AS reach ${sql}`)
    .get<{ n: number; reach: number | null }>(id);
  return { n: row?.n ?? 0, reach: row?.reach ?? 0 };
};

/** Byte of the source up to which its records are in the case. */
export function committedReach(db: SqlDriver, id: number): number {
  const reaches = [
    'FROM call WHERE source_id = ?',
    'FROM issue WHERE record IS NOT NULL AND source_id = ?',
    'FROM operation o JOIN specification s ON s.id = o.specification_id WHERE s.source_id = ?',
  ].map((from) => counted(db, from, id).reach);
  return greatest(reaches);
}

/**
 * Closes the ledgers that an import left open because its process was killed, or because there was no room left to close them: what was
 * committed is counted from the tables, the rest of the source is not claimed. Call when a writer opens a case, and before a job
 * that rests on ledgers; never while an import runs.
 */
export function closeInterrupted(db: SqlDriver): readonly string[] {
  forgetUnsearched(db);
  const open = db
    .prepare("SELECT id, name, zone, notes FROM source WHERE state = 'reading'")
    .all<{ id: number; name: string; zone: string | null; notes: string }>();
  db.transaction(() => {
    for (const { id, name, zone, notes } of open) {
      const calls = committedCalls(db, id);
      const operations = counted(db, 'FROM operation o JOIN specification s ON s.id = o.specification_id WHERE s.source_id = ?', id);
      const rejected = counted(db, "FROM issue WHERE source_id = ? AND severity = 'reject' AND record IS NOT NULL", id);
      const skipped = counted(db, "FROM issue WHERE source_id = ? AND severity = 'skip' AND record IS NOT NULL", id);
      const accepted = calls.calls + operations.n;
      const reach = committedReach(db, id);
      const timezone = calls.timed === 0 ? 'none' : calls.assumed === 0 ? 'in the data' : zone === null ? 'assumed UTC' : 'given';
      const message = `the reading of ${name} broke off before its end; what it had read up to byte ${String(reach)} is kept`;
      db.prepare(
        `UPDATE source SET state = 'interrupted', bytes = ?, bytes_accounted = ?, records = ?, accepted = ?, rejected = ?, skipped = ?,
           time_min = ?, time_max = ?, timezone = ?, notes = ? WHERE id = ?`,
      ).run(
        reach, reach, accepted + rejected.n + skipped.n, accepted, rejected.n, skipped.n,
        calls.first, calls.last, timezone, JSON.stringify([...(JSON.parse(notes) as string[]), message]), id,
      ); // prettier-ignore
      db.prepare(
        "INSERT INTO issue (source_id, record, byte_start, byte_length, severity, code, message, excerpt) VALUES (?, NULL, ?, 0, 'warning', 'PARSER_CRASH', ?, '')",
      ).run(id, reach, message);
    }
  });
  return open.map((source) => source.name);
}
