import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import { toRpcTool } from '../../../model/inner-operation.ts';
import { toMcpTool } from '../../../model/mcp-tool.ts';
import { splitHostPort, splitPath, splitUrl } from '../../../lib/request-target.ts';
import { findHeader, toCount, toStatus } from '../read/fields.ts';
import { toAiSdkAnswer, toAiSdkOperation } from './ai-sdk.ts';
import { Attributes } from './attributes.ts';
import type { Span } from './span.ts';

/** What a span turned out to be: a call, or why it is none. */
export type SpanMeaning = { readonly call: ImportedCall } | { readonly why: string };

/** Steps that a framework takes inside of its own process: they call nothing. */
const INNER_STEPS = new Set([
  'invoke_agent',
  'create_agent',
  'agent',
  'chain',
  'workflow',
  'task',
  'guardrail',
  'evaluator',
  'prompt',
  'unknown',
]);

/** The word that tracing has for a failure, with or without what went wrong: `error: timed out`. */
const isFailure = (outcome: string | undefined): boolean => /^error\b/i.test(outcome ?? '');

/**
 * The call that a span stands for: HTTP in the old and the new names of OpenTelemetry's conventions, RPC, MCP, and the model and
 * tool calls of the GenAI conventions, OpenInference, Traceloop and the AI SDK.
 * Source: OpenTelemetry semantic conventions (HTTP migration table, rpc, gen-ai and mcp pages). A call that both sides traced is
 * two spans of one trace; `side` in the extras tells them apart.
 */
export function toSpanCall(span: Span, text: string): SpanMeaning {
  const attributes = new Attributes(span.attributes);
  const part = toHttp(span, attributes) ?? toMcp(attributes) ?? toModelOrTool(span, attributes) ?? toRpc(span, attributes);
  if (part === undefined) return { why: 'a span that is no call: neither HTTP, RPC, a model nor a tool' };
  if (typeof part === 'string') return { why: part };
  const consumer = attributes.text(
    'enduser.id',
    'user.id',
    'langfuse.user.id',
    'traceloop.association.properties.user_id',
    'ai.telemetry.metadata.userId',
  );
  const own: Header[] = [
    ['side', span.side === 'none' ? undefined : span.side],
    ['span', span.name],
    ['outcome', span.outcome],
    ['service.version', span.version],
  ].flatMap(([name, value]): Header[] => (name === undefined || value === undefined ? [] : [[name, value]]));
  return {
    call: {
      time: span.time,
      timeText: span.timeText,
      timeKind: span.timeText === undefined ? 'unknown' : 'start',
      zoneKnown: true,
      durationMs: span.duration,
      ...part,
      outcome: isFailure(span.outcome) ? 'failed' : undefined,
      consumer,
      traceId: span.traceId,
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      service: span.service,
      extras: [...own, ...attributes.rest()],
      rawText: text,
    },
  };
}

type CallPart = Partial<ImportedCall>;

/** The first names are today's; Envoy, Istio and nginx-opentracing have some of their own, which come last. */
function toHttp(span: Span, attributes: Attributes): CallPart | string | undefined {
  const method = attributes.text('http.request.method', 'http.method');
  const isHttp = method !== undefined || (attributes.has('http.url') && attributes.has('http.status_code'));
  if (!isHttp) return undefined;
  if (span.side === 'internal') return 'a step inside of a process that repeats the HTTP call around it';
  if (span.side === 'producer' || span.side === 'consumer') return 'a message of a queue, not an HTTP call';
  const isClient = span.side === 'client';
  const requestHeaders = attributes.headers('http.request.header.');
  const responseHeaders = attributes.headers('http.response.header.');
  return {
    method: method === '_OTHER' ? (attributes.text('http.request.method_original') ?? method) : method,
    ...toTarget(isClient, attributes),
    status: toStatus(attributes.text('http.response.status_code', 'http.status_code')),
    reqBytes: toCount(attributes.number('http.request.body.size', 'http.request.size', 'http.request_content_length', 'request_size')),
    resBytes: toCount(attributes.number('http.response.body.size', 'http.response.size', 'http.response_content_length', 'response_size')),
    clientIp: isClient ? undefined : (attributes.text('client.address', 'http.client_ip') ?? splitHostPort(toPeer(attributes) ?? '').host),
    forwardedFor: findHeader(requestHeaders, 'x-forwarded-for'),
    userAgent: attributes.text('user_agent.original', 'http.user_agent', 'user_agent') ?? findHeader(requestHeaders, 'user-agent'),
    requestHeaders: requestHeaders.length === 0 ? undefined : requestHeaders,
    responseHeaders: responseHeaders.length === 0 ? undefined : responseHeaders,
    requestBody: attributes.body('http.request.body', 'http.request.body.content'),
    responseBody: attributes.body('http.response.body', 'http.response.body.content'),
    requestId: attributes.text('guid:x-request-id', 'http.request_id') ?? findHeader(requestHeaders, 'x-request-id'),
    // A server's span names its own address, as a sidecar's log does: it is where the request was passed on to.
    upstream:
      attributes.text('upstream_address') ?? (isClient ? toPeer(attributes) : (attributes.text('network.local.address') ?? span.address)),
    route: attributes.text('http.route'),
    tool: toToolName(attributes),
  };
}

/** Scheme, host, port, path and query, from the URL where there is one. */
function toTarget(isClient: boolean, attributes: Attributes): CallPart {
  const url = splitUrl(attributes.text('url.full', 'http.url') ?? '');
  const target = splitPath(attributes.text('http.target') ?? '');
  return {
    scheme: url.scheme ?? attributes.text('url.scheme', 'http.scheme'),
    ...(url.host === undefined ? toAuthority(isClient, attributes) : { host: url.host, port: url.port }),
    path: attributes.text('url.path') ?? target.path ?? url.path ?? attributes.text('http.path'),
    query: attributes.text('url.query') ?? target.query ?? url.query,
  };
}

function toAuthority(isClient: boolean, attributes: Attributes): CallPart {
  const text = isClient
    ? attributes.text('server.address', 'http.host', 'net.peer.name', 'peer.hostname')
    : attributes.text('server.address', 'http.host', 'http.server_name', 'net.host.name');
  const { host, port } = splitHostPort(text ?? '');
  return { host, port: port ?? attributes.number('server.port', isClient ? 'net.peer.port' : 'net.host.port') };
}

/** The other end of the connection: the caller of a server, the server of a caller. */
function toPeer(attributes: Attributes): string | undefined {
  const address = attributes.text('network.peer.address', 'net.sock.peer.addr', 'net.peer.ip', 'peer.address', 'peer.ipv4', 'peer.ipv6');
  if (address === undefined) return undefined;
  const port = attributes.number('network.peer.port', 'net.sock.peer.port', 'net.peer.port', 'peer.port');
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${String(port)}` : `${address}:${String(port)}`;
}

/** Source: OpenTelemetry, "MCP": one span a message, whatever carried it. Its HTTP exchange is a span of its own. */
function toMcp(attributes: Attributes): CallPart | undefined {
  const method = attributes.text('mcp.method.name', 'mcp.method');
  if (method === undefined) return undefined;
  const name = attributes.text('gen_ai.tool.name', 'mcp.tool.name', 'mcp.prompt.name', 'gen_ai.prompt.name', 'mcp.resource.uri');
  const session = attributes.text('mcp.session.id');
  return {
    method: 'POST',
    path: '/mcp',
    host: attributes.text('server.address'),
    port: attributes.number('server.port'),
    clientIp: attributes.text('client.address'),
    requestId: attributes.text('jsonrpc.request.id', 'mcp.request.id'),
    route: name === undefined ? method : `${method}:${name}`,
    tool: (method === 'tools/call' && name !== undefined ? toMcpTool(name) : undefined) ?? toRpcTool(method),
    // As a header it is masked like any other session.
    requestHeaders: session === undefined ? undefined : [['mcp-session-id', session]],
    requestBody: attributes.body('gen_ai.tool.call.arguments', 'mcp.tool.arguments', 'mcp.request.argument', 'traceloop.entity.input'),
    responseBody: attributes.body('gen_ai.tool.call.result', 'mcp.tool.result', 'mcp.response.value', 'traceloop.entity.output'),
  };
}

/** What kind of step the vocabularies of agents name. */
function findOperation(attributes: Attributes): string | undefined {
  for (const name of ['gen_ai.operation.name', 'openinference.span.kind', 'traceloop.span.kind', 'llm.request.type']) {
    const named = attributes.peek(name);
    if (named !== undefined) return named.toLowerCase();
  }
  const ofAiSdk = toAiSdkOperation(attributes.peek('ai.operationId'));
  if (ofAiSdk !== undefined) return ofAiSdk;
  const isModel = ['gen_ai.request.model', 'gen_ai.system', 'llm.model_name', 'llm.request.model'].some((name) => attributes.has(name));
  if (isModel) return 'chat';
  return attributes.has('gen_ai.tool.name') ? 'execute_tool' : undefined;
}

function toToolName(attributes: Attributes): string | undefined {
  const name = attributes.text('gen_ai.tool.name', 'tool.name');
  return name === undefined ? undefined : `tool:${name}`;
}

const MODEL_NAMES = [
  'gen_ai.request.model',
  'gen_ai.response.model',
  'llm.model_name',
  'embedding.model_name',
  'llm.request.model',
  'ai.model.id',
];

/** A model or a tool that was called; the path is `/chat`, `/embeddings`, `/execute_tool` and so on, by the operation's name. */
function toModelOrTool(span: Span, attributes: Attributes): CallPart | string | undefined {
  const operation = findOperation(attributes);
  if (operation === undefined) return undefined;
  const isRemote = span.side === 'client' || span.side === 'server';
  if (INNER_STEPS.has(operation) && !isRemote) return `a step of an agent, not a call: ${operation.slice(0, 40)}`;
  const isTool = operation === 'execute_tool' || operation === 'tool';
  const name = isTool ? attributes.text('gen_ai.tool.name', 'tool.name', 'ai.toolCall.name', 'traceloop.entity.name') : undefined;
  return {
    method: 'POST',
    path: `/${(isTool ? 'execute_tool' : operation === 'llm' ? 'chat' : operation).replaceAll(/[^\w.-]/g, '_')}`,
    host: attributes.text('server.address'),
    port: attributes.number('server.port'),
    route: isTool ? name : attributes.text(...MODEL_NAMES, 'gen_ai.agent.name'),
    tool: isTool && name !== undefined ? `tool:${name}` : undefined,
    requestId: attributes.text('gen_ai.response.id', 'gen_ai.tool.call.id', 'ai.toolCall.id'),
    ...toBodies(attributes),
  };
}

function toBodies(attributes: Attributes): {
  readonly requestBody: ImportedBody | undefined;
  readonly responseBody: ImportedBody | undefined;
} {
  return {
    requestBody:
      attributes.body('gen_ai.tool.call.arguments', 'gen_ai.input.messages', 'input.value', 'traceloop.entity.input', 'gen_ai.prompt') ??
      attributes.body('ai.toolCall.args', 'ai.prompt.messages', 'ai.prompt', 'ai.values', 'ai.value', 'llm.input_messages') ??
      attributes.body('tool.parameters') ??
      attributes.bodyBelow('gen_ai.prompt.') ??
      attributes.bodyBelow('llm.input_messages.'),
    responseBody:
      attributes.body(
        'gen_ai.tool.call.result',
        'gen_ai.output.messages',
        'output.value',
        'traceloop.entity.output',
        'gen_ai.completion',
        'ai.toolCall.result',
        'llm.output_messages',
      ) ??
      toAiSdkAnswer(attributes) ??
      attributes.bodyBelow('gen_ai.completion.') ??
      attributes.bodyBelow('llm.output_messages.'),
  };
}

/** gRPC and its like: `POST /package.Service/Method`, as gRPC itself writes it. Database and message spans are not calls of an API. */
function toRpc(span: Span, attributes: Attributes): CallPart | string | undefined {
  const method = attributes.text('rpc.method', 'grpc.path');
  if (method === undefined) return undefined;
  if (span.side === 'internal') return 'a step inside of a process that repeats the call around it';
  const service = attributes.text('rpc.service');
  const isClient = span.side === 'client';
  const authority = splitHostPort(attributes.text('server.address', 'net.peer.name', 'net.host.name') ?? '');
  const isGrpc = (attributes.peek('rpc.system.name') ?? attributes.peek('rpc.system')) === 'grpc';
  const full = service === undefined || method.includes('/') ? method : `${service}/${method}`;
  return {
    method: 'POST',
    path: full.startsWith('/') ? full : `/${full}`,
    host: authority.host,
    port: authority.port ?? attributes.number('server.port', 'net.peer.port', 'net.host.port'),
    clientIp: isClient ? undefined : (attributes.text('client.address') ?? splitHostPort(toPeer(attributes) ?? '').host),
    upstream: isClient ? toPeer(attributes) : undefined,
    contentType: isGrpc ? 'application/grpc' : undefined,
  };
}
