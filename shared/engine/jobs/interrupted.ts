import type { SqlDriver } from '../store/driver.ts';

/**
 * Closes the ledgers that a killed import left open: what was committed is counted from the tables, the rest of the
 * source is not claimed. Call when a writer opens a case.
 */
export function closeInterrupted(db: SqlDriver): readonly string[] {
  const open = db.prepare("SELECT id, name FROM source WHERE state = 'reading'").all<{ id: number; name: string }>();
  db.transaction(() => {
    for (const { id, name } of open) {
      const calls = db
        .prepare(
          'SELECT count(*) AS n, max(byte_start + byte_length) AS reach, min(time) AS first, max(time) AS last FROM call WHERE source_id = ?',
        )
        .get<{ n: number; reach: number | null; first: number | null; last: number | null }>(id);
      const operations =
        db
          .prepare('SELECT count(*) AS n FROM operation o JOIN specification s ON s.id = o.specification_id WHERE s.source_id = ?')
          .get<{ n: number }>(id)?.n ?? 0;
      const issues = (severity: string): number =>
        db
          .prepare('SELECT count(*) AS n FROM issue WHERE source_id = ? AND severity = ? AND record IS NOT NULL')
          .get<{ n: number }>(id, severity)?.n ?? 0;
      const accepted = (calls?.n ?? 0) + operations;
      const rejected = issues('reject');
      const skipped = issues('skip');
      const reach = calls?.reach ?? 0;
      const message = `the reader of ${name} died; what it had read up to byte ${String(reach)} is kept`;
      db.prepare(
        `UPDATE source SET state = 'failed', bytes = ?, bytes_accounted = ?, records = ?, accepted = ?, rejected = ?, skipped = ?, time_min = ?, time_max = ?, notes = ? WHERE id = ?`,
      ).run(
        reach,
        reach,
        accepted + rejected + skipped,
        accepted,
        rejected,
        skipped,
        calls?.first ?? null,
        calls?.last ?? null,
        JSON.stringify([message]),
        id,
      );
      db.prepare(
        "INSERT INTO issue (source_id, record, byte_start, byte_length, severity, code, message, excerpt) VALUES (?, NULL, ?, 0, 'warning', 'PARSER_CRASH', ?, '')",
      ).run(id, reach, message);
    }
  });
  return open.map((source) => source.name);
}
