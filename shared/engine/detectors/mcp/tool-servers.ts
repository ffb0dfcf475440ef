import type { SqlDriver } from '../../store/driver.ts';
import { serverOf, SERVER_PARTS, type ServerParts } from './server-name.ts';

/** How clients name a tool to a model that stands behind a server of their configuration. Source: Claude Code, "MCP tool names". */
const QUALIFIED = /^mcp__(.+?)__(.+)$/;

/** A tool as its server calls it. */
export interface ServedTool {
  readonly server: string;
  readonly name: string;
}

/**
 * Tells which MCP server a tool belongs to that a model was told of: the one to which the same program calls a tool of that name, else the one that its
 * name says. `undefined` for what a program brings along itself, and for a name that it calls at two servers.
 * Cost: one walk over the calls of tools.
 */
export function toolServers(db: SqlDriver): (service: string | undefined, tool: string) => ServedTool | undefined {
  const known = new Map<string, Set<string>>();
  for (const row of db
    .prepare(
      `SELECT DISTINCT t.value AS tool, c.host_id, c.path, c.service_id, c.source_id, ${SERVER_PARTS}
         FROM call c JOIN term t ON t.id = c.tool_id WHERE c.tool_id IN (SELECT id FROM term WHERE value GLOB 'mcp:*')`,
    )
    .iterate<ServerParts & { readonly tool: string }>()) {
    const key = JSON.stringify([row.service, row.tool.slice('mcp:'.length)]);
    const servers = known.get(key) ?? new Set();
    known.set(key, servers);
    servers.add(serverOf(row));
  }
  return (service, tool) => {
    const [, server, plain] = QUALIFIED.exec(tool) ?? [];
    if (server !== undefined && plain !== undefined) return { server, name: plain };
    const servers = known.get(JSON.stringify([service ?? null, tool]));
    const [only] = servers?.size === 1 ? servers : [];
    return only === undefined ? undefined : { server: only, name: tool };
  };
}
