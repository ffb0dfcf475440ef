import type { MappedField } from '../../../model/mapping.ts';

/** Names in the spelling of `normalName`, the most telling first. */
type Names = readonly string[];

/** Containers that programs put around what belongs to the request or the response; a field's name may stand behind each. */
const ofRequest = (...names: Names): Names =>
  names.flatMap((name) => [name, `request_${name}`, `request.${name}`, `req.${name}`, `http.request.${name}`, `http_request.${name}`]);
const ofResponse = (...names: Names): Names =>
  names.flatMap((name) => [name, `response_${name}`, `response.${name}`, `res.${name}`, `http.response.${name}`, `resp.${name}`]);

/** Where the time of a call stands. */
export const TIME_NAMES: Names = [
  ...[
    'time_local',
    'time_iso8601',
    'start_time',
    'started_at',
    'request_time_epoch',
    'timestamp',
    'time',
    'datetime',
    'date_time',
    'ts',
    'msec',
  ],
  ...[
    'event_time',
    'event.start',
    'log_time',
    'logged_at',
    'created_at',
    'created',
    'received_at',
    'request_start',
    'start',
    'date',
    'end_time',
  ],
];

/** Where the length of a call stands; the unit may be part of the name: `latency_ms`. */
export const DURATION_NAMES: Names = [
  ...[
    'duration',
    'request_time',
    'request_duration',
    'response_time',
    'latency',
    'elapsed',
    'elapsed_time',
    'took',
    'time_taken',
    'total_time',
  ],
  ...['processing_time', 'event.duration', 'req_time', 'res_time', 'runtime', 'total_duration', 'http.duration', 'duration_total'],
];

/** Units as the last word of a name. */
export const UNIT_WORDS: Readonly<Record<string, 's' | 'ms' | 'us' | 'ns'>> = {
  s: 's',
  sec: 's',
  secs: 's',
  seconds: 's',
  ms: 'ms',
  msec: 'ms',
  millis: 'ms',
  milliseconds: 'ms',
  us: 'us',
  usec: 'us',
  micros: 'us',
  microseconds: 'us',
  ns: 'ns',
  nanos: 'ns',
  nanoseconds: 'ns',
};

/**
 * The names that people give to each field of a call.
 * Source: variables of nginx and Apache, the Elastic Common Schema, OpenTelemetry, loggers of Node, Python, Go and Java servers.
 */
export const FIELD_NAMES: { readonly [Field in MappedField]?: Names } = {
  request: ['request', 'request_line', 'req', 'http_request', 'message', 'cs_request'],
  method: [...ofRequest('method'), 'http_method', 'http.method', 'verb', 'cs_method', 'http_verb'],
  url: [
    ...['request_uri', 'url.original', 'url.full', 'http.target', 'http.url', 'original_url', 'url', 'uri', 'target', 'cs_uri'],
    ...ofRequest('uri', 'url', 'original_url', 'path', 'raw_path', 'target'),
    ...['url.path', 'cs_uri_stem', 'uri_path', 'pathname', 'resource_path', 'http_path', 'http.path'],
  ],
  query: [...ofRequest('query_string', 'querystring', 'query'), 'url.query', 'args', 'cs_uri_query'],
  status: [
    ...ofResponse('status', 'status_code', 'code'),
    ...[
      'http_status',
      'http.status',
      'http_status_code',
      'http.status_code',
      'http_code',
      'response',
      'sc_status',
      'resp_status',
      'statuscode',
    ],
  ],
  host: [
    'host',
    'http_host',
    'vhost',
    'virtual_host',
    'server_name',
    'authority',
    'domain',
    ...ofRequest('host').slice(1),
    'url.domain',
    'http.host',
  ],
  port: ['url.port', 'server_port', 'host_port'],
  scheme: [
    'scheme',
    'request_scheme',
    'url.scheme',
    'http.scheme',
    'request.scheme',
    'http_x_forwarded_proto',
    'x_forwarded_proto',
    'protocol',
  ],
  clientIp: [
    ...['remote_addr', 'client_ip', 'client.ip', 'clientip', 'remote_ip', 'source.ip', 'remote_address', 'client_addr', 'client_address'],
    ...[
      'client.address',
      'real_ip',
      'realip',
      'source_ip',
      'src_ip',
      'ip',
      'ip_address',
      'c_ip',
      'remote_host',
      'client',
      'remote',
      'peer',
    ],
    ...['req.remote_address', 'request.remote_ip', 'request.client_ip', 'request.ip', 'req.ip', 'x_real_ip', 'http_x_real_ip'],
  ],
  forwardedFor: ['http_x_forwarded_for', 'x_forwarded_for', 'xff', 'forwarded_for'],
  userAgent: [
    'http_user_agent',
    'user_agent.original',
    'user_agent',
    'useragent',
    'ua',
    'agent',
    'cs_user_agent',
    ...ofRequest('user_agent'),
  ],
  referer: ['http_referer', 'http_referrer', 'referer', 'referrer', 'http.request.referrer', 'request.referer', 'cs_referer'],
  consumer: [
    'remote_user',
    'consumer',
    'consumer.username',
    'user',
    'user.id',
    'user.name',
    'username',
    'user_name',
    'user_id',
    'principal',
    'subject',
  ],
  requestId: [
    'request_id',
    'x_request_id',
    'http_x_request_id',
    'req_id',
    'correlation_id',
    'x_correlation_id',
    'req.id',
    'request.id',
    'unique_id',
  ],
  traceId: ['trace_id', 'traceid', 'trace.id', 'x_b3_traceid', 'otel.trace_id', 'http_x_b3_traceid'],
  spanId: ['span_id', 'spanid', 'span.id', 'x_b3_spanid'],
  parentSpanId: ['parent_span_id', 'parent.id', 'parent_id'],
  upstream: ['upstream_addr', 'upstream_host', 'upstream_address', 'upstream', 'backend_addr', 'backend'],
  route: ['route', 'route_name', 'route.name', 'route_id', 'router'],
  service: ['service', 'service_name', 'service.name', 'proxy_upstream_name', 'upstream_name', 'backend_name', 'api_name'],
  reqBytes: [
    ...['request_length', 'bytes_received', 'request_size', 'req_size', 'request_bytes', 'bytes_in', 'received_bytes', 'cs_bytes'],
    ...['http.request.bytes', 'http.request.body.bytes', 'request.size', 'request.body_size', 'request_content_length'],
  ],
  resBytes: [
    ...[
      'body_bytes_sent',
      'bytes_sent',
      'bytes',
      'response_size',
      'response_length',
      'resp_size',
      'response_bytes',
      'bytes_out',
      'sent_bytes',
    ],
    ...[
      'size',
      'sc_bytes',
      'http.response.body.bytes',
      'http.response.bytes',
      'response.size',
      'content_length',
      'res.content_length',
      'body_size',
    ],
  ],
  contentType: ['sent_http_content_type', 'response_content_type', 'response.content_type', 'upstream_http_content_type'],
  redirectUrl: ['sent_http_location', 'response_location'],
};

/** Lengths of parts of a call: nginx measures them in seconds. */
export const TIMING_NAMES: Readonly<Record<string, Names>> = {
  upstream: ['upstream_response_time', 'upstream_time', 'upstream_duration', 'backend_time', 'upstream_latency', 'upstream_service_time'],
  connect: ['upstream_connect_time'],
  header: ['upstream_header_time'],
};

export const HEADER_NAMES = {
  request: ['headers', 'request_headers', 'req_headers', 'request.headers', 'req.headers', 'http.request.headers', 'http_headers'],
  response: ['response_headers', 'resp_headers', 'res_headers', 'response.headers', 'res.headers', 'http.response.headers'],
} as const;

export const BODY_NAMES = {
  request: ['request_body', 'req_body', 'request.body', 'req.body', 'http.request.body.content', 'request_payload'],
  response: ['response_body', 'resp_body', 'res_body', 'response.body', 'res.body', 'http.response.body.content', 'response_payload'],
} as const;

/** Fields of their own that are headers; their values may be secret, so they go where headers are masked. */
export const SINGLE_HEADERS: Readonly<Record<string, string>> = {
  authorization: 'authorization',
  cookie: 'cookie',
  cookies: 'cookie',
  x_api_key: 'x-api-key',
  api_key: 'x-api-key',
  apikey: 'x-api-key',
  traceparent: 'traceparent',
  x_amzn_trace_id: 'x-amzn-trace-id',
};
