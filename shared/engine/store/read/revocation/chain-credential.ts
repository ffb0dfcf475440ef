import type { SqlDriver } from '../../driver.ts';
import { CALLED_KINDS } from '../../hop-sql.ts';

/** Hops that are followed upwards: gateway, mesh, tool server and a few services behind each other. */
const MAX_HOPS = 8;

/** The call and the other sightings of it. */
const SIGHTINGS = 'SELECT ? AS id UNION SELECT seen.call_id FROM call_fact seen WHERE seen.same_as = ?';

/** A hop belongs to the call around it: the credential of the outermost one opened the door for all. */
const OUTER = `
  WITH RECURSIVE up(id, hops) AS (
    SELECT id, 0 FROM (${SIGHTINGS})
    UNION SELECT e.from_call, up.hops + 1 FROM up JOIN edge e ON e.to_call = up.id
     WHERE e.kind IN ${CALLED_KINDS} AND up.hops < ${String(MAX_HOPS)})
  SELECT 1 AS shown FROM up JOIN call c ON c.id = up.id
   WHERE c.credential_id IS NOT NULL OR EXISTS (SELECT 1 FROM call_fact seen JOIN call twin ON twin.id = seen.call_id
     WHERE seen.same_as = up.id AND twin.credential_id IS NOT NULL) LIMIT 1`;

/** A call that names no consumer shows no sign of a credential of its own; what the same caller did with a shown one led to it. */
const LED = `
  SELECT 1 AS shown FROM (${SIGHTINGS}) mine JOIN call c ON c.id = mine.id JOIN call_fact f ON f.call_id = c.id
    JOIN edge e ON e.to_call = mine.id AND e.kind <> 'adjacent' JOIN call before ON before.id = e.from_call
    JOIN call_fact bf ON bf.call_id = before.id
   WHERE c.consumer_id IS NULL AND bf.principal_id = f.principal_id AND before.credential_id IS NOT NULL LIMIT 1`;

/**
 * Whether the chain of a call shows the credential behind it, though its own record does not: an inner hop of a call whose outer
 * record has it, or a further step of a caller that came with one. Shape: by row id of the call. Cost: its links, a few look-ups.
 */
export function chainCredential(db: SqlDriver): (call: number) => boolean {
  const [outer, led] = [db.prepare(OUTER), db.prepare(LED)];
  return (call) => outer.get(call, call) !== undefined || led.get(call, call) !== undefined;
}
