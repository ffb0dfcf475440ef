import type { ImportedCall } from '../../../model/call.ts';
import { toRpcTool } from '../../../model/inner-operation.ts';
import { toMcpTool } from '../../../model/mcp-tool.ts';
import { grpcMethodOf } from '../../../model/grpc-path.ts';
import type { Message } from './message-members.ts';
import { graphqlName, messageOfQuery } from './name-graphql.ts';
import { firstSoapElement, soapActionName } from './soap-action.ts';

/** Names of a batch that are shown; the rest is counted. */
const SHOWN_OF_BATCH = 3;

/** What headers say about the operation. */
export interface OperationHeaders {
  /** `SOAPAction`, or the `action` of a SOAP 1.2 content type. */
  readonly soapAction?: string | undefined;
  /** `X-Amz-Target`: the JSON protocols of AWS. */
  readonly target?: string | undefined;
  readonly requestType?: string | undefined;
  readonly responseType?: string | undefined;
  /** `Mcp-Method` and its like. */
  readonly mcpMethod?: string | undefined;
}

/**
 * The operation that a call asks for inside of its path, by the first that tells: headers of MCP, the message in its body or query, SOAP,
 * a gRPC path. Example: `mcp:search_orders`, `rpc:tools/list`, `graphql:query GetUser`, `soap:GetPrice`, `grpc:shop.Orders/List`.
 * Shape: `messages` are those of the request's body. `undefined`: its path says all.
 */
export function nameOperation(call: ImportedCall, messages: readonly Message[], headers: OperationHeaders): string | undefined {
  const path = call.path ?? '';
  return (
    (headers.mcpMethod === undefined ? undefined : toRpcTool(headers.mcpMethod)) ??
    nameOfMessages(messages, path) ??
    graphqlOfText(call, path, headers.requestType) ??
    soapOf(call, headers) ??
    (headers.target === undefined ? undefined : toRpcTool(headers.target)) ??
    prefixed('grpc', grpcMethodOf(path, [headers.requestType, headers.responseType]))
  );
}

const prefixed = (kind: string, name: string | undefined): string | undefined => (name === undefined ? undefined : `${kind}:${name}`);

function nameOfMessages(messages: readonly Message[], path: string): string | undefined {
  const names = new Set<string>();
  for (const message of messages) {
    const name = rpcName(message, path) ?? prefixed('graphql', graphqlName(message, path));
    if (name !== undefined) names.add(name);
  }
  const [first, ...others] = [...names].sort();
  if (first === undefined || others.length === 0) return first;
  // Which messages came together is an operation of its own: what one of them may do, the batch may.
  const kind = first.slice(0, first.indexOf(':'));
  const all = [first, ...others].map((name) => name.slice(name.indexOf(':') + 1));
  const more = all.length - SHOWN_OF_BATCH;
  return `${kind === 'mcp' ? 'rpc' : kind}:batch ${all.slice(0, SHOWN_OF_BATCH).join(', ')}${more > 0 ? ` +${String(more)}` : ''}`;
}

/** Version 1 of JSON-RPC sends no version: there the path has to say it. */
function rpcName({ version, method, name }: Message, path: string): string | undefined {
  if (method === undefined || (version === undefined && !/json-?rpc|\/rpc\b/i.test(path))) return undefined;
  return (method === 'tools/call' && name !== undefined ? toMcpTool(name) : undefined) ?? toRpcTool(method);
}

/** GraphQL that stands in the query of a GET, or is the body itself. Forms are read with the other bodies. */
function graphqlOfText({ query, requestBody }: ImportedCall, path: string, headerType: string | undefined): string | undefined {
  const inQuery = query === undefined ? undefined : messageOfQuery(query);
  const named = inQuery === undefined ? undefined : graphqlName(inQuery, path);
  if (named !== undefined) return `graphql:${named}`;
  const text = requestBody?.encoding === 'text' ? requestBody.text : undefined;
  if (text === undefined) return undefined;
  const type = requestBody?.mime ?? headerType ?? '';
  return /^application\/graphql\b(?!\+json|-response)/i.test(type) ? prefixed('graphql', graphqlName({ query: text }, path)) : undefined;
}

function soapOf({ requestBody }: ImportedCall, { soapAction, requestType }: OperationHeaders): string | undefined {
  const type = requestBody?.mime ?? requestType ?? '';
  const action = soapAction ?? /\baction="?([^";]{1,500})/i.exec(type.includes('soap') ? type : '')?.[1];
  const named = action === undefined ? undefined : soapActionName(action);
  if (named !== undefined) return `soap:${named}`;
  const text = requestBody?.encoding === 'text' ? requestBody.text : undefined;
  if (text === undefined || !(/xml|soap/i.test(type) || type === '') || !/^[\s\ufeff]*</.test(text.slice(0, 200))) return undefined;
  return prefixed('soap', firstSoapElement(text));
}
