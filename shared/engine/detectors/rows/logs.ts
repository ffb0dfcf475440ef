import type { SqlDriver } from '../../store/driver.ts';

/** Files that are cut by the hour or the day overlap by calls that were still open. Units: µs. */
const OVERLAP = 600_000_000;
/** Dates, counters and ids that tell the files of one log apart: `access.log.2`, `gw-20261001.json`, `y=2026/m=10/d=01/PT1H.json`, `E1T9.186c0044.gz`. */
const TELLS_APART = /[._-]?(?:(?=[0-9a-f]*\d)[0-9a-f]{6,}|\d+)/gi;

interface File {
  readonly id: number;
  readonly name: string;
  readonly format: string | null;
  readonly first: number | null;
  readonly last: number | null;
}

/** The log that each file is part of, named by its first file: files of one format and name, but for dates and counters, that follow one another. */
export function logsOf(files: readonly File[]): ReadonlyMap<number, number> {
  const open = new Map<string, { readonly log: number; until: number }[]>();
  const logs = new Map(files.map(({ id }) => [id, id]));
  for (const { id, name, format, first, last } of [...files].sort((a, b) => (a.first ?? 0) - (b.first ?? 0) || a.id - b.id)) {
    if (first === null || last === null) continue;
    const kind = `${format ?? ''} ${name.replaceAll(TELLS_APART, '')}`;
    const known = open.get(kind) ?? [];
    open.set(kind, known);
    const before = known.find(({ until }) => first >= until - OVERLAP);
    if (before === undefined) known.push({ log: id, until: last });
    else {
      logs.set(id, before.log);
      before.until = Math.max(before.until, last);
    }
  }
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
