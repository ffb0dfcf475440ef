import type { Exchange } from '../core/exchange.ts';
import type { Writer } from '../core/source.ts';
import { CUT_BODIES, toMessages } from './har-entry.ts';
import { toTraceparent } from './parts.ts';
import { toIsoMicros } from './stamps.ts';

function toEntry(exchange: Exchange, start: number, showsIds: boolean, cutsBody: boolean): unknown {
  const { trace, host, headers, requestId, responseHeaders, responseBytes } = exchange;
  const ids: Readonly<Record<string, string>> = {
    ...(showsIds ? { 'x-request-id': requestId } : {}),
    ...(trace === undefined || !showsIds ? {} : { traceparent: toTraceparent(trace) }),
  };
  const time = Math.round(exchange.durationMs * 10) / 10;
  return {
    startedDateTime: `${toIsoMicros(start)}+00:00`,
    time,
    ...toMessages(exchange, {
      httpVersion: 'HTTP/1.1',
      hasStatusText: true,
      requestHeaders: { host, ...headers, ...ids },
      responseHeaders,
      keepsBody: true,
      cutsBody,
      bodySize: responseBytes,
    }),
    cache: {},
    timings: { send: 1, wait: Math.max(0, time - 2), receive: 1 },
    serverIPAddress: exchange.to,
  };
}

/** What mitmproxy's `save.har` writes on an agent's host: microseconds, `+00:00`, whole bodies. */
export const agentHar: Writer = {
  format: 'har',
  shows: 'credential',
  isDocument: true,
  orderedBy: 'start',
  frame: {
    head: '{"log":{"version":"1.2","creator":{"name":"mitmproxy","version":"12.1.2","comment":""},"pages":[],"entries":[\n',
    between: ',\n',
    tail: '\n]}}\n',
  },
  write: ({ exchange, start, random, showsIds }) => {
    // The way to the gateway and back.
    const lag = random.int(2, 6);
    return JSON.stringify(
      toEntry({ ...exchange, durationMs: exchange.durationMs + 2 * lag }, start - lag, showsIds, random.chance(CUT_BODIES)),
    );
  },
};
