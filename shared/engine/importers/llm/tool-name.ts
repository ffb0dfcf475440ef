import type { ImportedCall } from '../../../model/call.ts';
import { toMcpTool } from '../../../model/mcp-tool.ts';

/**
 * How the call of a tool names it. A tool of an MCP server is that server's: `server` says which, or the name does, as Claude's programs
 * write it: `mcp__files__read_text` is the tool `read_text` of the server `files`. Whose the others are, nothing says.
 */
export function toToolFields(name: string, server: string | undefined): Pick<ImportedCall, 'tool' | 'service' | 'route'> {
  const [, named, inner] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  const [service, tool] = named === undefined || inner === undefined ? [server, name] : [named, inner];
  if (service === undefined) return { tool: `tool:${name}`, route: name };
  return { tool: toMcpTool(tool), service, route: `tools/call:${tool}` };
}
