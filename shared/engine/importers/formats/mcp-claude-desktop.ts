import { headText } from '../../../lib/text-bytes.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { readDesktopLine, readDesktopMessage } from '../mcp/desktop-line.ts';
import { createRpcReader, type LoggedMessage } from '../mcp/rpc-reader.ts';
import { toIssue } from '../read/reading.ts';
import { readStamp } from '../read/stamp.ts';

/** Lines of the head that are looked at: a server's start-up may print a page before the first message. */
const LOOKED_AT = 200;

/**
 * The logs that Claude Desktop keeps of its MCP servers: `mcp.log`, and `mcp-server-NAME.log` with the server's error stream between.
 * Source: log lines in public repositories, versions of 2025 and 2026. Behind the JSON stands ` { metadata: undefined }`, and of
 * long messages only the two ends are kept, around `...[11759 chars truncated]...`.
 */
export const mcpClaudeDesktop = {
  id: 'mcp-claude-desktop',
  title: 'MCP log of Claude Desktop',
  extensions: ['.log'],
  holds:
    'time, method, tool, arguments and results of every call, durations, errors, server and client names; long messages only with their two ends',
  recognize(head) {
    const lines = headText(head)
      .split(/\r\n|\n|\r/, LOOKED_AT)
      .flatMap((line) => readDesktopLine(line) ?? []);
    const messages = lines.filter(({ text }) => readDesktopMessage(text) !== undefined).length;
    if (messages > 0)
      return {
        strength: 'magic',
        why: `${String(messages)} of the first lines are "Message from" client or server, as Claude Desktop logs MCP`,
      };
    const starts = lines.filter(({ text }) =>
      /^(?:Initializing server|Server started and connected|Server transport closed)/.test(text),
    ).length;
    return starts > 0 && starts / lines.length >= 0.3
      ? { strength: 'shape', why: 'lines about starting an MCP server, as Claude Desktop writes them' }
      : { strength: 'none', why: 'no lines of Claude Desktop about MCP messages' };
  },
  records: 'lines',
  shape: 'not a line of Claude Desktop',
  independent: false,
  isCertain: ({ text }) => {
    const line = readDesktopLine(text);
    return line !== undefined && readDesktopMessage(line.text) !== undefined;
  },
  open: (options) => createRpcReader(options, (record) => readRecord(record, options.zoneOffsetMinutes)),
  notes: ['The path /mcp and the method POST stand for calls that no HTTP carried.'],
} as const satisfies RecordImporter;

function readRecord(record: LogRecord, zoneOffsetMinutes: number): readonly LoggedMessage[] | Imported {
  const line = readDesktopLine(record.text);
  if (line === undefined) return toIssue('skip', 'NOT_HTTP', 'a line of the error stream of an MCP server', record, record.text);
  const found = readDesktopMessage(line.text);
  if (found === undefined)
    return toIssue('skip', 'NOT_HTTP', 'a message about an MCP server, not between it and its client', record, record.text);
  if (found === 'unreadable') return toIssue('reject', 'JSON_SYNTAX', 'a JSON-RPC message that cannot be read', record, record.text);
  return [{ ...found, stamp: readStamp(line.time, 'start', zoneOffsetMinutes), server: line.server }];
}
