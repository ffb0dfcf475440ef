import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { SqlDriver } from '../driver.ts';

interface LogRow {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly text: string;
  readonly effect: string;
  readonly undoes: number | null;
}

/** Entries of the log of the analyst's changes, oldest first. */
export function listLog(db: SqlDriver): readonly { readonly entry: number; readonly at: string; readonly text: string }[] {
  return db.prepare('SELECT id AS entry, at, text FROM review_log ORDER BY id').all<{ entry: number; at: string; text: string }>();
}

/**
 * The head of a hash chain over the log: each link is the SHA-256 of the one before it and of its entry in canonical form (RFC 8785).
 * An empty log gives 64 zeros. Without a copy of the head elsewhere it cannot show that entries were cut off at the end; a signed
 * report is such a copy.
 */
export function logChainHead(db: SqlDriver, sha256Hex: (text: string) => string): string {
  let head = '0'.repeat(64);
  for (const row of db.prepare('SELECT id, at, kind, text, effect, undoes FROM review_log ORDER BY id').iterate<LogRow>())
    head = sha256Hex(`${head}\n${canonicalJson({ ...row })}`);
  return head;
}
