import type { Exchange } from '../core/exchange.ts';
import type { Writer } from '../core/source.ts';
import { isFromBrowser, isPassedOn, toTarget, toTraceparent } from './parts.ts';
import { toClfTime, toIsoSeconds, toSeconds } from './stamps.ts';

const UNSAFE = /["\\]|[^\x20-\x7e]/g;

/** Bytes that nginx does not write as they are. Source: ngx_http_log_module, escape=default. */
const escapeField = (text: string): string =>
  text.replace(UNSAFE, (unit) => [...Buffer.from(unit)].map((byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''));

const toRequestLine = (exchange: Exchange): string => escapeField(`${exchange.method} ${toTarget(exchange)} ${versionOf(exchange)}`);

const versionOf = (exchange: Exchange): string => (isFromBrowser(exchange) ? 'HTTP/2.0' : 'HTTP/1.1');

/** NGINX's `combined`, in the zone that its machine has. Units: minutes east of UTC; a line is stamped when the request ends. */
export const nginxCombined = (zoneMinutes: number): Writer => ({
  format: 'access-combined',
  shows: 'network',
  orderedBy: 'end',
  write: ({ exchange, end }) => {
    const { from, status, responseBytes, headers } = exchange;
    const referer = escapeField(headers['referer'] ?? '-');
    const agent = escapeField(headers['user-agent'] ?? '-');
    return `${from} - - [${toClfTime(end, zoneMinutes)}] "${toRequestLine(exchange)}" ${String(status)} ${String(responseBytes)} "${referer}" "${agent}"`;
  },
});

/** Port of the programs behind. */
const UPSTREAM_PORT = 8080;

/**
 * An NGINX with `log_format … escape=json`, as its operators write such formats: numbers bare, upstream times quoted as they may be lists.
 * Units: minutes east of UTC; a line is stamped when the request ends.
 */
export const nginxJson = (zoneMinutes: number): Writer => ({
  format: 'json-access',
  shows: 'network',
  orderedBy: 'end',
  write: ({ exchange, end, random, showsIds }) => {
    const { from, host, status, responseBytes, requestBytes, headers, trace, to, durationMs } = exchange;
    const passed = isPassedOn(exchange);
    const quote = JSON.stringify;
    const ids = showsIds ? exchange.requestId.replaceAll('-', '') : '';
    const fields = [
      `"time_iso8601":"${toIsoSeconds(end, zoneMinutes)}"`,
      `"request_id":"${ids}"`,
      `"remote_addr":"${from}"`,
      `"host":${quote(host)}`,
      `"request_method":"${exchange.method}"`,
      `"request_uri":${quote(toTarget(exchange))}`,
      `"server_protocol":"${versionOf(exchange)}"`,
      `"status":${String(status)}`,
      `"request_length":${String(requestBytes + 260)}`,
      `"body_bytes_sent":${String(responseBytes)}`,
      `"request_time":${toSeconds(durationMs)}`,
      `"upstream_addr":"${passed ? `${to}:${String(UPSTREAM_PORT)}` : ''}"`,
      `"upstream_status":"${passed ? String(status) : ''}"`,
      `"upstream_response_time":"${passed ? toSeconds(Math.max(0, durationMs - random.int(0, 1))) : ''}"`,
      `"http_referer":${quote(headers['referer'] ?? '')}`,
      `"http_user_agent":${quote(headers['user-agent'] ?? '')}`,
      `"http_traceparent":"${trace !== undefined && showsIds ? toTraceparent(trace) : ''}"`,
    ];
    return `{${fields.join(',')}}`;
  },
});
