import type { SqlDriver } from '../../store/driver.ts';
import { findAgentCalls } from './agent-calls.ts';

/** Who made the calls of a trace, as the tracing tool tells it. */
export interface TraceCaller {
  readonly user: string | undefined;
  readonly agent: string | undefined;
}

/**
 * Whose traces are: the users and agents that records of the trace name, in whichever files. Two of a kind leave open whose it is. An id of a trace
 * may stand in other tools' records as well, whose callers it does not tell: those of the same format only.
 */
const OWNERS = `
  SELECT s.format, o.trace_id, iif(count(DISTINCT o.user) = 1, min(o.user), NULL) AS user, iif(count(DISTINCT o.agent) = 1, min(o.agent), NULL) AS agent
    FROM trace_owner o JOIN source s ON s.id = o.source_id
   GROUP BY s.format, o.trace_id`;

/**
 * Finds the calls of traces that are known to be somebody's and keeps them in `temp.traced_call`, with a caller from 1 each. Returns the callers by number.
 * Cost: a look into the index of trace ids for each trace that a tracing tool described; nothing without such.
 */
export function findTracedCalls(db: SqlDriver): ReadonlyMap<number, TraceCaller> {
  db.exec(`
    DROP TABLE IF EXISTS temp.traced_call;
    DROP TABLE IF EXISTS temp.trace_caller;
    CREATE TEMP TABLE traced_call (call_id INTEGER PRIMARY KEY, owner INTEGER NOT NULL);
    CREATE TEMP TABLE trace_caller (id INTEGER PRIMARY KEY, user TEXT, agent TEXT);
    INSERT INTO trace_caller (user, agent) SELECT DISTINCT user, agent FROM (${OWNERS}) WHERE coalesce(user, agent) IS NOT NULL ORDER BY 1, 2;
    INSERT OR IGNORE INTO traced_call
      SELECT c.id, t.id FROM (${OWNERS}) o JOIN trace_caller t ON t.user IS o.user AND t.agent IS o.agent
        JOIN call c ON c.trace_id = o.trace_id JOIN source s ON s.id = c.source_id AND s.format = o.format`);
  addAgentCalls(db);
  const rows = db.prepare('SELECT id, user, agent FROM trace_caller').all<{ id: number; user: string | null; agent: string | null }>();
  return new Map(rows.map(({ id, user, agent }) => [id, { user: user ?? undefined, agent: agent ?? undefined }]));
}

/** Adds the calls that agents made within traces of several services, with callers of their own. */
function addAgentCalls(db: SqlDriver): void {
  const addCaller = db.prepare('INSERT INTO trace_caller (user, agent) VALUES (?, ?)');
  const findCaller = db.prepare('SELECT id FROM trace_caller WHERE user IS ? AND agent IS ?');
  const give = db.prepare('INSERT OR REPLACE INTO traced_call (call_id, owner) VALUES (?, ?)');
  const callers = new Map<string, number>();
  for (const { call, agent, user = null } of findAgentCalls(db)) {
    const name = JSON.stringify([agent, user]);
    let caller = callers.get(name) ?? findCaller.get<{ id: number }>(user, agent)?.id;
    caller ??= addCaller.run(user, agent).lastId;
    callers.set(name, caller);
    give.run(call, caller);
  }
}

/** SQL: what names the caller of a call beside its credential: a row of `term`, below 0 a caller of `findTracedCalls`, 0 for nothing. */
export const consumerOf = (call: string): string =>
  `ifnull((SELECT -told.owner FROM temp.traced_call told WHERE told.call_id = ${call}.id), ifnull(${call}.consumer_id, 0))`;
