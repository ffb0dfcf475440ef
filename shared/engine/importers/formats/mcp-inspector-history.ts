import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { durationMs } from '../../../model/units.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { isRequest, readMessage, type Side } from '../mcp/messages.ts';
import { readRpcFields, toRpcBody } from '../mcp/rpc-fields.ts';
import { toExtras, toKnownText, toNumber } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/**
 * The history that MCP Inspector exports: a list of messages, each with its answer.
 * Source: exports in the repository modelcontextprotocol/inspector, 2026.
 */
export const mcpInspectorHistory = {
  id: 'mcp-inspector-history',
  title: 'MCP Inspector history export',
  extensions: ['.json'],
  holds: 'time, duration, method, tool, arguments and results of every call, errors; no HTTP status, headers or addresses',
  recognize: (head) =>
    HEAD_DIRECTION.test(headText(head))
      ? recognizeByKeys(head, 'a history of MCP Inspector', (keys) =>
          keys.has('timestamp') &&
          keys.has('direction') &&
          keys.has('message') &&
          (keys.has('message.jsonrpc') || keys.has('message.method'))
            ? 'certain'
            : undefined,
        )
      : { strength: 'none', why: 'no direction in the words of MCP Inspector' },
  records: 'json',
  shape: 'not a message of MCP Inspector',
  independent: true,
  isCertain: ({ value }) =>
    isJsonObject(value) && isDirection(value['direction']) && isJsonObject(value['message']) && value['message']['jsonrpc'] === '2.0',
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
  notes: ['The path /mcp and the method POST stand for calls whose HTTP side the history does not tell.'],
} as const satisfies RecordImporter;

/** What Inspector says of a message. Trap: proxies that name the two sides here, `client->server`, write the answer as a record of its own. */
const HEAD_DIRECTION = /"direction"\s*:\s*"(?:request|response|notification)"/;
const isDirection = (value: Json | undefined): boolean => value === 'request' || value === 'response' || value === 'notification';

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !isDirection(value['direction'])) return undefined;
  const sent = isJsonObject(value['message']) ? value['message'] : undefined;
  const message = sent === undefined ? undefined : readMessage(sent);
  if (sent === undefined || message === undefined) return toIssue('reject', 'FIELD_MISSING', 'no JSON-RPC message', record, text);
  const replied = isJsonObject(value['response']) ? value['response'] : undefined;
  const reply = replied === undefined ? undefined : readMessage(replied);
  const request = isRequest(message) ? message : undefined;
  const answer = isRequest(message) ? (reply === undefined || isRequest(reply) ? undefined : reply) : message;
  const origin = toKnownText(value['origin']);
  const fields = readRpcFields(request, answer, origin === 'client' || origin === 'server' ? (origin satisfies Side) : undefined);
  const taken = toNumber(value['duration']);
  return {
    kind: 'call',
    record: record.record,
    at: record.at,
    call: {
      ...readStamp(value['timestamp'], request === undefined ? 'end' : 'start', zoneOffsetMinutes),
      durationMs: taken === undefined || taken < 0 ? undefined : durationMs(taken),
      method: 'POST',
      path: '/mcp',
      requestBody: request === undefined ? undefined : toRpcBody(JSON.stringify(sent)),
      responseBody: toAnswerBody(request === undefined ? sent : replied),
      consumer: fields.client,
      traceId: fields.traceId,
      parentSpanId: fields.parentSpanId,
      service: fields.server,
      route: fields.route,
      tool: fields.tool,
      extras: toExtras([...fields.extras, ['inspector-id', toKnownText(value['id'])]]),
      rawText: text,
    },
  };
}

const toAnswerBody = (answer: JsonObject | undefined): ReturnType<typeof toRpcBody> | undefined =>
  answer === undefined ? undefined : toRpcBody(JSON.stringify(answer));
