import type { Random } from '../../large/random.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Writer } from '../core/source.ts';
import { CUT_BODIES, toMessages } from './har-entry.ts';
import { toTarget, toTraceparent } from './parts.ts';
import { toIsoMillis } from './stamps.ts';

/** One tab whose traffic somebody exported. */
export interface BrowserTab {
  /** Pages of this host are documents; requests to others are made by its script. */
  readonly pageHost: string;
  /** When the tab was opened. Units: epoch ms. */
  readonly openedAt: number;
  /** Address that the names of the hosts lead to. */
  readonly edge: string;
}

/** Hints about itself that Chrome sends with every request. */
const HINTS: Readonly<Record<string, string>> = {
  'accept-encoding': 'gzip, deflate, br, zstd',
  'sec-ch-ua': '"Google Chrome";v="141", "Not?A_Brand";v="8", "Chromium";v="141"',
  'sec-ch-ua-mobile': '?0',
  'sec-ch-ua-platform': '"Windows"',
};

function toRequestHeaders(exchange: Exchange, { pageHost }: BrowserTab, showsIds: boolean): Readonly<Record<string, string>> {
  const { method, host, headers, trace } = exchange;
  const isPage = host === pageHost;
  const all: Readonly<Record<string, string>> = {
    ...HINTS,
    ...headers,
    ...(isPage
      ? { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'upgrade-insecure-requests': '1' }
      : { origin: `https://${pageHost}` }),
    'sec-fetch-dest': isPage ? 'document' : 'empty',
    'sec-fetch-mode': isPage ? 'navigate' : 'cors',
    'sec-fetch-site': isPage ? 'same-origin' : 'same-site',
    ...(trace === undefined || !showsIds ? {} : { traceparent: toTraceparent(trace) }),
  };
  // Chrome lists headers by name, those that HTTP/2 puts before them first.
  const sorted = Object.entries(all).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return { ':authority': host, ':method': method, ':path': toTarget(exchange), ':scheme': 'https', ...Object.fromEntries(sorted) };
}

/** Phases of one request; −1 for those that an open connection has no need of. Units: ms. */
function toTimings(random: Random, total: number) {
  const isNew = random.chance(0.06);
  const blocked = Math.min(total * 0.1, 0.5 + random.next() * 3);
  const dns = isNew ? total * 0.02 : -1;
  const connect = isNew ? total * 0.2 : -1;
  const send = 0.1 + random.next() * 0.2;
  const receive = Math.min(total * 0.1, 0.4 + random.next() * 2);
  const used = blocked + (isNew ? dns + connect : 0) + send + receive;
  return {
    blocked,
    dns,
    ssl: isNew ? total * 0.14 : -1,
    connect,
    send,
    wait: Math.max(0, total - used),
    receive,
    _blocked_queueing: blocked * 0.6,
  };
}

/** The script frame that a `fetch` of the page came from. */
function toInitiator({ host }: Exchange, { pageHost }: BrowserTab): unknown {
  if (host === pageHost) return { type: 'other' };
  const url = `https://${pageHost}/assets/app-4b1f09c2.js`;
  return { type: 'script', stack: { callFrames: [{ functionName: 'request', scriptId: '14', url, lineNumber: 0, columnNumber: 48_213 }] } };
}

function toEntry(exchange: Exchange, tab: BrowserTab, start: number, total: number, random: Random, showsIds: boolean): unknown {
  const isPage = exchange.host === tab.pageHost;
  const responseHeaders = {
    ...exchange.responseHeaders,
    'content-length': String(exchange.responseBytes),
    date: new Date(Math.floor(exchange.at)).toUTCString(),
    ...(isPage ? { 'content-type': 'text/html; charset=utf-8' } : {}),
    // The gateway echoes the id that it gave to the request.
    ...(showsIds && !isPage ? { 'x-request-id': exchange.requestId } : {}),
  };
  const { request, response } = toMessages(exchange, {
    httpVersion: 'http/2.0',
    hasStatusText: false,
    requestHeaders: toRequestHeaders(exchange, tab, showsIds),
    responseHeaders,
    keepsBody: !isPage,
    cutsBody: random.chance(CUT_BODIES),
    bodySize: -1,
  });
  const timings = toTimings(random, total);
  return {
    _connectionId: String(40_000 + random.int(0, 12)),
    _initiator: toInitiator(exchange, tab),
    _priority: isPage ? 'VeryHigh' : 'High',
    _resourceType: isPage ? 'document' : 'fetch',
    cache: {},
    connection: '443',
    pageref: 'page_1',
    request,
    response: { ...response, _transferSize: exchange.responseBytes + 190, _error: null, _fetchedViaServiceWorker: false },
    serverIPAddress: tab.edge,
    startedDateTime: toIsoMillis(start),
    time: total,
    timings,
  };
}

/** What Chrome's network panel exports as "HAR (with sensitive data)"; all of a tab that was left open. */
export const browserHar = (tab: BrowserTab): Writer => ({
  format: 'har',
  shows: 'credential',
  isDocument: true,
  orderedBy: 'start',
  frame: {
    head: `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[${JSON.stringify({
      startedDateTime: toIsoMillis(tab.openedAt),
      id: 'page_1',
      title: `https://${tab.pageHost}/`,
      pageTimings: { onContentLoad: 412.88700000586687, onLoad: 871.4420000123791 },
    })}],"entries":[\n`,
    between: ',\n',
    tail: '\n]}}\n',
  },
  write: ({ exchange, start, random, showsIds }) => {
    // The way through the network at home, and back.
    const lag = 8 + random.next() * 12;
    return JSON.stringify(toEntry(exchange, tab, start - lag, exchange.durationMs + 2 * lag, random, showsIds));
  },
});
