import { isJsonObject } from '../../../lib/json.ts';
import type { RecordImporter } from '../importer.ts';
import { findLoggedMessage } from '../mcp/logged-json.ts';
import { isMcpMethod, isRequest } from '../mcp/messages.ts';
import { recognizeMessages } from '../mcp/recognize-messages.ts';
import { createRpcReader } from '../mcp/rpc-reader.ts';
import { toIssue } from '../read/reading.ts';

/**
 * MCP messages as JSON: what a tee between client and server writes down, proxies that add a time and a direction, lists of
 * messages, and single messages in files of their own.
 * Source: MCP schema of 2024-11-05 to 2026-07-28; mcp-debug's session files; logs of servers on the Python SDK, which name methods
 * `call_tool`. Batches are lists in one line (protocol 2025-03-26): each of their messages counts for itself.
 */
export const mcpJsonrpcLines = {
  id: 'mcp-jsonrpc-lines',
  title: 'MCP messages (JSON-RPC)',
  extensions: ['.jsonl', '.json', '.log', '.ndjson'],
  holds:
    'method, tool, arguments and results of every call, errors, client and server names, durations where messages have times; no HTTP status and no addresses, for no HTTP carried them',
  recognize: recognizeMessages,
  records: 'json',
  shape: 'not a JSON-RPC message',
  independent: false,
  isCertain: ({ value }) => {
    if (!isJsonObject(value) || value['jsonrpc'] !== '2.0') return false;
    const logged = findLoggedMessage(value, '', 0);
    if (logged === undefined) return false;
    return isRequest(logged.message)
      ? isMcpMethod(logged.message)
      : logged.message.error !== undefined || isJsonObject(logged.message.result);
  },
  open: (options) =>
    createRpcReader(options, (record) => {
      const { value, text } = record;
      if (isJsonObject(value)) {
        const logged = findLoggedMessage(value, text, options.zoneOffsetMinutes);
        return logged === undefined ? undefined : [logged];
      }
      if (!Array.isArray(value)) return undefined;
      const batch = value.flatMap((one) =>
        isJsonObject(one) ? (findLoggedMessage(one, JSON.stringify(one), options.zoneOffsetMinutes) ?? []) : [],
      );
      return batch.length > 0 ? batch : toIssue('reject', 'FIELD_TYPE', 'a list without JSON-RPC messages', record, text);
    }),
  notes: ['The path /mcp and the method POST stand for calls that no HTTP carried.'],
} as const satisfies RecordImporter;
