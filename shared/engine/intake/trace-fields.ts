import type { Header, ImportedCall } from '../../model/call.ts';
import { readMcpHeaders, type McpFields } from './mcp-headers.ts';

/** What headers tell about a call that its source had no column for. */
export type HeaderFields = Pick<
  ImportedCall,
  | 'traceId'
  | 'spanId'
  | 'parentSpanId'
  | 'requestId'
  | 'userAgent'
  | 'referer'
  | 'host'
  | 'contentType'
  | 'tool'
  | 'clientIp'
  | 'forwardedFor'
  | 'redirectUrl'
  | 'route'
  | 'service'
> & {
  /** Set when headers say what an MCP request does. */
  readonly mcp?: McpFields | undefined;
  readonly soapAction?: string | undefined;
  readonly target?: string | undefined;
  /** Content type of the request; `contentType` is the answer's. */
  readonly requestType?: string | undefined;
};

type Fields = { -readonly [K in keyof HeaderFields]: HeaderFields[K] };

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/i;
const B3 = /^([0-9a-f]{16,32})-([0-9a-f]{16})(?:-[01d])?(?:-([0-9a-f]{16}))?$/i;
const ZEROS = /^0+$/;

type Reader = (fields: Fields, value: string) => void;

/** First come, first kept: the importer's own columns are in `fields` already. */
const REQUEST: Readonly<Record<string, Reader>> = {
  traceparent: (fields, value) => {
    const [, traceId = '', spanId = ''] = TRACEPARENT.exec(value) ?? [];
    if (traceId === '' || ZEROS.test(traceId)) return;
    fields.traceId ??= traceId.toLowerCase();
    // What the caller sent is the caller's span: the parent of this call.
    if (!ZEROS.test(spanId) && fields.spanId !== spanId.toLowerCase()) fields.parentSpanId ??= spanId.toLowerCase();
  },
  b3: (fields, value) => {
    const [, traceId, spanId, parentSpanId] = B3.exec(value) ?? [];
    fields.traceId ??= traceId?.toLowerCase();
    // Zipkin lets both sides of a call share one span.
    fields.spanId ??= spanId?.toLowerCase();
    fields.parentSpanId ??= parentSpanId?.toLowerCase();
  },
  'x-b3-traceid': (fields, value) => (fields.traceId ??= hexId(value)),
  'x-b3-spanid': (fields, value) => (fields.spanId ??= hexId(value)),
  'x-b3-parentspanid': (fields, value) => (fields.parentSpanId ??= hexId(value)),
  'x-amzn-trace-id': (fields, value) => {
    // A load balancer puts its own Self before the Root that all hops share.
    const root = /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/i.exec(value) ?? /Self=(1-[0-9a-f]{8}-[0-9a-f]{24})/i.exec(value);
    fields.traceId ??= root?.[1]?.toLowerCase();
    fields.parentSpanId ??= /Parent=([0-9a-f]{16})/i.exec(value)?.[1]?.toLowerCase();
  },
  'x-datadog-trace-id': (fields, value) => (fields.traceId ??= /^\d{1,20}$/.exec(value)?.[0]),
  'x-datadog-parent-id': (fields, value) => (fields.parentSpanId ??= /^\d{1,20}$/.exec(value)?.[0]),
  'x-request-id': (fields, value) => (fields.requestId ??= value),
  'x-correlation-id': (fields, value) => (fields.requestId ??= value),
  'request-id': (fields, value) => (fields.requestId ??= value),
  'user-agent': (fields, value) => (fields.userAgent ??= value),
  referer: (fields, value) => (fields.referer ??= value),
  host: (fields, value) => (fields.host ??= hostOnly(value)),
  ':authority': (fields, value) => (fields.host ??= hostOnly(value)),
  'x-forwarded-for': (fields, value) => {
    fields.forwardedFor ??= value;
    fields.clientIp ??= /^\s*([^,\s]+)/.exec(value)?.[1];
  },
  soapaction: (fields, value) => (fields.soapAction ??= value),
  'x-amz-target': (fields, value) => (fields.target ??= value),
  'content-type': (fields, value) => (fields.requestType ??= value),
};

const RESPONSE: Readonly<Record<string, Reader>> = {
  'x-request-id': (fields, value) => (fields.requestId ??= value),
  'x-correlation-id': (fields, value) => (fields.requestId ??= value),
  'request-id': (fields, value) => (fields.requestId ??= value),
  'x-amzn-requestid': (fields, value) => (fields.requestId ??= value),
  'content-type': (fields, value) => (fields.contentType ??= value),
  location: (fields, value) => (fields.redirectUrl ??= value),
};

/**
 * What a gateway or an edge calls the request in its own log, for answers that bear no id of the application's: every log behind it has that one.
 * Sources: Kong 3.5 (`request.id`), CloudFront (`x-edge-request-id`), Cloudflare (`RayID`), Azure API Management (`x-ms-request-id`).
 */
const EDGE: Readonly<Record<string, Reader>> = {
  'x-kong-request-id': (fields, value) => (fields.requestId ??= value),
  'x-amz-cf-id': (fields, value) => (fields.requestId ??= value),
  // A colo stands behind the id in the header, and not in the log.
  'cf-ray': (fields, value) => (fields.requestId ??= value.replace(/-[A-Z]{3}$/, '')),
  'x-ms-request-id': (fields, value) => (fields.requestId ??= value),
};

const hexId = (value: string): string | undefined =>
  /^[0-9a-f]{16,32}$/i.test(value) && !ZEROS.test(value) ? value.toLowerCase() : undefined;
const hostOnly = (value: string): string | undefined => value.trim().replace(/:\d+$/, '').toLowerCase() || undefined;

/** Adds the trace context that an RPC message names for itself, where headers name none. Source: MCP, `params._meta.traceparent`. */
export function withTraceOf(fields: HeaderFields, traceparent: string | undefined): HeaderFields {
  if (traceparent === undefined || fields.traceId !== undefined) return fields;
  const traced: Fields = { ...fields };
  REQUEST['traceparent']?.(traced, traceparent);
  return traced;
}

/** Fills from the headers what the importer left open. The importer's values stand. */
export function readHeaderFields(call: ImportedCall): HeaderFields {
  const { traceId, spanId, parentSpanId, requestId, userAgent, referer, host, contentType, tool, clientIp, forwardedFor, redirectUrl } =
    call;
  const mcp = readMcpHeaders(call.requestHeaders, call.extras);
  const fields: Fields = {
    traceId,
    spanId,
    parentSpanId,
    requestId,
    userAgent,
    referer,
    host,
    contentType,
    tool: tool ?? mcp?.tool,
    route: call.route ?? mcp?.route,
    service: call.service ?? mcp?.server,
    mcp,
    clientIp,
    forwardedFor,
    redirectUrl,
  };
  read(call.requestHeaders, REQUEST, fields);
  read(call.responseHeaders, RESPONSE, fields);
  if (fields.requestId === undefined) read(call.responseHeaders, EDGE, fields);
  return fields;
}

function read(headers: readonly Header[] | undefined, readers: Readonly<Record<string, Reader>>, fields: Fields): void {
  if (headers === undefined) return;
  for (const [name, value] of headers) {
    if (value === '') continue;
    const lower = name.toLowerCase();
    if (Object.hasOwn(readers, lower)) readers[lower]?.(fields, value);
  }
}

const SIGNALS = new Map<string, number>([
  ['signature-agent', 0],
  ['x-stainless-helper', 1],
  ['semantic-kernel-version', 2],
  ['anthropic-version', 3],
  ['x-stainless-lang', 3],
  ['mcp-protocol-version', 4],
  ['mcp-method', 5],
]);

/**
 * The strongest mark of an agent or SDK among request headers, as `name=value`; `undefined` without one.
 * `signature-agent` counts as signed only together with the signature itself.
 */
export function agentSignal(headers: readonly Header[]): string | undefined {
  let best: string | undefined;
  let rank = Infinity;
  let isSigned = false;
  for (const [rawName, value] of headers) {
    const name = rawName.toLowerCase();
    if (name === 'signature-input') isSigned = true;
    const own = SIGNALS.get(name);
    if (own === undefined || own >= rank) continue;
    rank = own;
    best = `${name}=${value.slice(0, 80)}`;
  }
  return rank === 0 && isSigned ? `signed ${best ?? ''}` : best;
}
