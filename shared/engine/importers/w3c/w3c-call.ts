import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs, type EpochMicros } from '../../../model/units.ts';
import { guessEpochTime, parseIsoTime } from '../../../lib/iso-time.ts';
import { splitClient, splitHostPort, splitPath, splitUrl } from '../../../lib/request-target.ts';
import { undoPercent } from '../read/byte-escapes.ts';
import { toCount, toExtras, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import type { W3cLayout } from './w3c-layout.ts';

/** Turns rows of extended logs into calls. Lifetime: one read; rows of one second are next to each other, so it is parsed once. */
export type W3cRowReader = (layout: W3cLayout, values: readonly string[], line: string, row?: RowFacts) => ImportedCall;

/** What a row's header and its spelling add. */
export interface RowFacts {
  /** The header's date, for rows that have the time of day alone. */
  readonly date?: string | undefined;
  /** True when values stand in quotes, where a blank is a blank and a plus a plus. */
  readonly isQuoted?: boolean | undefined;
}

/** Shape: `zoneOffsetMinutes` east of UTC, for stamps whose writer does not say that they are UTC. */
export function createW3cRows(zoneOffsetMinutes: number): W3cRowReader {
  let lastText = '';
  let lastTime: EpochMicros | undefined;
  const parse = (text: string, offset: number): EpochMicros | undefined => {
    if (text !== lastText) {
      const parsed = parseIsoTime(text, offset);
      lastText = text;
      lastTime = typeof parsed === 'string' ? undefined : parsed.time;
    }
    return lastTime;
  };

  const toTime = (
    { at, isLocal, dialect }: W3cLayout,
    values: readonly string[],
    date: string | undefined,
  ): Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'> => {
    const start = guessEpochTime(toNumber(known(values, at.start)) ?? Number.NaN);
    const day = known(values, at.date) ?? date;
    const clock = known(values, at.time);
    const timeText = [day, clock].filter((part) => part !== undefined).join(' ') || undefined;
    if (start !== undefined) return { time: start.time, timeText, timeKind: 'start', zoneKnown: true };
    if (day === undefined || clock === undefined) return { timeText, timeKind: 'unknown', zoneKnown: false };
    const zoneKnown = dialect.isUtc && !isLocal;
    const time = parse(`${day} ${clock}`, zoneKnown ? 0 : zoneOffsetMinutes);
    return { time, timeText, timeKind: time === undefined ? 'unknown' : dialect.timeKind, zoneKnown };
  };

  return (layout, values, line, row = {}) => ({
    ...toTime(layout, values, row.date),
    ...toFields(layout, values, row.isQuoted === true),
    rawText: line,
  });
}

const known = (values: readonly string[], index: number | undefined): string | undefined =>
  index === undefined ? undefined : toKnownText(values[index]);

function toFields(layout: W3cLayout, values: readonly string[], isQuoted: boolean): Omit<ImportedCall, 'timeKind' | 'zoneKnown'> {
  const { at, dialect } = layout;
  const get = (index: number | undefined): string | undefined => known(values, index);
  const blanks = dialect.blanks === 'plus' && isQuoted ? 'plain' : dialect.blanks;
  const agent = get(at.agent);
  // Old CloudFront rows encode the percent sign of what was encoded already, in every column.
  const isTwice = blanks === 'percent' && agent?.includes('%2520') === true;
  const taken = toNumber(get(at.takenMs)) ?? toMs(get(at.taken), dialect.takenFactor);
  const firstByte = toMs(get(at.firstByte), dialect.takenFactor);
  const { query, aspError } = toQuery(get(at.query));
  const client = splitClient(get(at.client));
  const { host, port, ...target } = toTarget(layout, values);
  const referer = get(at.referer);
  const user = get(at.user);
  const forwarded = get(at.forwarded);
  const type = get(at.type);
  const body = get(at.body);
  return {
    durationMs: taken === undefined || taken < 0 ? undefined : durationMs(taken),
    method: get(at.method),
    scheme: target.scheme,
    host,
    port,
    path: once(target.path, isTwice),
    query: once(query ?? target.query, isTwice),
    status: toStatus(get(at.status)),
    reqBytes: toCount(get(at.received)),
    resBytes: toCount(get(at.sent)),
    clientIp: client.address,
    forwardedFor: forwarded === undefined ? undefined : toHeaderValue('x-forwarded-for', forwarded, blanks),
    userAgent: agent === undefined ? undefined : toAgent(agent, blanks),
    referer: once(referer, isTwice),
    requestHeaders: toHeaders(layout.requestHeaders, values, blanks),
    responseHeaders: toHeaders(layout.responseHeaders, values, blanks),
    requestBody: body === undefined ? undefined : { text: body, mime: undefined, encoding: 'text', bytes: undefined, note: undefined },
    consumer: user === undefined || blanks !== 'plus' ? user : user.replaceAll('+', ' '),
    requestId: get(at.requestId),
    service: get(at.site),
    contentType: type === undefined || blanks !== 'percent' ? type : undoPercent(type),
    timings: firstByte === undefined || firstByte < 0 ? undefined : [['first-byte', firstByte]],
    extras: toExtras([
      ...layout.others.map(({ name, index }) => [name, get(index)] as const),
      ['asp-error', aspError],
      ['client-port', client.port],
    ]),
  };
}

/** Seconds as logs write them have three digits behind the point; the product of a double has more. */
function toMs(text: string | undefined, factor: 1 | 1000): number | undefined {
  const value = toNumber(text);
  return value === undefined ? undefined : factor === 1 ? value : Math.round(value * 1_000_000) / 1000;
}

type Target = Pick<ImportedCall, 'scheme' | 'host' | 'port' | 'path' | 'query'>;

const SCHEMES = new Set(['http', 'https', 'ws', 'wss', 'ftp', 'tcp']);

/** Host, path and scheme, from the columns of their own or from one with the whole URL, which Incapsula writes without a scheme. */
function toTarget({ at }: W3cLayout, values: readonly string[]): Target {
  const uri = splitUri(known(values, at.uri));
  const authority = splitHostPort(known(values, at.host) ?? '');
  const protocol = known(values, at.scheme)?.toLowerCase();
  const port = toCount(known(values, at.port));
  return {
    scheme: protocol !== undefined && SCHEMES.has(protocol) ? protocol : uri.scheme,
    host: authority.host ?? uri.host,
    port: authority.port ?? uri.port ?? (port === 0 ? undefined : port),
    path: known(values, at.stem) ?? uri.path,
    query: uri.query,
  };
}

function splitUri(uri: string | undefined): Target {
  if (uri === undefined) return {};
  if (uri.startsWith('/')) return splitPath(uri);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(uri)) return splitUrl(uri);
  const slash = uri.indexOf('/');
  const authority = splitHostPort(slash === -1 ? uri : uri.slice(0, slash));
  return { ...authority, ...(slash === -1 ? {} : splitPath(uri.slice(slash))) };
}

/** What ASP appends to the query when a script fails: `a=1|26|80040e14|[SQL Server]…`. Source: IIS 6, "ASP error logging". */
const ASP_ERROR = /\|\d{1,9}\|[0-9a-f]{8}\|/i;

function toQuery(logged: string | undefined): { readonly query?: string | undefined; readonly aspError?: string | undefined } {
  const bar = logged?.includes('|') === true ? logged.search(ASP_ERROR) : -1;
  // Blue Coat writes the question mark along.
  const from = logged?.startsWith('?') === true ? 1 : 0;
  if (logged === undefined || bar === -1) return { query: logged?.slice(from) };
  return { query: toKnownText(logged.slice(from, bar)), aspError: logged.slice(bar + 1) };
}

/** Takes back one of two percent-encodings. */
const once = (text: string | undefined, isTwice: boolean): string | undefined =>
  isTwice ? text?.replaceAll(/%25([0-9A-Fa-f]{2})/g, '%$1') : text;

type Blanks = 'plus' | 'percent' | 'plain';

function toAgent(agent: string, blanks: Blanks): string {
  if (blanks === 'plus') return agent.replaceAll('+', ' ');
  if (blanks === 'plain') return agent;
  const plain = undoPercent(agent);
  return plain.includes('%20') ? undoPercent(plain) : plain;
}

/** Only the blanks that a header has by its syntax are put back, so that a token with a `+` or `%` inside keeps its text. */
function toHeaderValue(name: string, value: string, blanks: Blanks): string {
  if (blanks === 'plain') return value;
  const [separated, scheme] = blanks === 'plus' ? [/([;,])\+/g, /^([A-Za-z]+)\+/] : [/([;,])%20/g, /^([A-Za-z]+)%20/];
  return /authorization$/i.test(name) ? value.replace(scheme, '$1 ') : value.replaceAll(separated, '$1 ');
}

function toHeaders(columns: W3cLayout['requestHeaders'], values: readonly string[], blanks: Blanks): readonly Header[] | undefined {
  const headers = columns.flatMap(({ name, index }): Header[] => {
    const value = known(values, index);
    return value === undefined ? [] : [[name, toHeaderValue(name, value, blanks)]];
  });
  return headers.length === 0 ? undefined : headers;
}
