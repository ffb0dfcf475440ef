import type { Header, ImportedCall } from '../../model/call.ts';
import { toMcpTool } from '../../model/mcp-tool.ts';
import { base64Decoded } from './value-forms.ts';

/** What a header or column of an MCP gateway tells. `name` is a tool, a prompt or a resource, as the method says. */
type Role = 'method' | 'tool' | 'name' | 'kind' | 'prompt' | 'resource' | 'server';

/** Which headers and columns one gateway writes. */
interface McpPreset {
  readonly id: string;
  readonly source: string;
  /** Lower case, `-` for `_`. */
  readonly names: Readonly<Record<string, Role>>;
}

/**
 * The headers by which gateways and the protocol itself tell what an MCP request does, so that logs without bodies show the tool.
 * Checked on 2026-11-22; gateways change their names, the newest win by standing first. To add one: an entry here.
 */
export const mcpPresets: readonly McpPreset[] = [
  {
    id: 'mcp',
    source: 'MCP 2026-07-28, Streamable HTTP: Mcp-Method on every request, Mcp-Name with tools/call, resources/read and prompts/get',
    names: { 'mcp-method': 'method', 'mcp-name': 'name' },
  },
  {
    id: 'kuadrant',
    source: 'Kuadrant MCP Gateway, routing headers and the columns of its audit log guide (mcp_method, mcp_tool_name, mcp_server_name)',
    names: {
      'x-mcp-method': 'method',
      'x-mcp-toolname': 'tool',
      'x-mcp-promptname': 'prompt',
      'x-mcp-servername': 'server',
      'mcp-tool-name': 'tool',
      'mcp-server-name': 'server',
    },
  },
  {
    id: 'kagenti',
    source: "kagenti/mcp-gateway, docs/design/overview.md: the names before it became Kuadrant's",
    names: { 'x-mcp-tool': 'tool', 'x-destination-mcp': 'server' },
  },
  {
    id: 'envoy-ai-gateway',
    source: 'Envoy AI Gateway, header-to-metadata rules of its MCP listener and the metadata keys that access logs name',
    names: {
      'x-ai-eg-mcp-metadata-method': 'method',
      'x-ai-eg-mcp-metadata-tool-name': 'tool',
      'x-ai-eg-mcp-metadata-resource-uri': 'resource',
      'x-ai-eg-mcp-backend': 'server',
      'mcp-resource-uri': 'resource',
      'mcp-backend': 'server',
    },
  },
  {
    id: 'tyk',
    source: 'Tyk Gateway, "MCP Gateway Access Logs": mcp_method, mcp_primitive_type, mcp_primitive_name',
    names: { 'mcp-primitive-type': 'kind', 'mcp-primitive-name': 'name' },
  },
];

const roles: ReadonlyMap<string, Role> = new Map(mcpPresets.flatMap(({ names }) => Object.entries(names)).reverse());

/** What headers and columns tell about an MCP request. */
export interface McpFields {
  readonly method: string | undefined;
  readonly tool: string | undefined;
  readonly server: string | undefined;
  /** `tools/call:search`, as importers of whole messages write it. */
  readonly route: string | undefined;
}

/** Reads the names of every preset out of request headers and out of columns that a log format added. `undefined`: none is there. */
export function readMcpHeaders(headers: readonly Header[] | undefined, columns: readonly Header[] | undefined): McpFields | undefined {
  const found: Partial<Record<Role, string>> = {};
  for (const [name, value] of headers ?? []) take(found, name, value);
  for (const [name, value] of columns ?? []) take(found, name, value);
  const { method, kind, name, server, prompt, resource } = found;
  if (method === undefined && found.tool === undefined && name === undefined) return undefined;
  // A name without its method is a tool's, save that resources are URLs.
  const isTool = kind === undefined ? (method === undefined ? name?.includes('://') !== true : method === 'tools/call') : kind === 'tool';
  const toolName = found.tool ?? (isTool ? name : undefined);
  const tool = toolName === undefined || (method !== undefined && method !== 'tools/call') ? undefined : toMcpTool(toolName);
  const named = tool === undefined ? (method === 'prompts/get' ? (prompt ?? name) : undefined) : toolName;
  const does = method ?? (tool === undefined ? (resource === undefined ? undefined : 'resources/read') : 'tools/call');
  return { method: does, tool, server, route: does === undefined || named === undefined ? does : `${does}:${named}` };
}

function take(found: Partial<Record<Role, string>>, name: string, value: string): void {
  // Nearly no header of a log has to do with MCP: the others cost one look.
  if (!MCP.test(name) || value === '' || value === '-') return;
  const role = roles.get(
    name
      .toLowerCase()
      .replaceAll('_', '-')
      .replace(/^(?:http|req|request)-/, ''),
  );
  if (role !== undefined) found[role] ??= decodeMcpHeader(value);
}

const MCP = /mcp/i;
const SENTINEL = /^=\?base64\?([A-Za-z0-9+/=_-]*)\?=$/;

/** The value behind `=?base64?…?=`, in which MCP clients send what no header may hold. */
export function decodeMcpHeader(value: string): string {
  const encoded = SENTINEL.exec(value)?.[1];
  return encoded === undefined ? value : (base64Decoded(encoded) ?? value);
}

/** On calls whose tool or method only headers tell: arguments and results are not in the evidence. */
const HEADERS_ONLY: Header = ['mcp', 'headers only'];

/** Marks the extras of a call that `mcp` was read from, unless its message itself is in the evidence. */
export function markHeadersOnly(
  extras: readonly Header[] | undefined,
  { requestBody }: Pick<ImportedCall, 'requestBody'>,
  mcp: McpFields | undefined,
): readonly Header[] | undefined {
  return mcp === undefined || (requestBody?.text ?? '') !== '' ? extras : [...(extras ?? []), HEADERS_ONLY];
}
