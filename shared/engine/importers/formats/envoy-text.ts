import type { ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { parseIsoTime } from '../../../lib/iso-time.ts';
import { splitHostPort, splitUrl } from '../../../lib/request-target.ts';
import { toService } from '../envoy/cluster-service.ts';
import { splitEnvoyLine, type EnvoyFields } from '../envoy/envoy-line.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { toCount, toExtras, toKnownText, toNumber, toStatus } from '../read/fields.ts';
import { recognizeByLines } from '../read/line-vote.ts';
import { toIssue } from '../read/reading.ts';

/**
 * Envoy's access log as text: its own default, and Istio's with and without what Mixer said.
 * Source: Envoy and Istio access logging docs. Both sidecars of a call write it with one request id; every record is kept.
 */
export const envoyText = {
  id: 'envoy-text',
  title: 'Envoy or Istio access log (text)',
  extensions: ['.log', '.txt'],
  holds:
    'time, duration, method, host, path, status, body sizes, forwarded addresses, user agent, request id and upstream; with Istio also client, service and route; no headers or bodies',
  recognize: (head) =>
    recognizeByLines(head, (line) => (splitEnvoyLine(line) === undefined ? undefined : 'call'), "Envoy's default or Istio's fields"),
  records: 'lines',
  shape: 'not [time] "request" code flags bytes bytes ms ms "forwarded for" "user agent" "request id" "authority" "upstream"',
  independent: true,
  isCertain: ({ text }) => splitEnvoyLine(text) !== undefined,
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
} as const satisfies RecordImporter;

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const fields = splitEnvoyLine(record.text);
  if (fields === undefined) return undefined;
  if (fields.request === '- - -' && fields.status === '0')
    return toIssue('skip', 'NOT_HTTP', 'a TCP connection, which has no request', record, record.text);
  return { kind: 'call', record: record.record, at: record.at, call: toCall(record.text, fields, zoneOffsetMinutes) };
}

function toCall(line: string, fields: EnvoyFields, zoneOffsetMinutes: number): ImportedCall {
  const parsed = parseIsoTime(fields.time, zoneOffsetMinutes);
  const [received, sent, total, upstreamTime] = fields.numbers;
  const duration = toNumber(total);
  const serviceTime = toNumber(upstreamTime);
  const { method, protocol, target } = splitRequest(fields.request);
  const parts = target === undefined ? {} : splitUrl(target);
  const authority = splitHostPort(toKnownText(fields.authority) ?? '');
  const mesh = toMesh(fields.added);
  return {
    ...(typeof parsed === 'string'
      ? { time: undefined, timeKind: 'unknown', zoneKnown: false }
      : { time: parsed.time, timeKind: 'start', zoneKnown: parsed.zoneKnown }),
    timeText: fields.time,
    durationMs: duration === undefined ? undefined : durationMs(duration),
    method,
    scheme: parts.scheme,
    ...(authority.host === undefined ? { host: parts.host, port: parts.port } : authority),
    path: parts.path,
    query: parts.query,
    status: toStatus(fields.status),
    reqBytes: toCount(received),
    resBytes: toCount(sent),
    clientIp: splitHostPort(mesh.client ?? '').host,
    forwardedFor: toKnownText(fields.forwardedFor),
    userAgent: toKnownText(fields.userAgent),
    requestId: toKnownText(fields.requestId),
    upstream: toKnownText(fields.upstream)?.replace(/^tcp:\/\//, ''),
    route: mesh.route,
    service: toService(mesh.cluster),
    timings: serviceTime === undefined ? undefined : [['upstream', serviceTime]],
    extras: toExtras([
      ['response_flags', toKnownText(fields.flags)],
      ['protocol', protocol],
      ['target-authority', otherAuthority(parts, authority)],
      ...toDetails(fields.details),
      ...mesh.extras,
    ]),
    rawText: line,
  };
}

/** The host of a whole URL in the request where it is not the one that Envoy routed by. */
function otherAuthority({ host, port }: Authority, routed: Authority): string | undefined {
  if (host === undefined || routed.host === undefined || (host === routed.host && port === routed.port)) return undefined;
  return port === undefined ? host : `${host}:${String(port)}`;
}

/** `GET /a b HTTP/1.1`; what Envoy could not parse stands as `-`: `- - HTTP/1.1`. */
function splitRequest(request: string): {
  readonly method: string | undefined;
  readonly protocol: string | undefined;
  readonly target: string | undefined;
} {
  const methodEnd = request.indexOf(' ');
  const targetEnd = request.lastIndexOf(' ');
  if (methodEnd === -1) return { method: undefined, protocol: undefined, target: toKnownText(request) };
  return {
    method: toKnownText(request.slice(0, methodEnd)),
    protocol: targetEnd === methodEnd ? undefined : toKnownText(request.slice(targetEnd + 1)),
    target: toKnownText(request.slice(methodEnd + 1, targetEnd === methodEnd ? undefined : targetEnd)),
  };
}

type Authority = ReturnType<typeof splitHostPort>;
type Pairs = readonly (readonly [name: string, value: string | undefined])[];

/** Three details are Istio's from 1.9; one or two are Mixer's status and the transport failure of Istio 1.1 to 1.8. */
function toDetails(details: readonly string[]): Pairs {
  const names =
    details.length === 3
      ? ['response_code_details', 'connection_termination_details', 'upstream_transport_failure_reason']
      : ['mixer_status', 'upstream_transport_failure_reason'];
  return details.map((detail, index) => [names[index] ?? 'detail', toKnownText(detail)]);
}

interface Mesh {
  readonly client?: string | undefined;
  readonly cluster?: string | undefined;
  readonly route?: string | undefined;
  readonly extras: Pairs;
}

const ADDRESS = /^(?:-|.+:\d{1,5}|envoy:\/\/.*|\/.*)$/;

/** Istio's fields, known by the addresses in second to fourth place; anything else is somebody's own and kept as it stands. */
function toMesh(added: readonly string[]): Mesh {
  const [cluster, upstreamLocal = '', local = '', remote = '', serverName, route, ...rest] = added;
  const isMesh = added.length >= 5 && [upstreamLocal, local, remote].every((address) => ADDRESS.test(address));
  if (!isMesh) return { extras: [['rest-of-line', added.length === 0 ? undefined : added.join(' ')]] };
  return {
    client: toKnownText(remote),
    cluster: toKnownText(cluster),
    route: toKnownText(route),
    extras: [
      ['upstream_local_address', toKnownText(upstreamLocal)],
      ['downstream_local_address', toKnownText(local)],
      ['requested_server_name', toKnownText(serverName)],
      ['rest-of-line', rest.length === 0 ? undefined : rest.join(' ')],
    ],
  };
}
