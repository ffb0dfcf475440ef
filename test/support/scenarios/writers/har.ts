import type { Exchange } from '../core/exchange.ts';
import type { Writer } from '../core/source.ts';

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const toPairs = (record: Readonly<Record<string, string>>): readonly { readonly name: string; readonly value: string }[] =>
  Object.entries(record).map(([name, value]) => ({ name, value }));

/** Bodies above this are cut, as recorders with a limit do. Units: UTF-16 units. */
const LONGEST_BODY = 60_000;

function toContent(exchange: Exchange): Readonly<Record<string, unknown>> {
  const text = exchange.responseBody === undefined ? undefined : JSON.stringify(exchange.responseBody);
  const mimeType = exchange.responseHeaders['content-type'] ?? 'application/json';
  if (text === undefined) return { size: exchange.responseBytes, mimeType };
  return { size: text.length, mimeType, text: text.slice(0, LONGEST_BODY) };
}

function toEntry(exchange: Exchange, start: number, micros: number, showsIds: boolean): unknown {
  const { trace } = exchange;
  const requestText = exchange.requestBody === undefined ? undefined : JSON.stringify(exchange.requestBody);
  const ids: Readonly<Record<string, string>> = {
    ...(showsIds ? { 'x-request-id': exchange.requestId } : {}),
    ...(trace === undefined || !showsIds ? {} : { traceparent: `00-${trace.traceId}-${trace.spanId}-01` }),
  };
  const time = Math.round(exchange.durationMs * 10) / 10;
  return {
    startedDateTime: `${new Date(Math.floor(start)).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}+00:00`,
    time,
    request: {
      method: exchange.method,
      url: `https://${exchange.host}${exchange.path}${exchange.query === '' ? '' : `?${exchange.query}`}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toPairs({ host: exchange.host, ...exchange.headers, ...ids }),
      queryString: toPairs(Object.fromEntries(new URLSearchParams(exchange.query))),
      headersSize: -1,
      bodySize: requestText?.length ?? 0,
      ...(requestText === undefined ? {} : { postData: { mimeType: 'application/json', text: requestText, params: [] } }),
    },
    response: {
      status: exchange.status,
      statusText: STATUS_TEXTS[exchange.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toPairs(exchange.responseHeaders),
      content: toContent(exchange),
      redirectURL: exchange.responseHeaders['location'] ?? '',
      headersSize: -1,
      bodySize: exchange.responseBytes,
    },
    cache: {},
    timings: { send: 1, wait: Math.max(0, time - 2), receive: 1 },
    serverIPAddress: exchange.to,
  };
}

/** What mitmproxy's `save.har` writes on an agent's host: microseconds, `+00:00`, whole bodies. */
export const agentHar: Writer = {
  format: 'har',
  shows: 'credential',
  orderedBy: 'start',
  frame: {
    head: '{"log":{"version":"1.2","creator":{"name":"mitmproxy","version":"12.1.2","comment":""},"pages":[],"entries":[\n',
    between: ',\n',
    tail: '\n]}}\n',
  },
  write: ({ exchange, start, random, showsIds }) => {
    // The way to the gateway and back.
    const lag = random.int(2, 6);
    return JSON.stringify(toEntry({ ...exchange, durationMs: exchange.durationMs + 2 * lag }, start - lag, random.int(0, 999), showsIds));
  },
};
