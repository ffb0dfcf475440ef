import type { Header } from '../../../model/call.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import type { StoredDetail } from '../../intake/masking/masked-call.ts';
import { decodeMcpHeader } from '../../intake/mcp-headers.ts';

/** One thing that header and body of a request say differently, or that the header should say and does not. */
export interface Mismatch {
  readonly kind: 'method' | 'name' | 'parameter' | 'version' | 'missing';
  readonly header: string;
  /** `undefined`: the header is missing. */
  readonly inHeader: string | undefined;
  readonly inBody: string;
}

/** From this revision on clients have to send the routing headers. Source: MCP 2026-07-28, Streamable HTTP. */
const HEADERS_SINCE = '2026-07-28';
/** Requests whose name stands in a header too, and where their body has it. */
const NAMED: Readonly<Record<string, string>> = {
  'tools/call': '$.params.name',
  'prompts/get': '$.params.name',
  'resources/read': '$.params.uri',
};
const VERSION = '$.params._meta["io.modelcontextprotocol/protocolVersion"]';
const ARGUMENT = /^\$\.params\.arguments\.([A-Za-z_][\w-]*)$/;
/** Marks of masking: what stands in their place is not known. */
const MASKED = /[…‹›]/;

const headerOf = (headers: readonly Header[], name: string): string | undefined => {
  const value = headers.find((header) => header[0].toLowerCase() === name)?.[1];
  return value === undefined ? undefined : decodeMcpHeader(value.trim());
};
const plainName = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');
const differ = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a !== b && !MASKED.test(a) && !MASKED.test(b);

/** What a request's body says. `undefined` for what is no single message of MCP. */
function readMessage(text: string): ReadonlyMap<string, string> | undefined {
  const places = new Map<string, string>();
  scanJson(text, ({ pointer, text: value }) => {
    if (places.size < 200 && !places.has(pointer)) places.set(pointer, value);
    return true;
  });
  return places.get('$.jsonrpc') === '2.0' && places.has('$.method') ? places : undefined;
}

/** True when the server saw the difference (error −32020), or failed for another reason: nothing was done with it. */
function wasRefused(body: string | undefined): boolean {
  let refused = false;
  scanJson(body ?? '', ({ pointer }) => {
    refused = pointer === '$.error.code';
    return !refused;
  });
  return refused;
}

/** What can be said of one request; `undefined` where its header or body is not kept, or the server refused it. */
export function compareHeaders({ requestHeaders, requestBody, responseBody }: StoredDetail): readonly Mismatch[] | undefined {
  if (requestHeaders === undefined || requestBody?.text === undefined) return undefined;
  const body = readMessage(requestBody.text);
  if (body === undefined) return undefined;
  const method = body.get('$.method') ?? '';
  const [inMethod, inName, inVersion] = ['mcp-method', 'mcp-name', 'mcp-protocol-version'].map((name) => headerOf(requestHeaders, name));
  const version = body.get(VERSION) ?? inVersion ?? '';
  if (inMethod === undefined && version < HEADERS_SINCE) return undefined;
  if (wasRefused(responseBody?.text)) return undefined;
  const name = body.get(NAMED[method] ?? '');
  const found: Mismatch[] = [];
  const compare = (kind: Mismatch['kind'], header: string, inHeader: string | undefined, inBody: string | undefined): void => {
    if (differ(inHeader, inBody)) found.push({ kind, header, inHeader, inBody: inBody ?? '' });
  };
  compare('method', 'Mcp-Method', inMethod, method);
  compare('name', 'Mcp-Name', inName, name);
  compare('version', 'MCP-Protocol-Version', inVersion, body.get(VERSION));
  if (version >= HEADERS_SINCE && inMethod === undefined) found.push({ kind: 'missing', header: 'Mcp-Method', inHeader: undefined, inBody: method });
  if (version >= HEADERS_SINCE && inName === undefined && name !== undefined) found.push({ kind: 'missing', header: 'Mcp-Name', inHeader: undefined, inBody: name });
  const given = new Map([...body].flatMap(([pointer, text]) => { const [, argument] = ARGUMENT.exec(pointer) ?? []; return argument === undefined ? [] : [[plainName(argument), text] as const]; }));
  for (const [header, value] of requestHeaders) {
    const parameter = /^mcp-param-(.+)$/i.exec(header)?.[1];
    if (parameter !== undefined) compare('parameter', header, decodeMcpHeader(value.trim()), given.get(plainName(parameter)));
  }
  return found;
} // prettier-ignore
