import { detect, type Detected } from './detect.ts';

/** A tool as an MCP server lists it. */
export interface ListedTool {
  readonly name: string;
  readonly [member: string]: unknown;
}

const answer = (tools: readonly ListedTool[]): string => JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools } });
const HOST = 'tools.acme.test/mcp';

/** Words between the calls of a tool's life: who asked for which list when, and who called what. */
export interface ToolStep {
  readonly who: string;
  readonly host?: string;
  readonly lists?: readonly ListedTool[];
  readonly calls?: string;
}

/** Runs one detector over lists and calls of tools, a minute apart. */
export function detectTools(only: string, steps: readonly ToolStep[]): Promise<Detected> {
  const bodies: Record<string, string> = {};
  const lines = steps.map(({ who, host, lists, calls }, at) => {
    if (lists !== undefined) bodies[`har.har#${String(at + 1)}`] = answer(lists);
    const tool = lists === undefined ? `mcp:${calls ?? ''}` : 'rpc:tools/list';
    return `${String(at).padStart(2, '0')}:00 ${who} POST ${host ?? HOST} 200 in=har.har bytes=100 tool=${tool}`;
  });
  return detect([only], lines.join('\n'), { bodies });
}
