import { parseRequestLine, splitTarget } from '../../../lib/request-line.ts';
import type { RequestLine } from '../../../lib/request-line.ts';
import { splitHostPort, splitUrl } from '../../../lib/request-target.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import type { MappedBody, MappedDuration, MappedField, MappedHeaders, MappedTime, Mapping, SourcePaths } from '../../../model/mapping.ts';
import { findHeader, toCount } from '../read/fields.ts';
import { compilePath } from './paths.ts';
import type { Getter } from './paths.ts';
import { compileRest } from './rest.ts';
import { addHeaders, compileTime, toAnyText, toDuration, toLooseStatus, toQuery, toText } from './values.ts';

/** A mapping made ready for reading. */
export interface CompiledMapping {
  readonly name: string;
  /** True when the record has every path that the mapping requires. */
  readonly matches: (record: JsonObject) => boolean;
  /** Makes a call of a record, whatever it holds. Units: `zoneOffsetMinutes` east of UTC, for stamps that name no zone. */
  readonly toCall: (record: JsonObject, text: string, zoneOffsetMinutes: number) => ImportedCall;
}

/** What stands first at one of several paths, with nothing, `""` and `-` passed over. */
type Finder = (record: JsonObject) => Json | undefined;

const nothing = (): undefined => undefined;

/** Turns a mapping into functions. Cost: paths are parsed here, once for a whole source. */
export function compileMapping(mapping: Mapping): CompiledMapping {
  const requires = mapping.requires.map(compilePath);
  return {
    name: mapping.name,
    matches: (record) => requires.every((get) => get(record) !== undefined),
    toCall: compileCall(mapping),
  };
}

function compileFinder(paths: SourcePaths | undefined): Finder {
  const getters = (paths ?? []).map(compilePath);
  const [only] = getters;
  if (only === undefined) return nothing;
  if (getters.length === 1) return only;
  return (record) => findKnown(record, getters);
}

function findKnown(record: JsonObject, getters: readonly Getter[]): Json | undefined {
  for (const get of getters) {
    const value = get(record);
    if (value !== undefined && value !== null && value !== '' && value !== '-') return value;
  }
  return undefined;
}

function compileCall(mapping: Mapping): CompiledMapping['toCall'] {
  const at = (field: MappedField): Finder => compileFinder(mapping.fields[field]);
  const textAt = (field: MappedField): ((record: JsonObject) => string | undefined) => {
    const find = at(field);
    return (record) => toText(find(record));
  };
  const time = compileStamp(mapping.time);
  const duration = compileDuration(mapping.duration);
  const target = compileTarget(mapping);
  const [status, reqBytes, resBytes] = [at('status'), at('reqBytes'), at('resBytes')];
  const client = compileClient(textAt('clientIp'), textAt('forwardedFor'));
  const [userAgent, referer, consumer, credentialId] = [textAt('userAgent'), textAt('referer'), textAt('consumer'), textAt('credentialId')];
  const [traceId, spanId, parentSpanId, requestId] = [textAt('traceId'), textAt('spanId'), textAt('parentSpanId'), textAt('requestId')];
  const [upstream, route, service, tool] = [textAt('upstream'), textAt('route'), textAt('service'), textAt('tool')];
  const [contentType, redirectUrl] = [textAt('contentType'), textAt('redirectUrl')];
  const requestHeadersOf = compileHeaders(mapping.requestHeaders);
  const responseHeadersOf = compileHeaders(mapping.responseHeaders);
  const requestBody = compileBody(mapping.requestBody);
  const responseBody = compileBody(mapping.responseBody);
  const timings = compileTimings(mapping.timings);
  const rest = compileRest(mapping);

  return (record, text, zoneOffsetMinutes) => {
    const requestHeaders = requestHeadersOf(record);
    const responseHeaders = responseHeadersOf(record);
    const stamp = time(record, zoneOffsetMinutes);
    const { method, scheme, host, port, path, query } = target(record);
    const { clientIp, forwardedFor } = client(record);
    const asked = requestBody(record, requestHeaders);
    const answered = responseBody(record, responseHeaders);
    const chosen = upstream(record);
    const extras = rest(record);
    return {
      time: stamp.time,
      timeText: stamp.timeText,
      timeKind: stamp.timeKind,
      zoneKnown: stamp.zoneKnown,
      durationMs: duration(record),
      method,
      scheme,
      host,
      port,
      path,
      query,
      status: toLooseStatus(status(record)),
      reqBytes: toCount(reqBytes(record)),
      resBytes: toCount(resBytes(record)),
      clientIp,
      forwardedFor: forwardedFor ?? findHeader(requestHeaders, 'x-forwarded-for'),
      userAgent: userAgent(record) ?? findHeader(requestHeaders, 'user-agent'),
      referer: referer(record) ?? findHeader(requestHeaders, 'referer'),
      requestHeaders,
      responseHeaders,
      requestBody: asked,
      responseBody: answered,
      consumer: consumer(record),
      credentialId: credentialId(record),
      traceId: traceId(record),
      spanId: spanId(record),
      parentSpanId: parentSpanId(record),
      requestId: requestId(record),
      upstream: chosen === undefined ? undefined : nameUpstream(chosen),
      route: route(record),
      service: service(record),
      tool: tool(record),
      contentType: contentType(record) ?? findHeader(responseHeaders, 'content-type'),
      redirectUrl: redirectUrl(record) ?? findHeader(responseHeaders, 'location'),
      timings: timings(record),
      extras: chosen !== undefined && isUrl(chosen) ? [...(extras ?? []), ['upstream-url', chosen]] : extras,
      // Secrets in base64 would stay readable in the record's own text; the fields hold all of it.
      rawText: asked?.encoding === 'base64' || answered?.encoding === 'base64' ? undefined : text,
    };
  };
}

type Stamp = Pick<ImportedCall, 'time' | 'timeText' | 'timeKind' | 'zoneKnown'>;
const NO_STAMP: Stamp = { timeKind: 'unknown', zoneKnown: false };

function compileStamp(time: MappedTime | undefined): (record: JsonObject, zoneOffsetMinutes: number) => Stamp {
  const read = time === undefined ? undefined : compileTime(time.format);
  if (time === undefined || read === undefined) return () => NO_STAMP;
  const findTime = compileFinder(time.from);
  const findDate = compileFinder(time.date);
  return (record, zoneOffsetMinutes) => {
    const date = toText(findDate(record));
    const clock = toText(findTime(record));
    const whole = date === undefined ? clock : [date, clock].filter((part) => part !== undefined).join(' ');
    if (whole === undefined) return NO_STAMP;
    const parsed = read(whole, time.utc === true ? 0 : zoneOffsetMinutes);
    if (typeof parsed === 'string') return { timeText: whole, timeKind: 'unknown', zoneKnown: false };
    return { time: parsed.time, timeText: whole, timeKind: time.kind, zoneKnown: parsed.zoneKnown || time.utc === true };
  };
}

function compileDuration(duration: MappedDuration | undefined): (record: JsonObject) => ImportedCall['durationMs'] {
  if (duration === undefined) return nothing;
  const find = compileFinder(duration.from);
  return (record) => toDuration(find(record), duration.unit);
}

function compileTimings(timings: Mapping['timings']): (record: JsonObject) => ImportedCall['timings'] {
  const phases = Object.entries(timings ?? {}).map(([phase, duration]) => [phase, compileDuration(duration)] as const);
  if (phases.length === 0) return nothing;
  return (record) => {
    const found = phases.flatMap(([phase, read]): [string, number][] => {
      const ms = read(record);
      return ms === undefined ? [] : [[phase, ms]];
    });
    return found.length === 0 ? undefined : found;
  };
}

/** Fields of their own count before what a URL says, and a URL before the request line. */
function compileTarget(mapping: Mapping): (record: JsonObject) => RequestLine {
  const { fields } = mapping;
  const [request, url, method] = [compileFinder(fields.request), compileFinder(fields.url), compileFinder(fields.method)];
  const [scheme, host, port] = [compileFinder(fields.scheme), compileFinder(fields.host), compileFinder(fields.port)];
  const [path, query] = [compileFinder(fields.path), compileFinder(fields.query)];
  return (record) => {
    const line = toText(request(record));
    const fromLine = line === undefined ? undefined : parseRequestLine(line);
    const ownMethod = toText(method(record)) ?? fromLine?.method;
    const whole = toText(url(record));
    const fromUrl = whole === undefined ? fromLine : splitTarget(ownMethod, whole);
    const ownPath = toText(path(record));
    const split = ownPath === undefined ? fromUrl : splitTarget(ownMethod, ownPath);
    const authority = toText(host(record));
    const named = authority === undefined ? undefined : splitHostPort(authority);
    return {
      method: ownMethod,
      scheme: toText(scheme(record)) ?? fromUrl?.scheme,
      host: named?.host ?? fromUrl?.host,
      port: toCount(port(record)) ?? named?.port ?? fromUrl?.port,
      path: split?.path ?? fromUrl?.path,
      query: split?.query ?? fromUrl?.query ?? toQuery(query(record)),
    };
  };
}

const isUrl = (text: string): boolean => /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(text);

/** `host:port` also where a gateway gives the whole URL that it passed the call on to. */
function nameUpstream(text: string): string {
  if (!isUrl(text)) return text;
  const { host, port } = splitUrl(text);
  if (host === undefined) return text;
  const name = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${String(port)}`;
}

type Client = Pick<ImportedCall, 'clientIp' | 'forwardedFor'>;

/** A list of hops: the nearest one is the only one that the writer of the log saw; the others are what callers claimed. */
function compileClient(
  clientOf: (record: JsonObject) => string | undefined,
  forwardedOf: (record: JsonObject) => string | undefined,
): (record: JsonObject) => Client {
  return (record) => {
    const client = clientOf(record);
    const forwardedFor = forwardedOf(record);
    if (client === undefined) return { clientIp: undefined, forwardedFor };
    if (!client.includes(',')) return { clientIp: splitHostPort(client).host, forwardedFor };
    const nearest = client.slice(client.lastIndexOf(',') + 1).trim();
    return { clientIp: splitHostPort(nearest).host, forwardedFor: forwardedFor ?? client };
  };
}

function compileHeaders(headers: MappedHeaders | undefined): (record: JsonObject) => readonly Header[] | undefined {
  if (headers === undefined) return nothing;
  const maps = (headers.maps ?? []).map(compilePath);
  const named = Object.entries(headers.named ?? {}).map(([name, paths]) => [name, compileFinder(paths)] as const);
  const { prefix } = headers;
  return (record) => {
    const found: Header[] = [];
    for (const get of maps) addHeaders(get(record), found);
    if (prefix !== undefined) {
      for (const key of Object.keys(record)) {
        const text = key.length > prefix.length && key.startsWith(prefix) ? toText(record[key]) : undefined;
        if (text !== undefined) found.push([key.slice(prefix.length), text]);
      }
    }
    for (const [name, find] of named) {
      const text = toText(find(record));
      if (text !== undefined) found.push([name, text]);
    }
    return found.length === 0 ? undefined : found;
  };
}

function compileBody(
  body: MappedBody | undefined,
): (record: JsonObject, headers: readonly Header[] | undefined) => ImportedBody | undefined {
  if (body === undefined) return nothing;
  const find = compileFinder(body.from);
  return (record, headers) => {
    const value = find(record);
    if (value === undefined || value === null || value === '') return undefined;
    const isText = typeof value === 'string';
    const text = isText ? value : toAnyText(value);
    const encoding = isText ? body.encoding : 'text';
    return { text, mime: findHeader(headers, 'content-type'), encoding, bytes: undefined, note: undefined };
  };
}
