import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { isInsideAddress } from '../../../lib/inside-addresses.ts';
import { splitHostPort } from '../../../lib/request-target.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import { toText } from '../mapping/values.ts';
import { findHeader, toExtras, toKnownText, toNumber } from '../read/fields.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { toIssue } from '../read/reading.ts';
import { readOwnFields } from '../read/user-field.ts';

/** Share of the first records that must be Caddy's, its messages included. */
const NEEDED_SHARE = 0.6;

/** A longer one is no name of a caller. Units: characters. */
const MAX_USER = 200;

/** Where Caddy's fields go. `duration` is seconds unless the encoder was told otherwise, then a text with its unit. */
const mapping = compileMapping({
  name: 'Caddy',
  requires: [],
  time: { from: ['ts'], format: 'auto', kind: 'end' },
  duration: { from: ['duration'], unit: 's' },
  fields: {
    method: ['request.method'],
    host: ['request.host'],
    url: ['request.uri'],
    status: ['status'],
    reqBytes: ['bytes_read'],
    resBytes: ['size'],
    consumer: ['user_id'],
    traceId: ['traceID'],
    spanId: ['spanID'],
  },
  requestHeaders: { maps: ['request.headers'] },
  responseHeaders: { maps: ['resp_headers'] },
});

/**
 * Caddy's access log as JSON.
 * Source: caddyserver.com/docs, "log" and "How logging works". Up to 2.4 `request.remote_addr` stands in place of `remote_ip` and
 * `remote_port`; status 0 is a connection that was hijacked or closed; secrets are `REDACTED` since 2.5. Records of other loggers
 * stand in the same file.
 */
export const caddyJson = {
  id: 'caddy-json',
  title: 'Caddy access log (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds: 'time, duration, method, host, path, status, sizes, headers, client, user and TLS; no bodies',
  recognize(head) {
    const objects = listJsonKeys(head);
    const has = (keys: ReadonlySet<string>, ...all: readonly string[]): boolean => all.every((key) => keys.has(key));
    const calls = objects.filter((keys) => has(keys, 'request.uri', 'request.proto', 'msg') && has(keys, 'status', 'duration')).length;
    const messages = objects.filter((keys) => has(keys, 'level', 'ts', 'msg') && !keys.has('request')).length;
    const why = `${String(calls)} of the first ${String(objects.length)} JSON records have the keys of Caddy's access log`;
    return { strength: calls > 0 && (calls + messages) / objects.length >= NEEDED_SHARE ? 'magic' : 'none', why };
  },
  records: 'json',
  shape: 'not a record of Caddy: no request object',
  independent: true,
  isReread: true,
  isCertain: ({ value }) => isJsonObject(value) && isJsonObject(value['request']) && 'uri' in value['request'] && isAccess(value),
  open: (options) => (record) => toImported(record, options.zoneOffsetMinutes),
  notes: ['Times are the end of each call. A status of 0, which Caddy writes when no answer was sent, is shown as absent.'],
} as const satisfies RecordImporter;

const isAccess = (value: JsonObject): boolean =>
  value['msg'] === 'handled request' || (typeof value['logger'] === 'string' && value['logger'].startsWith('http.log.access'));

function toImported(record: LogRecord, zoneOffsetMinutes: number): Imported | undefined {
  const { value, text } = record;
  if (!isJsonObject(value)) return undefined;
  const { request } = value;
  // Error records of `http.log.error` repeat the request that its access record holds.
  if (!isJsonObject(request) || !isAccess(value)) {
    return 'level' in value && 'ts' in value
      ? toIssue('skip', 'NOT_HTTP', `a record of another logger: ${toText(value['logger']) ?? 'the server'}`, record, text)
      : undefined;
  }
  const call = mapping.toCall(value, text, zoneOffsetMinutes);
  if (call.method === undefined && call.path === undefined) {
    return toIssue('reject', 'FIELD_MISSING', 'neither method nor URI in the request', record, text);
  }
  return {
    kind: 'call',
    record: record.record,
    at: record.at,
    call: { ...call, ...readOwnFields(value, { consumer: call.consumer ?? toProxyUser(request, call) }), ...toConnection(request, call) },
  };
}

/**
 * In which headers a proxy that logs people in says who it let in, the readable ones first. Source: oauth2-proxy, Authelia, authentik,
 * Apache's `REMOTE_USER`, Cloudflare Access, Tailscale; the rest are names that owners choose.
 */
const PROXY_USERS = [
  'remote-user', 'x-remote-user', 'x-webauth-user', 'x-forwarded-preferred-username', 'x-auth-request-preferred-username', 'x-authentik-username',
  'cf-access-authenticated-user-email', 'tailscale-user-login', 'x-auth-request-email', 'x-forwarded-email', 'remote-email', 'x-auth-request-user', 'x-forwarded-user',
  'x-token-subject', 'x-auth-subject', 'x-auth-user', 'x-authenticated-user', 'x-user-email',
] as const; // prettier-ignore

/**
 * Who the proxy in front says calls. Anybody can send such a header: it counts only where the call came through a machine of the network or a
 * proxy that Caddy trusts. A credential beside it proves nothing, since the log hides whether it was valid.
 */
function toProxyUser(request: JsonObject, { requestHeaders = [] }: ImportedCall): string | undefined {
  const user = PROXY_USERS.flatMap((name) => toKnownText(findHeader(requestHeaders, name)) ?? []).at(0);
  if (user === undefined || user.length > MAX_USER) return undefined;
  const peer = toText(request['remote_ip']) ?? splitHostPort(toText(request['remote_addr']) ?? '').host;
  const client = toText(request['client_ip']);
  const isProxied = (peer !== undefined && isInsideAddress(peer)) || (client !== undefined && client !== peer);
  return isProxied ? user : undefined;
}

const TAKEN: ReadonlySet<string> = new Set([
  'request.remote_ip',
  'request.client_ip',
  'request.remote_addr',
  'request.tls',
  'level',
  'msg',
]);

/** Who connected: `client_ip` is after `trusted_proxies`, `remote_ip` the peer. */
function toConnection(request: JsonObject, call: ImportedCall): Pick<ImportedCall, 'clientIp' | 'scheme' | 'extras'> {
  const remote = splitHostPort(toText(request['remote_addr']) ?? '');
  const peer = toText(request['remote_ip']) ?? remote.host;
  const client = toText(request['client_ip']);
  const { tls } = request;
  const others = call.extras?.filter(([name]) => !TAKEN.has(name)) ?? [];
  return {
    clientIp: client ?? peer,
    scheme: isJsonObject(tls) ? 'https' : undefined,
    extras: toExtras([
      ...others,
      ['remote_ip', client === undefined || client === peer ? undefined : peer],
      ['remote_port', remote.port === undefined ? undefined : String(remote.port)],
      ['tls', isJsonObject(tls) ? toTls(tls) : undefined],
      ['server-name', isJsonObject(tls) ? toText(tls['server_name']) : undefined],
    ]),
  };
}

/** IANA numbers of protocol versions. */
const VERSIONS: Readonly<Record<number, string>> = { 769: 'TLSv1.0', 770: 'TLSv1.1', 771: 'TLSv1.2', 772: 'TLSv1.3' };
/** IANA numbers of the cipher suites that Go's TLS offers by default. */
const CIPHERS: Readonly<Record<number, string>> = {
  4865: 'TLS_AES_128_GCM_SHA256',
  4866: 'TLS_AES_256_GCM_SHA384',
  4867: 'TLS_CHACHA20_POLY1305_SHA256',
  49195: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  49196: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  49199: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  49200: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  52392: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  52393: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
};

function toTls(tls: JsonObject): string | undefined {
  const named = (value: Json | undefined, names: Readonly<Record<number, string>>): string | undefined =>
    names[toNumber(value) ?? -1] ?? toText(value);
  const parts = [named(tls['version'], VERSIONS), named(tls['cipher_suite'], CIPHERS), toText(tls['proto'])];
  return parts.filter((part) => part !== undefined).join(' ') || undefined;
}
