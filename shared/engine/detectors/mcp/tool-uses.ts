import type { SqlDriver } from '../../store/driver.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';
import { serverOf, SERVER_PARTS, type ServerParts } from './server-name.ts';

/** A call of a tool. */
export interface ToolUse {
  readonly id: number;
  /** On the common clock. Units: µs. */
  readonly time: number;
  readonly principal: number | null;
  readonly bytes: number | null;
}

/** Calls of one tool that are looked at. */
const MAX_USES = 20_000;

type Row = Omit<ToolUse, 'time'> & ServerParts & { readonly sourceId: number; readonly time: number; readonly tool: string };

/**
 * Calls of some tools, by `server` and name, in order of time, each once: the sighting that stands for a call may be a gateway's, whose log keeps no
 * body and so knows of no tool. Cost: one walk over the calls.
 */
export function readUses(db: SqlDriver, names: readonly string[]): (server: string, name: string) => readonly ToolUse[] {
  const uses = new Map<string, Map<number, ToolUse>>();
  const clock = readCommonClock(db);
  if (names.length > 0)
    for (const row of db
      .prepare(
        `SELECT ifnull(f.same_as, c.id) AS id, c.source_id AS sourceId, ifnull(c.time, 0) AS time, f.principal_id AS principal, c.req_bytes AS bytes, t.value AS tool, ${SERVER_PARTS}
           FROM call c JOIN call_fact f ON f.call_id = c.id JOIN term t ON t.id = c.tool_id
          WHERE c.tool_id IN (SELECT id FROM term WHERE value IN (SELECT 'mcp:' || value FROM json_each(?))) ORDER BY f.same_as IS NOT NULL, c.time, c.id`,
      )
      .iterate<Row>(JSON.stringify(names))) {
      const key = `${serverOf(row)} ${row.tool}`;
      const known = uses.get(key) ?? new Map<number, ToolUse>();
      uses.set(key, known);
      if (known.size < MAX_USES && !known.has(row.id))
        known.set(row.id, { id: row.id, time: clock(row.sourceId, row.time), principal: row.principal, bytes: row.bytes });
    }
  const sorted = new Map([...uses].map(([key, known]) => [key, [...known.values()].sort((a, b) => a.time - b.time || a.id - b.id)]));
  return (server, name) => sorted.get(`${server} mcp:${name}`) ?? [];
}
