import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { guessEpochTime } from '../../../lib/iso-time.ts';
import { splitHostPort, splitPath } from '../../../lib/request-target.ts';
import { findHeader, toExtras, toStatus } from '../read/fields.ts';
import { toRawBody } from '../read/raw-body.ts';
import { toSocketText } from '../read/socket-body.ts';
import { toAddress, toDict, toFinite, toItems, toText } from './tnet-fields.ts';
import type { Tnet, TnetDict } from './tnetstring.ts';

/** What a later WebSocket flow needs of the call that opened it. */
export type Handshake = Pick<ImportedCall, 'scheme' | 'host' | 'port' | 'path' | 'query' | 'clientIp' | 'upstream' | 'requestHeaders'>;

/** The call of an HTTP flow; `undefined` when it has no request. */
export function toFlowCall(flow: TnetDict): ImportedCall | undefined {
  const request = toDict(flow.get('request'));
  if (request.size === 0) return undefined;
  const response = toDict(flow.get('response'));
  const requestHeaders = toHeaderPairs(request.get('headers'));
  const responseHeaders = toHeaderPairs(response.get('headers'));
  const messages = toItems(toDict(flow.get('websocket')).get('messages'));
  const started = toFinite(request.get('timestamp_start'));
  const ended = toFinite(response.get('timestamp_end'));
  return {
    ...toTime(started),
    durationMs: started === undefined || ended === undefined || ended < started ? undefined : toMillis(started, ended),
    method: toText(request.get('method')),
    scheme: toText(request.get('scheme')),
    ...toHost(request, requestHeaders),
    ...splitPath(toText(request.get('path')) ?? ''),
    // Before version 0.12 the members were called code and msg.
    status: toStatus(response.get('status_code') ?? response.get('code')),
    reqBytes: lengthOf(request.get('content')),
    resBytes: lengthOf(response.get('content')),
    ...toConnections(flow, request),
    forwardedFor: findHeader(requestHeaders, 'x-forwarded-for'),
    userAgent: findHeader(requestHeaders, 'user-agent'),
    referer: findHeader(requestHeaders, 'referer'),
    requestHeaders,
    responseHeaders,
    requestBody: toSocketBody(messages, true) ?? toBody(request, requestHeaders),
    responseBody: toSocketBody(messages, false) ?? toBody(response, responseHeaders),
    contentType: findHeader(responseHeaders, 'content-type'),
    redirectUrl: findHeader(responseHeaders, 'location'),
    timings: toTimings(request, response),
    extras: toFlowExtras(flow, request, response, messages.length),
  };
}

/**
 * The messages of a WebSocket, which formats before 11 keep as a flow of their own. Its handshake is another flow and a call of
 * its own; this one has the messages only, and no status.
 */
export function toSocketCall(flow: TnetDict, handshake: Handshake | undefined): ImportedCall {
  const messages = toItems(flow.get('messages'));
  const server = toAddress(toDict(flow.get('server_conn')).get('address'));
  const times = messages.map((message) => toFinite(toItems(message)[3])).filter((time) => time !== undefined);
  const started = times[0] ?? toFinite(toDict(flow.get('server_conn')).get('timestamp_start'));
  const ended = times.at(-1);
  return {
    ...toTime(started),
    durationMs: started === undefined || ended === undefined || ended < started ? undefined : toMillis(started, ended),
    method: 'GET',
    ...toConnections(flow, new Map()),
    ...(handshake ?? server),
    scheme: handshake?.scheme === 'https' ? 'wss' : 'ws',
    requestBody: toSocketBody(messages, true),
    responseBody: toSocketBody(messages, false),
    extras: toExtras([
      ['websocket-messages', String(messages.length)],
      ['handshake', handshakeIdOf(flow)],
      ['close-code', toText(flow.get('close_code')) ?? toFinite(flow.get('close_code'))?.toString()],
      ...toFlowMarks(flow),
    ]),
  };
}

/** The id of the flow that opened a WebSocket. */
export const handshakeIdOf = (flow: TnetDict): string | undefined => toText(toDict(flow.get('metadata')).get('websocket_handshake'));

function toTime(seconds: number | undefined): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'> {
  if (seconds === undefined) return { timeKind: 'unknown', zoneKnown: false };
  // Seconds and their fraction apart: multiplied together, a double loses the last microsecond.
  const whole = Math.floor(seconds);
  const guess = guessEpochTime(whole * 1_000_000 + Math.round((seconds - whole) * 1_000_000));
  return { time: guess?.unit === 'µs' ? guess.time : undefined, timeText: String(seconds), timeKind: 'start', zoneKnown: true };
}

/** Differences of seconds in doubles, without the noise below a microsecond. */
const toMillis = (from: number, to: number): NonNullable<ImportedCall['durationMs']> =>
  durationMs(Math.round((to - from) * 1_000_000) / 1000);

/** Pairs of bytes. HTTP/2's pseudo-headers (`:authority`), which old formats list, say what the request's own members say. */
function toHeaderPairs(value: Tnet | undefined): readonly Header[] | undefined {
  const headers = toItems(value).flatMap((pair): Header[] => {
    const [rawName, rawValue] = toItems(pair);
    const name = toText(rawName);
    if (name === undefined || name.startsWith(':')) return [];
    return [[name, rawValue instanceof Uint8Array || typeof rawValue === 'string' ? (toText(rawValue) ?? '') : '']];
  });
  return headers.length === 0 ? undefined : headers;
}

const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$|:/;

/** In transparent mode the host is an address; the name is what the client asked for. */
function toHost(request: TnetDict, headers: readonly Header[] | undefined): Pick<ImportedCall, 'host' | 'port'> {
  const host = toText(request.get('host'));
  const port = toFinite(request.get('port'));
  const asked = toText(request.get('authority')) ?? findHeader(headers, 'host');
  const named = asked === undefined ? undefined : splitHostPort(asked).host;
  return { host: host === undefined || (ADDRESS.test(host) && named !== undefined) ? (named ?? host) : host, port };
}

function toConnections(flow: TnetDict, request: TnetDict): Pick<ImportedCall, 'clientIp' | 'upstream'> {
  // Version 0.10 keeps the client inside of the request.
  const client = toDict(flow.get('client_conn') ?? request.get('client_conn'));
  const server = toDict(flow.get('server_conn'));
  const { host, port } = toAddress(server.get('peername') ?? server.get('ip_address') ?? server.get('address'));
  const printed = host?.includes(':') === true ? `[${host}]` : host;
  return {
    clientIp: toAddress(client.get('peername') ?? client.get('address')).host,
    upstream: printed === undefined || port === undefined ? printed : `${printed}:${String(port)}`,
  };
}

const lengthOf = (content: Tnet | undefined): number | undefined => (content instanceof Uint8Array ? content.length : undefined);

function toBody(message: TnetDict, headers: readonly Header[] | undefined): ImportedBody | undefined {
  const content = message.get('content');
  if (content instanceof Uint8Array) return toRawBody(content, headers);
  if (message.size === 0 || content !== null) return undefined;
  const mime = findHeader(headers, 'content-type');
  return { text: undefined, mime, encoding: 'text', bytes: undefined, note: 'the body was streamed and not stored' };
}

/** `[opcode, from client, content, time, …]`; opcode 1 is text, whether it stands as bytes or as text. */
function toSocketBody(messages: readonly Tnet[], fromClient: boolean): ImportedBody | undefined {
  return toSocketText(
    messages
      .map(toItems)
      .filter((message) => message[1] === fromClient)
      .map((message) => (message[0] === 1 || typeof message[2] === 'string' ? (toText(message[2]) ?? '') : undefined)),
  );
}

function toTimings(request: TnetDict, response: TnetDict): ImportedCall['timings'] {
  const times = [
    request.get('timestamp_start'),
    request.get('timestamp_end'),
    response.get('timestamp_start'),
    response.get('timestamp_end'),
  ].map(toFinite);
  const timings = ['send', 'wait', 'receive'].flatMap((phase, at): [string, number][] => {
    const from = times[at];
    const to = times[at + 1];
    return from === undefined || to === undefined || to < from ? [] : [[phase, toMillis(from, to)]];
  });
  return timings.length === 0 ? undefined : timings;
}

type Pair = readonly [name: string, value: string | undefined];

function toFlowMarks(flow: TnetDict): readonly Pair[] {
  const marked = flow.get('marked');
  const client = toDict(flow.get('client_conn'));
  const server = toDict(flow.get('server_conn'));
  return [
    ['flow', toText(flow.get('id'))],
    ['mode', toText(flow.get('mode')) ?? toText(client.get('proxy_mode'))],
    ['comment', toText(flow.get('comment'))],
    ['marked', marked === true ? 'true' : toText(marked)],
    [
      'tls',
      [toText(server.get('tls_version')), toText(server.get('cipher')) ?? toText(server.get('cipher_name'))]
        .filter((part) => part !== undefined)
        .join(' ') || undefined,
    ],
    ['sni', toText(server.get('sni')) ?? toText(client.get('sni'))],
    // The operator of the proxy changed the flow: what is here is not what was sent.
    ['changed-in-proxy', toDict(flow.get('backup')).size > 0 ? 'true' : undefined],
    ['replayed', flow.get('is_replay') === true ? 'true' : toText(flow.get('is_replay'))],
  ];
}

function toFlowExtras(flow: TnetDict, request: TnetDict, response: TnetDict, messages: number): ImportedCall['extras'] {
  const version = request.get('http_version') ?? request.get('httpversion');
  return toExtras([
    ['http-version', toText(version) ?? (toItems(version).length === 0 ? undefined : `HTTP/${toItems(version).map(String).join('.')}`)],
    ['status-text', toText(response.get('reason')) ?? toText(response.get('msg'))],
    ['error', toText(toDict(flow.get('error')).get('msg'))],
    ['websocket-messages', messages === 0 ? undefined : String(messages)],
    ...toFlowMarks(flow),
  ]);
}
