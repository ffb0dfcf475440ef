import type { AnyFieldName, FieldName } from '../query/fields.ts';
import { CannotRun, type SigmaPlace } from './rule.ts';

/**
 * Fields of Sigma's taxonomy for `webserver` and `proxy`, with the spellings that public rules and common schemas (W3C extended,
 * ECS, OCSF) use, and where they stand in a call. Upper and lower case are the same.
 * Source: sigma-specification, appendix taxonomy, "Proxy" and "Web server"; Elastic Common Schema 8.
 */
const COLUMNS: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  method: ['cs-method', 'c-method', 'http.request.method', 'http.method', 'request_method', 'httpmethod', 'method', 'verb'],
  path: ['cs-uri-stem', 'c-uri-stem', 'url.path', 'uri_path', 'path', 'urlpath', 'c-uri-path'],
  query: ['cs-uri-query', 'c-uri-query', 'url.query', 'uri_query', 'query', 'querystring'],
  host: ['cs-host', 'c-host', 'r-dns', 'url.domain', 'destination.domain', 'host.header', 'http.host', 'host', 'hostname', 'dst_host', 'destinationhostname', 'eventsource'],
  status: ['sc-status', 'http.response.status_code', 'status', 'status_code', 'response_code', 'statuscode', 'httpstatus'],
  userAgent: ['c-useragent', 'cs-user-agent', 'cs-useragent', 'user_agent.original', 'user_agent', 'useragent', 'http.user_agent', 'c-user-agent'],
  referer: ['cs-referer', 'cs-referrer', 'c-referer', 'c-referrer', 'http.request.referrer', 'referer', 'referrer'],
  clientIp: ['c-ip', 'src_ip', 'source.ip', 'client.ip', 'clientip', 'client_ip', 'source.address', 'remote_addr', 'sourceip', 'srcip', 'sourceipaddress'],
  port: ['s-port', 'cs-port', 'r-port', 'dst_port', 'destination.port', 'url.port', 'destinationport'],
  scheme: ['cs-uri-scheme', 'c-uri-scheme', 'url.scheme', 'scheme'],
  contentType: ['sc-content-type', 'rs-content-type', 'cs-mime-type', 'http.response.mime_type', 'content_type', 'c-content-type'],
  reqBytes: ['cs-bytes', 'http.request.bytes', 'http.request.body.bytes', 'request_bytes', 'bytes_in'],
  resBytes: ['sc-bytes', 'http.response.bytes', 'http.response.body.bytes', 'response_bytes', 'bytes_out', 'bytes'],
  durationMs: ['time-taken', 'duration_ms', 'latency'],
  time: ['time', 'date', 'datetime', 'timestamp', '@timestamp', 'event.created'],
  principal: ['cs-username', 'c-username', 'user', 'username', 'user.name', 'user.id', 'principal', 'actor', 'client.user.name', 'useridentity.arn'],
  credential: ['credential', 'session.credential', 'api_key_id'],
  tool: ['tool', 'rpc.method', 'gen_ai.tool.name'],
  endpoint: ['endpoint', 'http.route', 'api.operation', 'operation'],
  upstream: ['upstream', 'upstream.host', 'cs-dst', 'destination.address'],
  route: ['route', 'gateway.route'],
  service: ['service', 'service.name', 's-sitename'],
  requestId: ['http.request.id', 'request_id', 'x-edge-request-id'],
  traceId: ['trace.id', 'trace_id'],
  kind: ['principal.kind'],
}; // prettier-ignore

/** Fields inside of messages. */
const MESSAGES: Readonly<Record<string, SigmaPlace>> = {
  'cs-cookie': { kind: 'message', field: 'req.header', path: 'cookie' },
  'c-cookie': { kind: 'message', field: 'req.header', path: 'cookie' },
  'cs-content-type': { kind: 'message', field: 'req.header', path: 'content-type' },
  'sc-location': { kind: 'message', field: 'res.header', path: 'location' },
  'http.request.body.content': { kind: 'message', field: 'req.body' },
  'request_body': { kind: 'message', field: 'req.body' },
  'post-body': { kind: 'message', field: 'req.body' },
  'cs-post-body': { kind: 'message', field: 'req.body' },
  'http.response.body.content': { kind: 'message', field: 'res.body' },
  'response_body': { kind: 'message', field: 'res.body' },
  // AWS CloudTrail, in the spelling of its records. Source: CloudTrail user guide, "CloudTrail record contents".
  'eventname': { kind: 'operation' },
}; // prettier-ignore

/** Names of the whole address: path with query, or the URL. */
const URIS = ['c-uri', 'cs-uri', 'url', 'uri', 'url.original', 'url.full', 'request_uri', 'http.url', 'requesturl'];

/** Fields of the taxonomy that no call of a case has, with the reason. */
const NOWHERE: Readonly<Record<string, string>> = {
  'cs-version': 'the HTTP version is not kept',
  'sc-hierarchy': 'what a proxy did upstream is not kept',
  's-action': 'what a proxy did with the request is not kept',
  'sc-filter-result': 'what a proxy did with the request is not kept',
  action: 'whether a firewall blocked the request is not kept',
  's-ip': 'the address of the server is not kept',
  dst_ip: 'the address of the server is not kept',
  'destination.ip': 'the address of the server is not kept',
  's-computername': 'the name of the server is not kept',
  'win32-status': 'it is a Windows code',
  errorcode: 'it stands beside the call and is not searched; outcome is',
  errormessage: 'it stands beside the call and is not searched; outcome is',
  awsregion: 'it stands beside the call and is not searched',
};

const places = new Map<string, SigmaPlace>([
  ...Object.entries(COLUMNS).flatMap(([field, names]) =>
    names.map((name): readonly [string, SigmaPlace] => [name, { kind: 'column', field: field as FieldName }]),
  ), // keys of the table above
  ...Object.entries(MESSAGES),
  ...URIS.map((name): readonly [string, SigmaPlace] => [name, { kind: 'uri' }]),
]);

/** The ending of a path as a field of its own. */
export const isExtension = (name: string): boolean => /^(?:c-uri-extension|cs-uri-extension|url\.extension|uri_ext)$/i.test(name);

/** Where a field of Sigma looks. Errors: CannotRun for a field that calls do not have. */
export function placeOf(name: string): SigmaPlace {
  const key = name.toLowerCase();
  const place = places.get(key);
  if (place !== undefined) return place;
  const header = /^(cs|sc|rs)\(([\w-]{1,64})\)$/.exec(key) ?? /^http\.(request|response)\.headers\.([\w-]{1,64})$/.exec(key);
  if (header?.[2] !== undefined) {
    const known = places.get(`cs-${header[2]}`);
    if (known !== undefined && (header[1] === 'cs' || header[1] === 'request')) return known;
    return { kind: 'message', field: header[1] === 'cs' || header[1] === 'request' ? 'req.header' : 'res.header', path: header[2] };
  }
  // What an operation was asked for and what it answered are kept as bodies.
  const inside = /^(requestparameters|responseelements)\.([\w.[\]-]{1,200})$/.exec(key);
  if (inside !== null)
    return { kind: 'message', field: inside[1] === 'requestparameters' ? 'req.body' : 'res.body', path: name.slice(name.indexOf('.') + 1) };
  const why = NOWHERE[key] ?? (key.startsWith('useridentity.') ? 'of the identity its ARN and key id are kept' : undefined);
  throw new CannotRun(`the field ${name.slice(0, 80)} is not supported: ${why ?? 'calls have no such field'}`);
}

/** What Sigma calls a field of ours. Errors: CannotRun for one that only Spoor has. */
export function sigmaName(field: AnyFieldName, path?: string): string {
  if (field === 'req.header' || field === 'res.header') return `${field === 'req.header' ? 'cs' : 'sc'}(${path ?? ''})`;
  if (path === undefined && field === 'req.body') return 'http.request.body.content';
  if (path === undefined && field === 'res.body') return 'http.response.body.content';
  const name = field in COLUMNS ? COLUMNS[field as FieldName]?.[0] : undefined; // just checked
  if (name === undefined) throw new CannotRun(`the field ${field} is one that Spoor works out`);
  return name;
}
