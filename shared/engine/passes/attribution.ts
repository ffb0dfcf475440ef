import type { SqlDriver } from '../store/driver.ts';
import { joinPrincipals } from './attribution/join-principals.ts';
import { readIdentityGroups } from '../store/read/principals/identity-edits.ts';
import { countHops } from './attribution/count-hops.ts';
import type { Pass } from './pass.ts';
import { CALLED_KINDS } from '../store/hop-sql.ts';
import { hopTables } from '../store/migrations/0024-hops.ts';

/** An inner hop is the same request further in when its edge is at least this sure. Ratio. */
const SURE = 0.9;
/** Hops behind hops that are followed: gateway, mesh, service, and one more. */
const DEPTH = 4;

/**
 * Weak calls (no credential, told by network and User-Agent only) that a call of a known caller explains:
 * a hop by request or trace id is the same request further in; what one redirect led to within a trace was asked by the same client; in a client's own capture, a request that carries a value
 * of an answer in that capture was sent by the same client. Where two callers explain a call, the one with more edges has it.
 */
const EXPLAINED = `
  SELECT call_id, principal_id FROM (
  SELECT e.to_call AS call_id, cause.principal_id AS principal_id,
         row_number() OVER (PARTITION BY e.to_call ORDER BY count(*) DESC, cause.principal_id) AS place
  FROM edge e
  JOIN call_fact effect ON effect.call_id = e.to_call
  JOIN principal weak ON weak.id = effect.principal_id AND weak.weak = 1
  JOIN call_fact cause ON cause.call_id = e.from_call
  JOIN principal known ON known.id = cause.principal_id AND known.weak = 0
  WHERE (e.kind IN ${CALLED_KINDS} AND e.confidence >= ${String(SURE)})
     OR (e.kinds LIKE '%redirect%' AND e.confidence >= ${String(SURE)} AND (SELECT trace_id FROM call WHERE id = e.from_call) = (SELECT trace_id FROM call WHERE id = e.to_call))
     OR (e.kind = 'value' AND EXISTS (
          SELECT 1 FROM call sent JOIN source s ON s.id = sent.source_id AND s.format = 'har'
          WHERE sent.id = e.to_call AND (
            sent.source_id = (SELECT source_id FROM call WHERE id = e.from_call) OR
            EXISTS (SELECT 1 FROM call_fact seen JOIN call capture ON capture.id = seen.call_id WHERE seen.same_as = e.from_call AND capture.source_id = sent.source_id))))
  GROUP BY e.to_call, cause.principal_id) WHERE place = 1`;

/**
 * Weak calls that a sure inner hop explains from behind: a load balancer shows no credential, the gateway behind it does. Only where all
 * such hops ask the same (a service that calls on asks something else in its own name) and all name one caller.
 */
const FORWARDED = `
  SELECT e.from_call AS call_id, min(known.id) AS principal_id
    FROM edge e
    JOIN call_fact cause ON cause.call_id = e.from_call
    JOIN principal weak ON weak.id = cause.principal_id AND weak.weak = 1
    JOIN call_fact effect ON effect.call_id = e.to_call
    JOIN principal known ON known.id = effect.principal_id AND known.weak = 0
    JOIN call outer_call ON outer_call.id = e.from_call
    JOIN call inner_call ON inner_call.id = e.to_call AND inner_call.path = outer_call.path AND inner_call.method_id = outer_call.method_id
   WHERE e.kind IN ${CALLED_KINDS} AND e.confidence >= ${String(SURE)}
   GROUP BY e.from_call HAVING count(DISTINCT known.id) = 1`;

/** Another log's line of a request whose caller is known: a load balancer names nobody, the gateway behind it does. */
const SEEN_AGAIN = `
  SELECT f.call_id, stands.principal_id FROM call_fact f
  JOIN principal weak ON weak.id = f.principal_id AND weak.weak = 1
  JOIN call_fact stands ON stands.call_id = f.same_as
  JOIN principal known ON known.id = stands.principal_id AND known.weak = 0`;

/**
 * The same the other way round: the record that stands for a call names nobody, another sighting of it does. An edge's log says most of a request
 * and so stands for it, the browser's capture holds the token. Of several names one that the credential itself tells goes before a bare key.
 */
const TOLD_BY_SIGHTING = `
  SELECT call_id, principal_id FROM (
  SELECT stands.call_id AS call_id, known.id AS principal_id,
         row_number() OVER (PARTITION BY stands.call_id ORDER BY known.identity LIKE 'credential %', known.rung, known.identity) AS place
    FROM call_fact seen
    JOIN principal known ON known.id = seen.principal_id AND known.weak = 0
    JOIN call_fact stands ON stands.call_id = seen.same_as
    JOIN principal weak ON weak.id = stands.principal_id AND weak.weak = 1
   WHERE seen.same_as IS NOT NULL) WHERE place = 1`;

/**
 * Weak calls that a weak call from elsewhere was handed on as: behind an edge network a load balancer sees that network's addresses, not the visitor's.
 * The record nearer to the client tells more of who called, unless it has no address. Only the same request: what a service asks for in turn is its own.
 */
const HANDED_ON = `
  SELECT call_id, principal_id FROM (
  SELECT e.to_call AS call_id, visitor.id AS principal_id,
         row_number() OVER (PARTITION BY e.to_call ORDER BY e.confidence DESC, visitor.identity) AS place
    FROM edge e
    JOIN call_fact effect ON effect.call_id = e.to_call
    JOIN principal weak ON weak.id = effect.principal_id AND weak.weak = 1
    JOIN call_fact cause ON cause.call_id = e.from_call
    JOIN principal visitor ON visitor.id = cause.principal_id AND visitor.weak = 1 AND visitor.id <> weak.id
    JOIN call outer_call ON outer_call.id = e.from_call AND outer_call.client_ip_id IS NOT NULL
    JOIN call inner_call ON inner_call.id = e.to_call AND inner_call.path = outer_call.path AND inner_call.method_id = outer_call.method_id
   WHERE e.kind IN ${CALLED_KINDS} AND e.confidence >= ${String(SURE)}) WHERE place = 1`;

/** What tells whose a call is, the surest first. */
const RULES = [EXPLAINED, FORWARDED, SEEN_AGAIN, TOLD_BY_SIGHTING, HANDED_ON];

/** Counts that change with the caller of a call (of principals: with other sightings, as their own pass counts); principals that no call is left of go. */
function recount(db: SqlDriver): void {
  db.exec(`
    UPDATE principal SET (calls, first_seen, last_seen) =
      (SELECT count(*), min(c.time), max(c.time) FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.principal_id = principal.id)
      WHERE id IN (SELECT principal_id FROM attributed UNION SELECT was FROM attributed);
    UPDATE chain SET principal_id = (SELECT principal_id FROM call_fact WHERE call_id = chain.root_call_id)
      WHERE principal_id IN (SELECT was FROM attributed);
    DELETE FROM principal WHERE id IN (SELECT was FROM attributed) AND NOT EXISTS (SELECT 1 FROM call_fact f WHERE f.principal_id = principal.id);
    INSERT INTO operation_use (principal_id, operation_id, calls)
      SELECT a.principal_id, e.operation_id, count(*) FROM attributed a JOIN call_fact f ON f.call_id = a.call_id JOIN endpoint e ON e.id = f.endpoint_id
        JOIN call c ON c.id = a.call_id WHERE e.operation_id IS NOT NULL AND c.status BETWEEN 200 AND 399 GROUP BY 1, 2
      ON CONFLICT (principal_id, operation_id) DO UPDATE SET calls = calls + excluded.calls;
    DELETE FROM operation_use WHERE principal_id IN (SELECT was FROM attributed) AND principal_id NOT IN (SELECT id FROM principal);
    UPDATE endpoint SET (principals, agents) =
      (SELECT count(DISTINCT f.principal_id), count(DISTINCT CASE WHEN p.kind = 'agent' THEN p.id END)
       FROM call_fact f JOIN principal p ON p.id = f.principal_id WHERE f.endpoint_id = endpoint.id AND f.same_as IS NULL)
      WHERE id IN (SELECT f.endpoint_id FROM attributed a JOIN call_fact f ON f.call_id = a.call_id);
  `);
}

/** Gives calls to their callers and notes in `temp.attributed` whose they were. Returns how many. */
function attribute(db: SqlDriver, found: string): number {
  const { changes } = db
    .prepare(
      `INSERT OR IGNORE INTO attributed (call_id, principal_id, was)
       SELECT x.call_id, x.principal_id, f.principal_id FROM (${found}) x JOIN call_fact f ON f.call_id = x.call_id`,
    )
    .run();
  if (changes > 0)
    db.exec(
      'UPDATE call_fact SET principal_id = (SELECT a.principal_id FROM attributed a WHERE a.call_id = call_fact.call_id) WHERE call_id IN (SELECT call_id FROM attributed)',
    );
  return changes;
}

/**
 * Gives calls to their callers, one rule after the other, with all counts that change with them: whoever stops the pass, or ends its
 * process, finds callers and counts that fit each other. Returns how many.
 */
const attributeAll = (db: SqlDriver): number =>
  db.transaction(() => {
    db.exec('DELETE FROM temp.attributed');
    const attributed = RULES.reduce((sum, found) => sum + attribute(db, found), 0);
    if (attributed > 0) recount(db);
    return attributed;
  });

/**
 * Gives calls that name no caller to the caller whose request they are part of, so that a load balancer's or sidecar's log does not show
 * every agent twice, and makes one of callers that two sources name differently. Runs again whenever principals do, on fresh rows.
 */
export const attributionPass: Pass = {
  id: 'attribution',
  version: 7,
  title: 'Principals behind hops and in two sources',
  needs: ['principals', 'chains'],
  fills: [...hopTables],
  alters: ['principals'],
  async run(context) {
    const { db, breathe, progress } = context;
    db.exec(`
      DROP TABLE IF EXISTS temp.attributed; CREATE TEMP TABLE attributed (call_id INTEGER PRIMARY KEY, principal_id INTEGER NOT NULL, was INTEGER NOT NULL)`);
    const joined = db.transaction(() => joinPrincipals(db, readIdentityGroups(db)));
    let attributed = 0;
    for (let depth = 0; depth < DEPTH; depth++) {
      await breathe();
      const more = attributeAll(db);
      if (more === 0) break;
      attributed += more;
      progress(depth + 1, DEPTH + 1);
    }
    db.exec('DROP TABLE temp.attributed');
    countHops(db);
    const sentences = [
      attributed === 0
        ? 'No call without a credential is part of a known principal’s request.'
        : `${attributed.toLocaleString('en-US')} calls without a credential belong to the principal whose request they are part of.`,
      joined === 0
        ? ''
        : `Taken together because they are one: ${String(joined)} ${joined === 1 ? 'principal that stands' : 'principals that stand'} under another name on the same requests in another source, under the same id in another, or as a key used only in the runs of another.`,
    ];
    return sentences.filter((sentence) => sentence !== '').join(' ');
  },
};
