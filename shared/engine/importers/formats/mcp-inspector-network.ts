import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import type { ImportedBody, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { findAnswer, readBodyMessages } from '../mcp/http-body.ts';
import { isRequest, type RpcRequest } from '../mcp/messages.ts';
import { readRpcFields } from '../mcp/rpc-fields.ts';
import { findHeader, toExtras, toHeaders, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';
import { readStamp } from '../read/stamp.ts';

/**
 * The network view that MCP Inspector exports: a list of HTTP requests with their answers.
 * Source: exports in the repository modelcontextprotocol/inspector, 2026. Headers are objects, bodies strings; an answer that is
 * a stream of events holds several messages.
 */
export const mcpInspectorNetwork = {
  id: 'mcp-inspector-network',
  title: 'MCP Inspector network export',
  extensions: ['.json'],
  holds: 'time, duration, URL, status, headers and bodies of every HTTP request, with MCP method, tool, errors and program names',
  recognize: (head) =>
    recognizeByKeys(head, 'a network export of MCP Inspector', (keys) =>
      ['timestamp', 'method', 'url', 'requestHeaders'].every((key) => keys.has(key)) &&
      (keys.has('category') || keys.has('responseStatusText'))
        ? 'certain'
        : undefined,
    ),
  records: 'json',
  shape: 'not a request of MCP Inspector',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && 'requestHeaders' in value && 'category' in value && typeof value['url'] === 'string',
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value) || !('requestHeaders' in value || 'responseHeaders' in value)) return undefined;
  if (toKnownText(value['url']) === undefined && toKnownText(value['method']) === undefined)
    return toIssue('reject', 'FIELD_MISSING', 'neither URL nor method', record, text);
  return { kind: 'call', record: record.record, at: record.at, call: toCall(value, text, zoneOffsetMinutes) };
}

function toCall(value: JsonObject, text: string, zoneOffsetMinutes: number): ImportedCall {
  const requestHeaders = toHeaders(value['requestHeaders']);
  const responseHeaders = toHeaders(value['responseHeaders']);
  const taken = toNumber(value['duration']);
  const { scheme, host, port, path, query } = splitUrl(toKnownText(value['url']) ?? '');
  const asked = readBodyMessages(toKnownText(value['requestBody'])).find((message): message is RpcRequest => isRequest(message));
  const came = readBodyMessages(toKnownText(value['responseBody']));
  const fields = asked === undefined ? undefined : readRpcFields(asked, asked.id === undefined ? undefined : findAnswer(came, asked.id));
  return {
    ...readStamp(value['timestamp'], 'start', zoneOffsetMinutes),
    durationMs: taken === undefined || taken < 0 ? undefined : durationMs(taken),
    method: toKnownText(value['method']),
    scheme,
    host,
    port,
    path,
    query,
    status: toStatus(value['responseStatus']),
    userAgent: findHeader(requestHeaders, 'user-agent'),
    requestHeaders,
    responseHeaders,
    requestBody: toBody(value['requestBody'], findHeader(requestHeaders, 'content-type')),
    responseBody: toBody(value['responseBody'], findHeader(responseHeaders, 'content-type')),
    traceId: fields?.traceId,
    parentSpanId: fields?.parentSpanId,
    service: fields?.server ?? (host === undefined || port === undefined ? host : `${host}:${String(port)}`),
    route: fields?.route,
    tool: fields?.tool,
    contentType: findHeader(responseHeaders, 'content-type'),
    extras: toExtras([
      ...(fields?.extras ?? []),
      ['status-text', toKnownText(value['responseStatusText'])],
      ['category', toKnownText(value['category'])],
      ['error', toKnownText(value['error'])],
      ['messages-received', came.length > 1 ? String(came.length) : undefined],
      ['inspector-id', toKnownText(value['id'])],
    ]),
    rawText: text,
  };
}

function toBody(body: Json | undefined, mime: string | undefined): ImportedBody | undefined {
  return typeof body !== 'string' || body === '' ? undefined : { text: body, mime, encoding: 'text', bytes: undefined, note: undefined };
}
