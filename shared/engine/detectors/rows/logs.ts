import { joinLogs } from '../../../model/log-files.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A source with the times of its first and last call; neither where no call has one. Units: µs. */
interface File {
  readonly id: number;
  readonly name: string;
  readonly format: string | null;
  readonly first: number | null;
  readonly last: number | null;
}

/** The log that each file is part of, named by its first file. A file without times is a log of its own. */
export function logsOf(files: readonly File[]): ReadonlyMap<number, number> {
  const logs = new Map(files.map(({ id }) => [id, id]));
  const timed = files.flatMap(({ id, name, format, first, last }) =>
    first === null || last === null ? [] : { id, name, format: format ?? '', first, last },
  );
  for (const [first, ...others] of joinLogs(timed)) for (const { id } of others) logs.set(id, first?.id ?? id);
  return logs;
}

/**
 * Prepares the temporary table `source_log` and the views `log_context` and `log_tls`, which are `credential_context` and `credential_tls` by log in place
 * of file: what one gateway saw is one thing, however often its log was rotated. Nothing is done where the table stands.
 */
export function useLogs(db: SqlDriver): void {
  db.exec(`
    CREATE TEMP TABLE IF NOT EXISTS source_log (source_id INTEGER PRIMARY KEY, log_id INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS temp.source_log_log ON source_log (log_id);
    CREATE TEMP VIEW IF NOT EXISTS log_context AS
      SELECT x.credential_id, l.log_id AS source_id, x.network, x.family, x.calls, x.accepted, x.first_use, x.last_use
        FROM credential_context x JOIN source_log l ON l.source_id = x.source_id;
    CREATE TEMP VIEW IF NOT EXISTS log_tls AS
      SELECT x.credential_id, l.log_id AS source_id, x.network, x.fingerprint_id FROM credential_tls x JOIN source_log l ON l.source_id = x.source_id`);
  const counts = db.prepare('SELECT (SELECT count(*) FROM source) AS files, (SELECT count(*) FROM temp.source_log) AS noted');
  const { files = 0, noted = 0 } = counts.get<{ files: number; noted: number }>() ?? {};
  if (files === noted) return;
  const logs = logsOf(db.prepare('SELECT id, name, format, time_min AS first, time_max AS last FROM source').all<File>());
  db.exec('DELETE FROM temp.source_log');
  const insert = db.prepare('INSERT INTO temp.source_log (source_id, log_id) VALUES (?, ?)');
  for (const [source, log] of logs) insert.run(source, log);
}

/** The log of a call. */
export const logOf = (alias: string): string => `(SELECT log_id FROM temp.source_log WHERE source_id = ${alias}.source_id)`;

/** Files of the log that is bound to the question mark. */
export const FILES_OF_LOG = '(SELECT source_id FROM temp.source_log WHERE log_id = ?)';
