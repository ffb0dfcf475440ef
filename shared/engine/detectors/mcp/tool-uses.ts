import type { SqlDriver } from '../../store/driver.ts';
import { serverOf, SERVER_PARTS, type ServerParts } from './server-name.ts';

/** A call of a tool. */
export interface ToolUse {
  readonly id: number;
  /** Units: µs. */
  readonly time: number;
  readonly principal: number | null;
  readonly bytes: number | null;
}

/** Calls of one tool that are looked at. */
const MAX_USES = 20_000;

/** Calls of some tools, by `server` and name, in order of time; other sightings of the same call are left out. Cost: one walk over the calls. */
export function readUses(db: SqlDriver, names: readonly string[]): (server: string, name: string) => readonly ToolUse[] {
  const uses = new Map<string, ToolUse[]>();
  if (names.length > 0)
    for (const row of db
      .prepare(
        `SELECT c.id, ifnull(c.time, 0) AS time, f.principal_id AS principal, c.req_bytes AS bytes, t.value AS tool, ${SERVER_PARTS}
           FROM call c JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL JOIN term t ON t.id = c.tool_id
          WHERE c.tool_id IN (SELECT id FROM term WHERE value IN (SELECT 'mcp:' || value FROM json_each(?))) ORDER BY c.time, c.id`,
      )
      .iterate<ToolUse & ServerParts & { readonly tool: string }>(JSON.stringify(names))) {
      const key = `${serverOf(row)} ${row.tool}`;
      const list = uses.get(key) ?? [];
      uses.set(key, list);
      if (list.length < MAX_USES) list.push({ id: row.id, time: row.time, principal: row.principal, bytes: row.bytes });
    }
  return (server, name) => uses.get(`${server} mcp:${name}`) ?? [];
}
