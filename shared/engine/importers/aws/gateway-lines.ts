import type { ReadOptions } from '../../../model/read-settings.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { LogRecord, Recognition, RecordReader } from '../importer.ts';
import { openSpelledFields } from '../read/record-fields.ts';
import { apiGatewayNotes, createNames, toGatewayCall } from './api-gateway.ts';

/** Lines of the head that vote. */
const VOTING_LINES = 50;
/** Share of the first lines that must have the shape. */
const NEEDED_SHARE = 0.6;

/**
 * A request id of API Gateway: a UUID for REST APIs, 15 characters and `=` for HTTP and WebSocket APIs, or the mark for one that a
 * client chose and that was not allowed.
 */
export const GATEWAY_ID = String.raw`(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[\w+/-]{15}=|\S{0,200}_REPLACED_INVALID_REQUEST_ID)`;

/**
 * True for what the presets have as the client: an address, `-`, or the console's word for a test. Anything else is a prefix of
 * another program in front of the line.
 */
export const isGatewayClient = (text: string): boolean =>
  text === '-' ||
  text === 'test-invoke-source-ip' ||
  /^[\d.]{7,15}$/.test(text) ||
  (/^[\da-fA-F.:]{2,45}$/.test(text) && text.includes(':'));

type Split = (line: string) => JsonObject | undefined;

/** Recognition of one of the line presets. */
export function recognizeGatewayLines(head: Uint8Array, split: Split, what: string): Recognition {
  const lines = headText(head)
    .split(/\r\n|\n|\r/, VOTING_LINES)
    .filter((line) => line.trim() !== '');
  const calls = lines.filter((line) => split(line) !== undefined).length;
  const why = `${String(calls)} of the first ${String(lines.length)} lines are ${what} of API Gateway`;
  return { strength: calls > 0 && calls / lines.length >= NEEDED_SHARE ? 'magic' : 'none', why };
}

/** What the line presets share: a line becomes the same names and values that the JSON preset has. */
export const gatewayLines = (split: Split) =>
  ({
    records: 'lines',
    independent: true,
    notes: apiGatewayNotes,
    isCertain: ({ text }: LogRecord) => split(text) !== undefined,
    open({ zoneOffsetMinutes }: ReadOptions): RecordReader {
      const toName = createNames();
      return ({ record, at, text }) => {
        const value = split(text);
        if (value === undefined) return undefined;
        return { kind: 'call', record, at, call: toGatewayCall(openSpelledFields([value], toName), text, zoneOffsetMinutes) };
      };
    },
  }) as const;

/** The method, resource and protocol of a preset; a WebSocket has an event, a route and a connection in their places. */
export function toRequestFields(first: string, second: string, third: string): JsonObject {
  if (third === '' || third.startsWith('HTTP/') || third.startsWith('WEBSOCKET')) {
    // An HTTP API has no resource: `$httpMethod $routeKey` is `GET GET /pets`.
    const route = second.startsWith(`${first} /`) || second.startsWith('ANY /') || second === '$default';
    return { httpMethod: first, ...(route ? { routeKey: second } : { resourcePath: second }), protocol: third };
  }
  return { eventType: first, routeKey: second, connectionId: third };
}
