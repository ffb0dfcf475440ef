import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { guessEpochTime } from '../../../lib/iso-time.ts';
import { splitHostPort, splitUrl } from '../../../lib/request-target.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { undoPercent } from '../read/byte-escapes.ts';
import { toExtras, toKnownText, toStatus } from '../read/fields.ts';
import { recognizeByLines } from '../read/line-vote.ts';
import { toIssue } from '../read/reading.ts';

interface SquidFields {
  readonly time: string;
  readonly elapsed: string;
  readonly client: string;
  /** `TCP_MISS`, `TCP_DENIED`, `NONE_NONE`. */
  readonly result: string;
  readonly status: string;
  readonly bytes: string;
  readonly method: string;
  readonly url: string;
  readonly user: string;
  /** How the next hop was found: `DIRECT`, `HIER_NONE`. */
  readonly hierarchy: string;
  readonly peer: string;
  readonly type: string;
  readonly rest: string;
}

/** Time, elapsed, client, result/status, bytes, method, URL, user, hierarchy/peer, type. */
const WORDS = 10;

/** Cuts `1286536308.779    180 192.168.0.224 TCP_MISS/200 411 GET http://h/p - DIRECT/125.23.175.88 text/plain`. */
function splitSquidLine(line: string): SquidFields | undefined {
  const first = line.charCodeAt(0);
  if (first < 0x30 || first > 0x39) return undefined;
  const words: string[] = [];
  let at = 0;
  while (words.length < WORDS && at < line.length) {
    const end = line.indexOf(' ', at);
    if (end === at) {
      at += 1;
      continue;
    }
    words.push(line.slice(at, end === -1 ? undefined : end));
    at = end === -1 ? line.length : end + 1;
  }
  const [time = '', elapsed = '', client = '', code = '', bytes = '', method = '', url = '', user = '', hop = '', type = ''] = words;
  if (!/^\d{9,11}\.\d{3}$/.test(time) || !/^-?\d+$/.test(elapsed) || !/^-?\d+$/.test(bytes)) return undefined;
  const slash = code.lastIndexOf('/');
  const hopSlash = hop.indexOf('/');
  if (!/^[A-Z][A-Z_]*$/.test(code.slice(0, slash)) || !/^(?:\d{3}|0|-)$/.test(code.slice(slash + 1)) || hopSlash === -1) return undefined;
  return {
    time,
    elapsed,
    client,
    result: code.slice(0, slash),
    status: code.slice(slash + 1),
    bytes,
    method,
    url,
    user,
    hierarchy: hop.slice(0, hopSlash),
    peer: hop.slice(hopSlash + 1),
    type,
    rest: line.slice(at).trim(),
  };
}

/**
 * Squid's native access log.
 * Source: Squid wiki, "access.log". The stamp is the end of the call; the query is missing unless `strip_query_terms off`.
 */
export const squid = {
  id: 'squid',
  title: 'Squid proxy log',
  extensions: ['.log', '.txt'],
  holds:
    'time, duration, client, user, method, URL (mostly without its query), status, response size, next hop and content type; headers only with log_mime_hdrs; no bodies',
  recognize: (head) =>
    recognizeByLines(
      head,
      (line) => (splitSquidLine(line) === undefined ? undefined : 'call'),
      'seconds, ms, client, result/status, bytes, method, URL, user, hop, type',
    ),
  records: 'lines',
  shape: 'not seconds, ms, client, result/status, bytes, method, URL, user, hop, type',
  independent: true,
  isCertain: ({ text }) => splitSquidLine(text) !== undefined,
  open: () => toImported,
} as const satisfies RecordImporter;

function toImported(record: LogRecord): Imported | undefined {
  const fields = splitSquidLine(record.text);
  if (fields === undefined) return undefined;
  if (fields.method.startsWith('ICP_') || fields.method.startsWith('HTCP_'))
    return toIssue('skip', 'NOT_HTTP', 'a question of one cache to another, not an HTTP call', record, record.text);
  return { kind: 'call', record: record.record, at: record.at, call: toCall(record.text, fields) };
}

function toCall(line: string, fields: SquidFields): ImportedCall {
  const time = guessEpochTime(Number(fields.time));
  const elapsed = Number(fields.elapsed);
  const user = toKnownText(fields.user);
  const headers = toMimeHeaders(fields.rest);
  const peer = toKnownText(fields.peer);
  return {
    time: time?.time,
    timeText: fields.time,
    timeKind: time === undefined ? 'unknown' : 'end',
    zoneKnown: true,
    durationMs: elapsed < 0 ? undefined : durationMs(elapsed),
    ...toTarget(fields),
    status: toStatus(fields.status),
    resBytes: Number(fields.bytes) < 0 ? undefined : Number(fields.bytes),
    clientIp: toKnownText(fields.client),
    requestHeaders: headers?.request,
    responseHeaders: headers?.response,
    consumer: user === undefined ? undefined : undoPercent(user),
    upstream: peer,
    contentType: toKnownText(fields.type),
    extras: toExtras([
      ['result', fields.result],
      ['hierarchy', toKnownText(fields.hierarchy)],
      ['rest-of-line', headers !== undefined || fields.rest === '' ? undefined : fields.rest],
    ]),
    rawText: line,
  };
}

const METHOD = /^[A-Z][A-Z0-9_-]{2,19}$/;

/** `error:invalid-request` with the method `NONE` stands for text that was no request. */
function toTarget({ method, url }: SquidFields): Pick<ImportedCall, 'method' | 'scheme' | 'host' | 'port' | 'path' | 'query'> {
  if (url.startsWith('error:')) return { path: url };
  const known = METHOD.test(method) && method !== 'NONE' ? method : undefined;
  if (known === 'CONNECT') return { method: known, ...splitHostPort(url) };
  const { scheme, host, port, path, query } = splitUrl(toKnownText(url) ?? '');
  return { method: known, scheme, host, port, path, query };
}

/** `log_mime_hdrs on` adds `[Host: h%0D%0A…] [HTTP/1.1 200 OK%0D%0A…]`. */
function toMimeHeaders(
  rest: string,
): { readonly request: readonly Header[] | undefined; readonly response: readonly Header[] | undefined } | undefined {
  if (!rest.startsWith('[') || !rest.endsWith(']')) return undefined;
  const middle = rest.indexOf('] [');
  if (middle === -1) return undefined;
  return { request: toHeaderList(rest.slice(1, middle)), response: toHeaderList(rest.slice(middle + 3, -1)) };
}

function toHeaderList(text: string): readonly Header[] | undefined {
  const headers = text.split(/%0D%0A|\\r\\n/i).flatMap((line): Header[] => {
    const plain = undoPercent(line);
    const colon = plain.indexOf(':');
    return colon < 1 ? [] : [[plain.slice(0, colon), plain.slice(colon + 1).trim()]];
  });
  return headers.length === 0 ? undefined : headers;
}
