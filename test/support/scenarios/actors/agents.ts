import type { Party } from '../core/party.ts';
import type { Body } from '../core/given.ts';
import type { Session } from '../core/session.ts';
import type { Json } from '../core/store.ts';
import type { Foreign } from '../core/exchange.ts';

/** Where an agent's language model lives, and how its client presents itself. */
export interface Model {
  readonly foreign: Foreign;
  readonly key: string;
}

/** Asks the model what to do next; the answer is a call of tools. */
export function askModel(
  session: Session,
  model: Model,
  seen: Json,
  calls: readonly { readonly name: string; readonly arguments: Json }[],
): void {
  const { random } = session;
  session.web(
    model.foreign,
    'POST',
    { model: 'hub-large-3', temperature: 0, messages: [{ role: 'user', content: JSON.stringify(seen) }] },
    {
      id: `chatcmpl-${random.base32(18)}`,
      object: 'chat.completion',
      model: 'hub-large-3',
      choices: [
        {
          index: 0,
          finish_reason: calls.length === 0 ? 'stop' : 'tool_calls',
          message: {
            role: 'assistant',
            content: calls.length === 0 ? 'Done.' : null,
            tool_calls: calls.map((call) => ({
              id: `call_${random.base32(20)}`,
              type: 'function',
              function: { name: call.name, arguments: JSON.stringify(call.arguments) },
            })),
          },
        },
      ],
      usage: { prompt_tokens: random.int(420, 2900), completion_tokens: random.int(20, 160) },
    },
    {
      headers: {
        'user-agent': 'AsyncModelHub/Python 2.4.0',
        authorization: `Bearer ${model.key}`,
        'x-stainless-lang': 'python',
        'x-stainless-package-version': '2.4.0',
        'x-stainless-retry-count': '0',
      },
      role: 'context',
    },
  );
  session.think(250);
}

/** A tool as a server offers it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Which edition of the Model Context Protocol a client speaks: with sessions, or without. */
export type Protocol = '2025-11-25' | '2026-07-28';

export interface ToolClient {
  /** `initialize` where the protocol has it, then the list of tools. */
  begin(tools: readonly Tool[], role?: 'evidence' | 'context'): void;
  tool(
    name: string,
    args: Readonly<Record<string, Body>>,
    result: Json,
    more?: { readonly role?: 'evidence' | 'context'; readonly isError?: boolean },
  ): ReturnType<Session['call']>;
}

/**
 * A client of a tool server over HTTP: of the company, by its operation, or of somebody else.
 * Source: Model Context Protocol, streamable HTTP; `Mcp-*` headers since 2026-07-28.
 */
export function toolClient(session: Session, server: string | Foreign, protocol: Protocol): ToolClient {
  const { random } = session;
  const hasSession = protocol === '2025-11-25';
  const sessionId = random.uuid();
  let count = 0;
  const send = (method: string, params: Body, result: Json, name: string | undefined, role: 'evidence' | 'context' | undefined) => {
    count += 1;
    const headers: Record<string, string> = {
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': protocol,
      ...(hasSession
        ? method === 'initialize'
          ? {}
          : { 'mcp-session-id': sessionId }
        : { 'mcp-method': method, ...(name === undefined ? {} : { 'mcp-name': name }) }),
    };
    const body = { jsonrpc: '2.0', id: count, method, params };
    const answer = { jsonrpc: '2.0', id: count, result };
    const more = { headers, status: 200, ...(role === undefined ? {} : { role }) };
    return typeof server === 'string'
      ? session.call(server, { ...more, body, answer })
      : session.web(server, 'POST', body, answer, { ...more });
  };
  return {
    begin: (tools, role) => {
      if (hasSession) {
        send(
          'initialize',
          {
            protocolVersion: protocol,
            capabilities: {},
            clientInfo: { name: session.party.userAgent.split('/')[0] ?? 'client', version: '0.9.11' },
          },
          { protocolVersion: protocol, capabilities: { tools: {} }, serverInfo: { name: 'tools', version: '1.4.2' } },
          undefined,
          'context',
        );
      }
      send(
        'tools/list',
        {},
        {
          tools: tools.map(({ name, description, parameters }) => ({
            name,
            description,
            inputSchema: {
              type: 'object',
              properties: Object.fromEntries(Object.entries(parameters).map(([key, type]) => [key, { type }])),
            },
          })),
        },
        undefined,
        role,
      );
      session.think(400);
    },
    tool: (name, args, result, more = {}) => {
      const sent = send(
        'tools/call',
        { name, arguments: args },
        { content: [{ type: 'text', text: JSON.stringify(result) }], structuredContent: result, isError: more.isError === true },
        name,
        more.role,
      );
      session.think(1800);
      return sent;
    },
  };
}

/** Headers of an agent's HTTP client. */
export function agentHeaders(language: 'python' | 'js'): Party['headers'] {
  return { 'accept-encoding': 'gzip, deflate', 'accept-language': '*', 'x-stainless-lang': language === 'js' ? 'js' : 'python' };
}
