import { identityTables } from '../store/migrations/0005-knowledge.ts';
import { FAILED_SQL } from '../store/call-answer.ts';
import { eachRange } from './principals/combos.ts';
import type { Pass } from './pass.ts';

/** Kinds whose calls are between programs; a weak caller of unknown kind is counted too, since nobody can say that it is a person. */
const MACHINE = "p.kind IN ('agent', 'service') OR p.kind = 'unknown'";

/** Who calls which service with which credential, for programs only: the map that attribution is measured on. */
export const machinesPass: Pass = {
  id: 'machines',
  version: 2,
  title: 'Machine-to-machine map',
  needs: ['attribution'],
  fills: identityTables,
  async run(context) {
    const { db } = context;
    db.exec('DELETE FROM machine_link');
    const add = db.prepare(`
      INSERT INTO machine_link (principal_id, service_id, credential_id, calls, failed, first_seen, last_seen)
      SELECT f.principal_id, ifnull(c.host_id, 0), ifnull(c.credential_id, 0), count(*), sum(${FAILED_SQL}), min(c.time), max(c.time)
        FROM call c JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL JOIN principal p ON p.id = f.principal_id
       WHERE c.id BETWEEN ? AND ? AND (${MACHINE}) GROUP BY 1, 2, 3
      ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, failed = failed + excluded.failed,
        first_seen = ifnull(min(first_seen, excluded.first_seen), ifnull(first_seen, excluded.first_seen)),
        last_seen = ifnull(max(last_seen, excluded.last_seen), ifnull(last_seen, excluded.last_seen))`);
    await eachRange(context, (from, to) => add.run(from, to));
    const row = db
      .prepare(
        `SELECT count(*) AS links, sum(m.calls) AS calls, sum(CASE WHEN p.weak = 0 AND p.kind <> 'unknown' THEN m.calls ELSE 0 END) AS attributed
           FROM machine_link m JOIN principal p ON p.id = m.principal_id`,
      )
      .get<{ links: number; calls: number | null; attributed: number | null }>();
    const count = (value: number | null | undefined): string => (value ?? 0).toLocaleString('en-US');
    return `${count(row?.calls)} calls between programs on ${count(row?.links)} links; ${count(row?.attributed)} of them name their principal.`;
  },
};
