import type { SqlDriver } from './driver.ts';

/**
 * Runs `work` inside one transaction that other work may breathe in; undone when it throws.
 * Errors: what `work` throws. On a full disk SQLite has undone the transaction by itself (sqlite.org/lang_transaction.html, section 3), and
 * to undo it again would be an error that hides the reason.
 */
export async function inLongTransaction<T>(db: SqlDriver, work: () => Promise<T>): Promise<T> {
  db.exec('BEGIN');
  try {
    const result = await work();
    db.exec('COMMIT');
    return result;
  } catch (cause) {
    if (db.inTransaction()) db.exec('ROLLBACK');
    throw cause;
  }
}
