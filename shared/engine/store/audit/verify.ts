import type { ChainCheck } from '../../../contract/custody.ts';
import type { CryptoPort } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';
import { digestOf, lastRow, NOTHING, readCovers, type Covers } from './digests.ts';
import { entryHash, GENESIS, type AuditEntry } from './entry.ts';

/** More of them say nothing new. */
const MOST_PROBLEMS = 20;
const WHAT: Readonly<Record<keyof Covers, string>> = { sources: 'sources', changes: 'changes of the analyst' };
const TABLES = ['sources', 'changes'] as const;

/**
 * Recomputes every hash of the log, and the digests of what it covers.
 * Shape: `anchor` is a head that was kept outside of the case. Without one, a log that was cut at its end or made anew as a whole looks
 *        like any other.
 */
export function verifyChain(db: SqlDriver, crypto: CryptoPort, anchor: string | undefined): ChainCheck {
  const problems: string[] = [];
  let expected = { seq: 1, previous: GENESIS };
  let covered: Covers = NOTHING;
  let anchorAt: number | undefined;
  for (const entry of db
    .prepare('SELECT seq, at, clock, action, payload, previous, hash FROM audit ORDER BY seq')
    .iterate<AuditEntry & Record<string, string | number>>()) {
    const which = `entry ${String(entry.seq)}`;
    if (entry.seq !== expected.seq) problems.push(`${which} follows entry ${String(expected.seq - 1)}`);
    if (entry.previous !== expected.previous) problems.push(`${which} does not name the hash of the entry before it`);
    if (entry.hash !== entryHash(crypto, entry)) problems.push(`${which} is not what its hash was made of`);
    const covers = readCovers(entry.payload);
    if (covers === undefined) problems.push(`${which} does not say what it covers`);
    else {
      for (const table of TABLES) {
        const { through, sha256 } = covers[table];
        const from = covered[table].through;
        if (through < from) problems.push(`${which} covers fewer ${WHAT[table]} than the entry before it`);
        else if (sha256 !== undefined && sha256 !== digestOf(db, crypto, table, from, through))
          problems.push(`${WHAT[table]} ${String(from + 1)} to ${String(through)} are not as ${which} found them`);
      }
      covered = covers;
    }
    if (entry.hash === anchor) anchorAt = entry.seq;
    expected = { seq: entry.seq + 1, previous: entry.hash };
  }
  if (anchor !== undefined && anchorAt === undefined) problems.push('no entry has the hash that was kept: the log was cut or made anew');
  return {
    entries: expected.seq - 1,
    head: expected.previous,
    problems: problems.slice(0, MOST_PROBLEMS),
    anchor: anchor === undefined ? 'not given' : anchorAt === undefined ? 'missing' : 'found',
    uncovered: {
      sources: Math.max(0, lastRow(db, 'sources') - covered.sources.through),
      changes: Math.max(0, lastRow(db, 'changes') - covered.changes.through),
    },
  };
}
