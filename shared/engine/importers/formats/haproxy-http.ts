import type { ReadOptions, ReadSettings } from '../../../model/read-settings.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { parseIsoTime } from '../../../lib/iso-time.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { splitHostPort, splitUrl } from '../../../lib/request-target.ts';
import { isUserName, nameCaptured, UNNAMED_USER } from '../haproxy/captured-shapes.ts';
import { beginsHaproxyLine, readHaproxyLine, undoHashes, type HaproxyFields } from '../haproxy/haproxy-line.ts';
import type { Recognition, RecordImporter } from '../importer.ts';
import { toCount, toExtras, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import { recognizeByLines, voteByLines } from '../read/line-vote.ts';
import { toIssue } from '../read/reading.ts';

const SHAPE = 'not client, [time], frontend, backend/server, timers, status, bytes, cookies, termination, connections, queues, "request"';

/**
 * HAProxy's HTTP and HTTPS logs (`option httplog`, `option httpslog`).
 * Source: HAProxy configuration manual, section 8. Captured headers stand without their names, which the analyst gives as
 * `headerNames` in the order of the configuration: the request's first, then the response's. Host, user agent and names of users are else told by
 * their shape (`nameCaptured`).
 */
export const haproxyHttp = {
  id: 'haproxy-http',
  title: 'HAProxy HTTP log',
  extensions: ['.log', '.txt'],
  holds:
    'time, duration, client, method, path, status, response size, frontend, backend, server and termination state; captured headers, named on request; no zone, bodies or other headers',
  recognize: recognizeHaproxy,
  records: 'lines',
  shape: SHAPE,
  independent: true,
  isCertain: ({ text }) => readHaproxyLine(text)?.kind === 'call',
  notes: ['HAProxy writes local time without a zone; the start of the request is stamped, not its end.'],
  open: (options) => (record) => {
    const line = readHaproxyLine(record.text);
    if (line === undefined)
      return beginsHaproxyLine(record.text) ? toIssue('reject', 'LINE_SHAPE', `cut or damaged: ${SHAPE}`, record, record.text) : undefined;
    if (line.kind === 'other') return toIssue('skip', 'NOT_HTTP', line.why, record, record.text);
    return { kind: 'call', record: record.record, at: record.at, call: toCall(record.text, line.fields, options) };
  },
} as const satisfies RecordImporter;

/** By the lines of HTTP; a file without any by its lines of connections, so that each of them is accounted for with its reason. */
function recognizeHaproxy(head: Uint8Array, _name: string, settings: ReadSettings): Recognition {
  const http = recognizeByLines(
    head,
    (line) => readHaproxyLine(line)?.kind,
    'client, [time], frontend, backend/server, five timers, status, bytes',
  );
  if (http.strength !== 'none')
    return settings.headerNames === undefined ? withNames(http, settings, nameCaptured(listCaptured(head))) : http;
  const { strength, of } = voteByLines(head, (line) => {
    const read = readHaproxyLine(line);
    return read?.kind === 'other' && read.isConnection ? 'call' : read?.kind;
  });
  return strength === 'none'
    ? http
    : { strength, why: `${of} are connections in HAProxy's log, none of them an HTTP request (option tcplog)` };
}

/** What stands in the first block of captured headers, line by line. */
const listCaptured = (head: Uint8Array): readonly (readonly string[])[] =>
  headText(head)
    .split(/\r\n|\n|\r/)
    .flatMap((text) => {
      const line = readHaproxyLine(text);
      const block = line?.kind === 'call' ? line.fields.captured[0] : undefined;
      return block === undefined ? [] : [block.split('|').map(undoHashes)];
    });

/** Says which captured headers were told by their shape; an analyst who knows the configuration names them with `headerNames`. */
function withNames(http: Recognition, settings: ReadSettings, headerNames: readonly string[]): Recognition {
  const told = headerNames.flatMap((name, place) =>
    name === '' ? [] : [`${name === UNNAMED_USER ? "the user's name" : name} from captured header ${String(place + 1)}`],
  );
  return told.length === 0
    ? http
    : {
        ...http,
        why: `${http.why}; told by their shape: ${told.join(', ')} (--header-names gives them)`,
        settings: { ...settings, headerNames },
      };
}

const PHASES = ['request', 'queue', 'connect', 'response'] as const;

function toCall(text: string, fields: HaproxyFields, { zoneOffsetMinutes, settings }: ReadOptions): ImportedCall {
  const [total = ''] = fields.timers.slice(-1);
  // A plus stands before what `option logasap` wrote at the headers, when the transfer still ran.
  const isPart = total.startsWith('+');
  const duration = isPart ? undefined : toCount(total);
  const isSecure = fields.frontend.endsWith('~');
  const { target, protocol, ...request } = toRequest(fields);
  const client = splitClientPort(fields.client);
  const captured = toCaptured(fields.captured, settings.headerNames ?? []);
  const requestCookie = toKnownText(fields.requestCookie);
  const responseCookie = toKnownText(fields.responseCookie);
  return {
    ...toTime(fields.time, zoneOffsetMinutes),
    durationMs: duration === undefined ? undefined : durationMs(duration),
    ...request,
    scheme: target.scheme ?? (isSecure ? 'https' : undefined),
    host: target.host,
    port: target.port,
    path: target.path,
    query: target.query,
    status: toStatus(fields.status),
    resBytes: fields.bytes.startsWith('+') ? undefined : toCount(fields.bytes),
    clientIp: client.address,
    requestHeaders: toHeaders(captured.request, requestCookie === undefined ? undefined : ['cookie', undoHashes(requestCookie)]),
    responseHeaders: toHeaders(captured.response, responseCookie === undefined ? undefined : ['set-cookie', undoHashes(responseCookie)]),
    consumer: captured.user,
    upstream: fields.server === '<NOSRV>' ? undefined : toKnownText(fields.server),
    route: isSecure ? fields.frontend.slice(0, -1) : fields.frontend,
    service: toKnownText(fields.backend),
    timings: toTimings(fields.timers),
    extras: toExtras([
      ['termination-state', fields.termination],
      ['connections', fields.connections],
      ['queues', fields.queues],
      ['protocol', protocol],
      ['client-port', client.port],
      ['duration-at-least', isPart ? total.slice(1) : undefined],
      ['bytes-at-least', fields.bytes.startsWith('+') ? fields.bytes.slice(1) : undefined],
      ['request-line', fields.isCut ? 'cut off' : undefined],
      ['user', captured.user === undefined ? undefined : 'taken from an unnamed captured header'],
      ...captured.unnamed,
      ...toRest(fields.rest),
    ]),
    rawText: text,
  };
}

/** `%ci:%cp`: behind the last colon stands the port, even after an IPv6 address without brackets. */
function splitClientPort(client: string): { readonly address: string; readonly port?: string | undefined } {
  const [, address, port] = /^\[?(.+?)\]?:(\d{1,5})$/.exec(client) ?? [];
  return address === undefined ? { address: client } : { address, port };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `25/Feb/2019:16:19:48.143`, in the time of the machine that wrote it. */
function toTime(timeText: string, zoneOffsetMinutes: number): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'> {
  const month = String(MONTHS.indexOf(timeText.slice(3, 6)) + 1).padStart(2, '0');
  const iso = `${timeText.slice(7, 11)}-${month}-${timeText.slice(0, 2)}T${timeText.slice(12)}`;
  const parsed = parseIsoTime(iso, zoneOffsetMinutes);
  if (typeof parsed === 'string') return { timeText, timeKind: 'unknown', zoneKnown: false };
  return { time: parsed.time, timeText, timeKind: 'start', zoneKnown: false };
}

const METHOD = /^[A-Z][A-Z0-9_-]{2,19}$/;

/** `GET /a?b HTTP/1.1`; HTTP/2 requests name scheme and host. `<BADREQ>` stands for what could not be read. */
function toRequest({ request, isCut }: HaproxyFields): {
  readonly method: string | undefined;
  readonly protocol: string | undefined;
  readonly target: ReturnType<typeof splitUrl>;
} {
  const methodEnd = request.indexOf(' ');
  const method = methodEnd === -1 ? '' : request.slice(0, methodEnd);
  if (!METHOD.test(method)) return { method: undefined, protocol: undefined, target: { path: toKnownText(undoHashes(request)) } };
  const last = request.lastIndexOf(' ');
  const hasVersion = !isCut && last > methodEnd && request.startsWith('HTTP/', last + 1);
  const target = undoHashes(request.slice(methodEnd + 1, hasVersion ? last : undefined));
  const protocol = hasVersion ? request.slice(last + 1) : undefined;
  if (method === 'CONNECT') return { method, protocol, target: splitHostPort(target) };
  if (!target.startsWith('/')) return { method, protocol, target: splitUrl(target) };
  // A `#` that was sent belongs to the path here, though a URL would end before it.
  const mark = target.indexOf('?');
  return { method, protocol, target: mark === -1 ? { path: target } : { path: target.slice(0, mark), query: target.slice(mark + 1) } };
}

function toTimings(timers: readonly string[]): ImportedCall['timings'] {
  const timings = PHASES.flatMap((phase, index): [string, number][] => {
    const ms = toNumber(timers[index]);
    return ms === undefined || ms < 0 ? [] : [[phase, ms]];
  });
  return timings.length === 0 ? undefined : timings;
}

interface Captured {
  readonly request: readonly Header[];
  readonly response: readonly Header[];
  readonly unnamed: readonly Header[];
  /** What stands where the file has names of users. */
  readonly user: string | undefined;
}

/** Captured values under the names that the analyst gave; the rest stays under where it stood. */
function toCaptured(blocks: readonly string[], names: readonly string[]): Captured {
  const request: Header[] = [];
  const response: Header[] = [];
  const unnamed: Header[] = [];
  let user: string | undefined;
  let position = 0;
  blocks.forEach((block, index) => {
    const side = index === 0 ? 'request' : 'response';
    for (const [place, value] of block.split('|').entries()) {
      const name = names[position];
      position += 1;
      if (value === '') continue;
      const text = undoHashes(value);
      if (name === UNNAMED_USER && isUserName(text)) user = text;
      if (name === undefined || name === '' || name === UNNAMED_USER) unnamed.push([`captured-${side}-header-${String(place + 1)}`, text]);
      else (side === 'request' ? request : response).push([name, text]);
    }
  });
  return { request, response, unnamed, user };
}

function toHeaders(captured: readonly Header[], cookie: Header | undefined): readonly Header[] | undefined {
  const headers = cookie === undefined ? captured : [...captured, cookie];
  return headers.length === 0 ? undefined : headers;
}

/** What `option httpslog` adds: five error codes, then server name, TLS version and cipher; anything else is somebody's own. */
const HTTPS_TAIL = /^(-?\w+\/-?\w+\/-?\w+\/-?\w+\/\d) ([^\s/]*)\/([^\s/]*)\/([^\s/]*)$/;

function toRest(rest: string): readonly (readonly [string, string | undefined])[] {
  const tail = HTTPS_TAIL.exec(rest);
  if (tail === null) return [['rest-of-line', rest === '' ? undefined : rest]];
  const [, errors, serverName, version, cipher] = tail;
  const tls = [toKnownText(version), toKnownText(cipher)].filter((part) => part !== undefined).join(' ');
  return [
    ['tls-errors', errors],
    ['tls-server-name', toKnownText(serverName)],
    ['tls', tls === '' ? undefined : tls],
  ];
}
