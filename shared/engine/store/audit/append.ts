import type { Json } from '../../../lib/json.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { EnginePorts } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';
import { coverNew, NOTHING, readCovers } from './digests.ts';
import { entryHash, GENESIS, lastEntry } from './entry.ts';

/** What is told of one action. */
export interface Deed {
  readonly action: string;
  /** What it was about: names and hashes, no evidence and no path. */
  readonly about: Json;
  /** `done`, or the code of what stopped it. */
  readonly outcome: string;
}

/**
 * Writes an entry at the end of the chain. What a process that died left uncovered is covered by the next entry, whatever that is about.
 * When it returns, the entry and all that was written before it are on the disk: the log of writes is one file, and is synced up to here.
 * Shape: call outside of a transaction.
 */
export function appendAudit(db: SqlDriver, ports: Pick<EnginePorts, 'crypto' | 'now' | 'clock'>, deed: Deed): void {
  // Batches of an import need no sync each; what is acknowledged to the analyst must outlive a power cut.
  db.exec('PRAGMA synchronous = FULL');
  try {
    append(db, ports, deed);
  } finally {
    db.exec('PRAGMA synchronous = NORMAL');
  }
}

function append(db: SqlDriver, ports: Pick<EnginePorts, 'crypto' | 'now' | 'clock'>, { action, about, outcome }: Deed): void {
  db.transaction(() => {
    const last = lastEntry(db);
    const covers = coverNew(db, ports.crypto, (last && readCovers(last.payload)) ?? NOTHING);
    const entry = {
      seq: (last?.seq ?? 0) + 1,
      at: ports.now(),
      clock: Math.round(ports.clock()),
      action,
      payload: canonicalJson({ about, outcome, covers }),
      previous: last?.hash ?? GENESIS,
    };
    db.prepare('INSERT INTO audit (seq, at, clock, action, payload, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      entry.seq, entry.at, entry.clock, entry.action, entry.payload, entry.previous, entryHash(ports.crypto, entry),
    ); // prettier-ignore
  });
}
