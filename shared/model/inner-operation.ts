/**
 * Operations inside of one path, as the `tool` of a call names them: `mcp:search_orders` a tool behind MCP, `tool:search` one that a trace
 * names, `rpc:tools/list` a JSON-RPC method, `graphql:query GetUser`, `soap:GetPrice`, and `grpc:shop.Orders/List`, whose path says it already.
 */
export type InnerKind = 'mcp' | 'tool' | 'rpc' | 'graphql' | 'soap' | 'grpc';

const KINDED = /^(mcp|tool|rpc|graphql|soap|grpc):(.+)$/;
/** What a name is made of; anything else (a text with braces, an injection) names no operation and stays evidence of its call. */
const NAME = /^[\w./:$#-][\w./:$#, +-]{0,399}$/;
const METHOD_NAME = /^[\w.:/$-]{1,128}$/;

/** Kinds that a message of JSON-RPC asks for, which has an id of its own. */
export const INNER_MESSAGE_KINDS: readonly InnerKind[] = ['mcp', 'tool', 'rpc'];

/** Kinds that say what a path was asked to do; `mcp` and `tool` say what an agent used. */
export const PATH_KINDS: readonly InnerKind[] = ['rpc', 'graphql', 'soap', 'grpc'];

/** A JSON-RPC method as `tool` holds it; `undefined` for a text that no method is called. */
export const toRpcTool = (method: string): string | undefined => (METHOD_NAME.test(method) ? `rpc:${method}` : undefined);

/** The name of a tool as a log gives it, with its kind in front; one that has a kind stays as it is. */
export const toKindedTool = (name: string): string => (KINDED.test(name) ? name : `tool:${name}`);

/** True for calls whose path is literal all the way: its segments name a service and a method. */
export const isGrpcTool = (tool: string | undefined): boolean => tool?.startsWith('grpc:') === true;

/**
 * The operation that a call of a path asked for, as endpoints name it: `tool search_orders`, `tools/list`, `query GetUser`, `GetPrice`.
 * `undefined` where the path alone says it, and where the call had nothing to ask with (a GET of an MCP path only listens).
 */
export function operationOfTool(method: string, tool: string | undefined): string | undefined {
  const [, kind, name = ''] = KINDED.exec(tool ?? '') ?? [];
  if (kind === undefined || kind === 'grpc' || !NAME.test(name)) return undefined;
  if (method !== 'POST' && !(kind === 'graphql' && (method === 'GET' || method === 'QUERY'))) return undefined;
  return kind === 'mcp' || kind === 'tool' ? `tool ${name}` : name;
}

/** What stands between path and operation in the id of an endpoint. */
const BETWEEN = ' · ';

interface EndpointParts {
  readonly method: string;
  readonly host: string;
  readonly template: string;
}

/** The id of an endpoint, which is also how it is shown: `POST api.test/graphql · query GetUser`. */
export const printEndpoint = ({ method, host, template }: EndpointParts, operation: string | undefined): string =>
  `${method} ${host}${template}${operation === undefined ? '' : BETWEEN + operation}`;

/** The operation that the id of an endpoint names behind its path. */
export const operationOfEndpoint = ({ method, host, template, key }: EndpointParts & { readonly key: string }): string | undefined => {
  const start = printEndpoint({ method, host, template }, undefined).length + BETWEEN.length;
  return key.length > start ? key.slice(start) : undefined;
};

/** Path and operation of an endpoint, for places that name its method and host elsewhere: `/graphql · query GetUser`. */
export const printPlace = (endpoint: EndpointParts & { readonly key: string }): string => {
  const operation = operationOfEndpoint(endpoint);
  return operation === undefined ? endpoint.template : endpoint.template + BETWEEN + operation;
};
