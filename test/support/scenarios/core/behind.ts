import type { Random } from '../../large/random.ts';
import { parametersOf, type Behind, type Operation, type Service } from './api.ts';
import type { Exchange } from './exchange.ts';
import type { Party } from './party.ts';
import type { Json } from './store.ts';
import type { World } from './world.ts';

/** Units: ms between a request's arrival and the first call behind it. */
const BEFORE_INNER = 2;

const isObject = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The tool that a request asks for, with its arguments. */
function toolOf(body: Json | undefined): { readonly name: string; readonly args: Readonly<Record<string, Json>> } | undefined {
  const params = isObject(body) && body['method'] === 'tools/call' ? body['params'] : undefined;
  if (!isObject(params) || typeof params['name'] !== 'string') return undefined;
  return { name: params['name'], args: isObject(params['arguments']) ? params['arguments'] : {} };
}

function behindOf({ behind = [], behindTools }: Operation, body: Json | undefined): Behind {
  return behindTools === undefined ? behind : (behindTools[toolOf(body)?.name ?? ''] ?? []);
}

/** Ids that a request already names, by entity: the calls behind it are about the same things. */
function namedIds({ path }: Operation, given: string, body: Json | undefined): ReadonlyMap<string, string> {
  const values = given.split('/');
  const args = Object.entries(toolOf(body)?.args ?? {});
  const named = new Map(args.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
  for (const [index, part] of path.split('/').entries())
    for (const name of parametersOf(part)) if (part === `{${name}}`) named.set(name, values[index] ?? '');
  return named;
}

function innerParty(service: string, ip: string): Party {
  return {
    id: `service:${service}`,
    kind: 'service',
    ip,
    userAgent: `${service}/5.18 okhttp/4.12`,
    headers: {},
    consumer: undefined,
    credentialAt: () => undefined,
    traced: 'none',
  };
}

/** What the calls behind a call are made of. */
interface Company {
  readonly operation: (id: string) => Operation;
  readonly service: (name: string) => Service;
  /** Addresses of the edge as services see it. */
  readonly edgeAddresses: readonly string[];
}

/** One call from a service to another, or from the edge to the first. */
interface Hop {
  /** What it copies: status, sizes, what it is about. */
  readonly cause: Exchange;
  readonly operation: Operation;
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly at: number;
  readonly durationMs: number;
  readonly by: Party;
  /** The edge hands on headers and credential of the caller; services have none. */
  readonly passes: boolean;
}

function toExchange({ cause, operation, path, from, to, at, durationMs, by, passes }: Hop, host: string, random: Random): Exchange {
  return {
    ...cause,
    id: `${cause.id}>${operation.id}`,
    hop: 'inner',
    at,
    durationMs,
    operation,
    method: operation.method,
    host,
    path,
    service: operation.service,
    party: by,
    headers: passes ? cause.headers : { 'user-agent': by.userAgent, accept: 'application/json' },
    credential: passes ? cause.credential : undefined,
    causes: [{ from: cause, kind: 'call' }],
    parent: cause,
    from,
    to,
    trace:
      cause.trace === undefined ? undefined : { traceId: cause.trace.traceId, spanId: random.hex(16), parentSpanId: cause.trace.spanId },
    responseBody: undefined,
    requestBody: undefined,
    // What a service does to answer is nothing that a finding must name.
    label: cause.label === undefined ? undefined : { ...cause.label, role: 'context' },
  };
}

/** The calls that the services of a company make while they answer one. */
export function callsBehind({ operation: get, service, edgeAddresses }: Company): World['behind'] {
  const parties = new Map<string, Party>();
  const partyOf = (name: string, ip: string): Party => {
    let found = parties.get(ip);
    if (found === undefined) parties.set(ip, (found = innerParty(name, ip)));
    return found;
  };

  /** One hop, and what that one calls, innermost first. */
  const follow = (hop: Hop, random: Random, idOf: (entity: string) => string, found: Exchange[]): void => {
    const { cause, operation, to, at, durationMs } = hop;
    const exchange = toExchange(hop, service(operation.service).host, random);
    const named = namedIds(operation, cause.path, cause.requestBody);
    const { propagates } = service(operation.service);
    let next = at + BEFORE_INNER;
    for (const [id, chance] of exchange.status < 400 ? behindOf(operation, cause.requestBody) : []) {
      if (!random.chance(chance)) continue;
      const inner = get(id);
      const took = Math.max(1, Math.min(durationMs * 0.6, random.around(inner.millis, 0.3)));
      if (next + took > at + durationMs) break;
      const told = propagates ? {} : { trace: undefined, requestId: random.uuid() };
      follow(
        {
          cause: { ...exchange, ...told, status: 200, requestBytes: 180, responseBytes: 240 },
          operation: inner,
          to: random.pick(service(inner.service).pods),
          path: inner.path.replace(/\{([^}]+)\}/g, (_, entity: string) => named.get(entity) ?? idOf(entity)),
          from: to,
          at: next,
          durationMs: took,
          by: partyOf(operation.service, to),
          passes: false,
        },
        random,
        idOf,
        found,
      );
      next += took + 1;
    }
    found.push(exchange);
  };

  return (exchange, random, idOf) => {
    const { operation, path, to } = exchange;
    const refused = [401, 403, 429].includes(exchange.status);
    if (operation === undefined || refused || exchange.hop === 'inner') return [];
    const found: Exchange[] = [];
    const from = random.pick(edgeAddresses);
    const wait = 1 + random.next() * 2;
    const durationMs = Math.max(0.5, exchange.durationMs - wait - 1);
    const at = exchange.at + wait;
    follow({ cause: exchange, operation, path, from, to, at, durationMs, by: exchange.party, passes: true }, random, idOf, found);
    return found;
  };
}
