import type { SqlDriver } from './driver.ts';

/**
 * Writes a consistent copy of the case as one file of its own, while others may write the case itself.
 * Shape:  `path` is free; nothing is there yet.
 * Cost:   reads the whole case once; no other question is answered meanwhile.
 */
export function copyCase(db: SqlDriver, path: string): void {
  // `query_only` refuses to write any file. A reading connection can change nothing of the case itself either way: it is opened so.
  const { query_only: before } = db.prepare('PRAGMA query_only').get<{ query_only: number }>() ?? { query_only: 0 };
  db.exec('PRAGMA query_only = OFF');
  try {
    db.prepare('VACUUM INTO ?').run(path);
  } finally {
    db.exec(`PRAGMA query_only = ${String(before)}`);
  }
}
