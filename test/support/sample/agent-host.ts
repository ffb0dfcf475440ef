import type { Random } from '../large/random.ts';
import type { Consumer, Gateway } from './gateway.ts';
import { fillPath, type Operation } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { HOSTS } from './world.ts';

/** One request of the agent to the shop, with what it sends and gets. Units: epoch ms. */
export interface ShopCall {
  readonly operation: Operation;
  readonly values?: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer: unknown;
  readonly status?: number;
  readonly tag?: string | undefined;
}

/** One request of the agent to any other host. */
export interface WebCall {
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly answer: unknown;
  readonly status: number;
  readonly durationMs: number;
  readonly address: string;
  readonly tag?: string | undefined;
}

/** The machine that runs the support agent, seen through the recording proxy in front of it. One run at a time. */
export interface AgentHost {
  /** Begins a run: the calls of one run share a trace id, as instrumented HTTP clients do. */
  beginRun(at: number): void;
  shop(call: ShopCall): void;
  web(call: WebCall): void;
  /** Lets time pass between two calls. Units: ms. */
  think(millis: number): void;
}

export interface AgentIdentity {
  readonly consumer: Consumer;
  readonly token: string;
  readonly ip: string;
  readonly userAgent: string;
}

interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>> | undefined;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly address: string;
}

const STATUS_TEXTS: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted', 404: 'Not Found' };

const toPairs = (record: Readonly<Record<string, string>>): readonly { readonly name: string; readonly value: string }[] =>
  Object.entries(record).map(([name, value]) => ({ name, value }));

/** One entry as mitmproxy's `save.har` writes it: microseconds, `+00:00`, no `blocked` and `dns`. */
function toEntry(exchange: Exchange, microseconds: number): unknown {
  const requestText = exchange.body === undefined ? undefined : JSON.stringify(exchange.body);
  const answerText = JSON.stringify(exchange.answer);
  const started = `${new Date(exchange.startedAt).toISOString().slice(0, -1)}${String(microseconds).padStart(3, '0')}+00:00`;
  const answerHeaders = { 'content-type': 'application/json; charset=utf-8', 'content-length': String(answerText.length) };
  return {
    startedDateTime: started,
    time: exchange.durationMs,
    request: {
      method: exchange.method,
      url: exchange.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toPairs(exchange.headers),
      queryString: toPairs(exchange.query ?? {}),
      headersSize: 480,
      bodySize: requestText?.length ?? 0,
      ...(requestText === undefined ? {} : { postData: { mimeType: 'application/json', text: requestText, params: [] } }),
    },
    response: {
      status: exchange.status,
      statusText: STATUS_TEXTS[exchange.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toPairs(answerHeaders),
      content: { size: answerText.length, compression: 0, mimeType: 'application/json; charset=utf-8', text: answerText },
      redirectURL: '',
      headersSize: 160,
      bodySize: answerText.length,
    },
    cache: {},
    timings: { send: 1, wait: exchange.durationMs - 2, receive: 1 },
    serverIPAddress: exchange.address,
  };
}

/** Starts the host. */
export function makeAgentHost(random: Random, gateway: Gateway, recorder: Recorder, identity: AgentIdentity): AgentHost {
  let clock = 0;
  let traceId = '';
  const record = (exchange: Exchange, tag: string | undefined, requestId: string | undefined): void => {
    recorder.add('har', { loggedAt: exchange.startedAt, text: JSON.stringify(toEntry(exchange, random.int(0, 999))), tag, requestId });
    clock = exchange.startedAt + exchange.durationMs;
  };
  return {
    beginRun: (at) => {
      clock = at;
      traceId = random.hex(32);
    },
    think: (millis) => {
      clock += Math.round(random.around(millis, 0.3));
    },
    shop: (call) => {
      const { operation, values, query, status } = call;
      const requestId = random.uuid();
      const trace = { traceId, spanId: random.hex(16) };
      const headers = {
        'user-agent': identity.userAgent,
        accept: 'application/json',
        'accept-encoding': 'gzip, deflate',
        authorization: `Bearer ${identity.token}`,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const sent = random.int(2, 6);
      const answer = gateway.send({
        at: clock + sent,
        caller: { ip: identity.ip, consumer: identity.consumer, headers },
        operation,
        values,
        query,
        status,
        requestId,
        trace,
        tag: call.tag,
        requestBytes: call.body === undefined ? 0 : JSON.stringify(call.body).length,
        responseBytes: JSON.stringify(call.answer).length,
      });
      const path = fillPath(operation.path, values ?? []);
      const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
      record(
        {
          method: operation.method,
          url: `https://${HOSTS.api}${path}${search}`,
          query,
          body: call.body,
          answer: call.answer,
          status: status ?? 200,
          headers: { host: HOSTS.api, ...headers, 'x-request-id': requestId, traceparent: `00-${trace.traceId}-${trace.spanId}-01` },
          startedAt: clock,
          durationMs: sent + answer.durationMs + random.int(2, 7),
          address: '10.20.1.2',
        },
        call.tag,
        requestId,
      );
    },
    web: (call) => {
      record(
        {
          method: 'POST',
          url: `https://${call.host}${call.path}`,
          query: undefined,
          body: call.body,
          answer: call.answer,
          status: call.status,
          headers: {
            host: call.host,
            accept: 'application/json',
            'content-type': 'application/json',
            ...call.headers,
            traceparent: `00-${traceId}-${random.hex(16)}-01`,
          },
          startedAt: clock,
          durationMs: call.durationMs,
          address: call.address,
        },
        call.tag,
        undefined,
      );
    },
  };
}
