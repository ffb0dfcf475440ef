import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { CryptoPort } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';

/** What the first entry has in place of the hash of the one before. */
export const GENESIS = '0'.repeat(64);

/** One entry of the audit log, as it is stored. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly clock: number;
  readonly action: string;
  readonly payload: string;
  readonly previous: string;
  readonly hash: string;
}

/** The hash that an entry must have. Shape: SHA-256, hex, of the canonical JSON of its other members, in their order. */
export const entryHash = (
  crypto: Pick<CryptoPort, 'sha256Hex'>,
  { seq, at, clock, action, payload, previous }: Omit<AuditEntry, 'hash'>,
): string => crypto.sha256Hex(canonicalJson([seq, at, clock, action, payload, previous]));

/** The last entry; `undefined` for a case in which nothing was done since it has a log. */
export const lastEntry = (db: SqlDriver): AuditEntry | undefined =>
  db
    .prepare('SELECT seq, at, clock, action, payload, previous, hash FROM audit ORDER BY seq DESC LIMIT 1')
    .get<AuditEntry & Record<string, string | number>>();
