import type { ChainCheck } from '../../../contract/custody.ts';
import { append } from '../../../lib/append.ts';
import type { CryptoPort } from '../../ports.ts';
import type { SqlDriver } from '../driver.ts';
import { digestCalls } from './call-digest.ts';
import { COVERED_TABLES, digestOf, lastRow, NOTHING, readCovers, type CoveredTable, type Covers } from './digests.ts';
import { entryHash, GENESIS, type AuditEntry } from './entry.ts';
import { checkConclusions, CONCLUSION_IDS, type LastCovered } from './conclusions.ts';

/** More of them say nothing new. */
const MOST_PROBLEMS = 20;
const WHAT: Readonly<Record<CoveredTable, string>> = {
  sources: 'sources',
  changes: 'changes of the analyst',
  terms: 'texts that calls name by number',
};
/** What a withdrawn source brought is gone; that it was withdrawn is said of it everywhere. */
const WITHDRAWN = "SELECT id FROM source WHERE state IN ('withdrawing', 'withdrawn')";
/** Calls that no entry has a digest of: of a source that is not covered yet, or was read before there were such digests. */
const CALLS_OF = 'SELECT source_id AS source, count(*) AS n FROM call GROUP BY source_id';

/** Sources whose calls are not those that the entry found, by their row ids. */
function changedCalls(db: SqlDriver, crypto: CryptoPort, covered: Covers['calls'], from: number, through: number): readonly string[] {
  const ids = Object.keys(covered);
  if (ids.length === 0 || through <= from) return [];
  const withdrawn = new Set(db.prepare(WITHDRAWN).all<{ id: number }>().map(({ id }) => String(id))); // prettier-ignore
  const now = digestCalls(db, crypto, from, through);
  return [...new Set([...ids, ...Object.keys(now)])].filter((id) => !withdrawn.has(id) && covered[id] !== now[id]);
}

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
  let walked = 0;
  let last: LastCovered = {};
  const withCalls = new Set<string>();
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
      for (const table of COVERED_TABLES) {
        const { through, sha256 } = covers[table];
        const from = covered[table].through;
        if (through < from) problems.push(`${which} covers fewer ${WHAT[table]} than the entry before it`);
        else if (sha256 !== undefined && sha256 !== digestOf(db, crypto, table, from, through))
          problems.push(`${WHAT[table]} ${String(from + 1)} to ${String(through)} are not as ${which} found them`);
      }
      const { through } = covers.sources;
      for (const id of changedCalls(db, crypto, covers.calls, walked, through))
        problems.push(`calls of source ${id} are not as ${which} found them`);
      // No call is walked twice, however often the entries of a hostile file begin again.
      walked = Math.max(walked, through);
      for (const id of Object.keys(covers.calls)) withCalls.add(id);
      for (const id of CONCLUSION_IDS) {
        const said = covers.conclusions[id];
        if (said !== undefined && said.state !== last[id]?.state) last = { ...last, [id]: { which, ...said } };
      }
      covered = covers;
    }
    if (entry.hash === anchor) anchorAt = entry.seq;
    expected = { seq: entry.seq + 1, previous: entry.hash };
  }
  const conclusions = checkConclusions(db, crypto, last);
  append(problems, conclusions.problems);
  if (anchor !== undefined && anchorAt === undefined) problems.push('no entry has the hash that was kept: the log was cut or made anew');
  return {
    entries: expected.seq - 1,
    head: expected.previous,
    problems: problems.slice(0, MOST_PROBLEMS),
    anchor: anchor === undefined ? 'not given' : anchorAt === undefined ? 'missing' : 'found',
    uncovered: {
      sources: Math.max(0, lastRow(db, 'sources') - covered.sources.through),
      changes: Math.max(0, lastRow(db, 'changes') - covered.changes.through),
      calls: db
        .prepare(CALLS_OF)
        .all<{ source: number; n: number }>()
        .reduce((sum, { source, n }) => (withCalls.has(String(source)) ? sum : sum + n), 0),
      ...conclusions.uncovered,
    },
  };
}
