import { failedSql } from '../../store/call-answer.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';

/**
 * Pairs of an inner hop and the call of the same principal that it belongs to. A service that calls on in its own name begins anew. Within one
 * source only the same request again is a hop: the spans of an agent hold its calls of models and tools, which are its own.
 */
const HOPS_OF_OWN = `
  edge e JOIN call_fact f ON f.call_id = e.to_call AND f.same_as IS NULL JOIN call_fact cause ON cause.call_id = e.from_call
  JOIN call inner_call ON inner_call.id = e.to_call JOIN call outer_call ON outer_call.id = e.from_call
  WHERE f.principal_id = cause.principal_id
    AND (inner_call.source_id <> outer_call.source_id OR (inner_call.path = outer_call.path AND inner_call.method_id = outer_call.method_id))
    AND e.kind IN ${CALLED_KINDS}`;

/** Notes which calls only hand on, or are made within, another call of their principal, and counts them by principal and chain. Cost: one walk over the edges. */
export function countHops(db: SqlDriver): void {
  db.transaction(() => {
    db.exec(`
      DELETE FROM hop; DELETE FROM principal_hops; DELETE FROM chain_hops;
      INSERT OR IGNORE INTO hop (call_id) SELECT e.to_call FROM ${HOPS_OF_OWN};
      INSERT INTO principal_hops (principal_id, calls)
        SELECT f.principal_id, count(*) FROM hop JOIN call_fact f ON f.call_id = hop.call_id GROUP BY 1;
      INSERT INTO chain_hops (chain_id, calls, failed)
        SELECT f.chain_id, count(*), 0 FROM hop JOIN call_fact f ON f.call_id = hop.call_id WHERE f.chain_id IS NOT NULL GROUP BY 1;
      UPDATE chain_hops SET failed = again.calls FROM (
        SELECT f.chain_id, count(DISTINCT e.to_call) AS calls FROM ${HOPS_OF_OWN}
           AND ${failedSql('inner_call')} AND ${failedSql('outer_call')}
         GROUP BY 1) AS again WHERE again.chain_id = chain_hops.chain_id;
    `);
  });
}
