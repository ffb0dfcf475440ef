import { callFlag } from '../../store/call-flags.ts';
import type { PassContext } from '../pass.ts';
import { eachRange } from '../principals/combos.ts';

const SHOWS = `c.flags & ${String(callFlag.authenticated)} <> 0 OR c.credential_id IS NOT NULL OR c.consumer_id IS NOT NULL`;

/**
 * Counts, by kind of caller, the calls that could have shown a credential and those that came without one. A source that never shows one
 * of a host says nothing about it. Where a second sighting of a call shows one, the call has one.
 */
export async function writeShares(context: PassContext): Promise<void> {
  const { db } = context;
  db.exec(`
    DROP TABLE IF EXISTS temp.shows;
    CREATE TEMP TABLE shows (source_id INTEGER, host_id INTEGER, PRIMARY KEY (source_id, host_id)) WITHOUT ROWID;
    INSERT INTO shows SELECT DISTINCT c.source_id, ifnull(c.host_id, 0) FROM call c WHERE ${SHOWS};
    DROP TABLE IF EXISTS temp.shown_elsewhere;
    CREATE TEMP TABLE shown_elsewhere (call_id INTEGER PRIMARY KEY);
    INSERT OR IGNORE INTO shown_elsewhere SELECT f.same_as FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.same_as IS NOT NULL AND (${SHOWS});
  `);
  const add = db.prepare(`
    INSERT INTO credential_share (caller, calls, without)
    SELECT ifnull(p.kind, 'unknown'), count(*), sum(NOT ifnull(${SHOWS}, 0) AND c.id NOT IN (SELECT call_id FROM shown_elsewhere))
      FROM call c JOIN call_fact f ON f.call_id = c.id JOIN shows s ON s.source_id = c.source_id AND s.host_id = ifnull(c.host_id, 0)
      LEFT JOIN principal p ON p.id = f.principal_id
     WHERE c.id BETWEEN ? AND ? AND f.same_as IS NULL GROUP BY 1
    ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, without = without + excluded.without`);
  await eachRange(context, (from, to) => {
    add.run(from, to);
  });
  db.exec('DROP TABLE temp.shows; DROP TABLE temp.shown_elsewhere');
}
