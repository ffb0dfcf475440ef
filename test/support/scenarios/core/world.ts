import type { Random } from '../../large/random.ts';
import { parametersOf, type Behind, type Catalogue, type Operation } from './api.ts';
import type { Exchange } from './exchange.ts';
import type { Party } from './party.ts';
import type { Roles } from './roles.ts';
import type { SourceSpec } from './source.ts';
import type { Stage } from './stage.ts';
import type { Json } from './store.ts';

/** Who acts in a world, hour by hour. */
export interface Actor {
  readonly id: string;
  /** Begins the sessions that start within the hour; each may last into the next hour, not longer. */
  hour(stage: Stage, hourStart: number): void;
}

/** One company: its APIs, who uses them, what of it is logged. */
export interface World {
  readonly id: string;
  readonly catalogue: Catalogue;
  /** How many persons own things. */
  readonly people: number;
  readonly sources: readonly SourceSpec[];
  /** Files of the bundle that are no logs, by path: descriptions, a note. */
  readonly documents: Readonly<Record<string, string>>;
  /** Ordinary traffic, made anew for each stage. */
  actors(stage: Stage): readonly Actor[];
  /** What incidents and traps need to know of this company. */
  roles(stage: Stage): Roles;
  /** Errors: RangeError for an operation that the catalogue does not have. */
  operation(id: string): Operation;
  hostOf(operation: Operation): string;
  apiHost(api: string): string;
  podOf(service: string, random: Random): string;
  /** The calls that services make while they answer this one, each with its parent; `idOf` gives an id of any thing of a kind. */
  behind(exchange: Exchange, random: Random, idOf: (entity: string) => string): readonly Exchange[];
}

/** What a world is defined by; the rest follows from the catalogue. */
export type WorldDefinition = Pick<World, 'id' | 'catalogue' | 'people' | 'sources' | 'documents' | 'actors' | 'roles'> & {
  /** Addresses of the edge as services see it. */
  readonly edgeAddresses: readonly string[];
};

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

function callsBehind({ behind = [], behindTools }: Operation, body: Json | undefined): Behind {
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

/** A world with its look-ups. */
export function makeWorld(definition: WorldDefinition): World {
  const { catalogue } = definition;
  const operations = new Map(catalogue.operations.map((entry) => [entry.id, entry]));
  const parties = new Map<string, Party>();
  const get = (id: string): Operation => {
    const found = operations.get(id);
    if (found === undefined) throw new RangeError(`no operation ${id}`);
    return found;
  };
  const apiHost = (api: string): string => {
    const found = catalogue.apis[api];
    if (found === undefined) throw new RangeError(`no API ${api}`);
    return found.host;
  };
  const service = (name: string) => {
    const found = catalogue.services[name];
    if (found === undefined) throw new RangeError(`no service ${name}`);
    return found;
  };
  const partyOf = (name: string, ip: string): Party => {
    let found = parties.get(ip);
    if (found === undefined) parties.set(ip, (found = innerParty(name, ip)));
    return found;
  };

  /** One inner hop, and what that one calls. */
  const hop = (
    cause: Exchange,
    operation: Operation,
    path: string,
    from: string,
    to: string,
    at: number,
    durationMs: number,
    by: Party,
    passes: boolean,
    random: Random,
    found: Exchange[],
    idOf: (entity: string) => string,
  ): void => {
    const exchange: Exchange = {
      ...cause,
      id: `${cause.id}>${operation.id}`,
      hop: 'inner',
      at,
      durationMs,
      operation,
      method: operation.method,
      host: service(operation.service).host,
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
    let next = at + BEFORE_INNER;
    const named = namedIds(operation, cause.path, cause.requestBody);
    for (const [id, chance] of exchange.status < 400 ? callsBehind(operation, cause.requestBody) : []) {
      if (!random.chance(chance)) continue;
      const inner = get(id);
      const took = Math.max(1, Math.min(durationMs * 0.6, random.around(inner.millis, 0.3)));
      if (next + took > at + durationMs) break;
      const { propagates } = service(operation.service);
      const child = {
        ...exchange,
        trace: propagates ? exchange.trace : undefined,
        requestId: propagates ? exchange.requestId : random.uuid(),
      };
      const innerTo = random.pick(service(inner.service).pods);
      const innerPath = inner.path.replace(/\{([^}]+)\}/g, (_, entity: string) => named.get(entity) ?? idOf(entity));
      hop(
        { ...child, status: 200, requestBytes: 180, responseBytes: 240 },
        inner,
        innerPath,
        to,
        innerTo,
        next,
        took,
        partyOf(operation.service, to),
        false,
        random,
        found,
        idOf,
      );
      next += took + 1;
    }
    found.push(exchange);
  };

  return {
    ...definition,
    operation: get,
    apiHost,
    hostOf: (operation) => apiHost(operation.api),
    podOf: (name, random) => random.pick(service(name).pods),
    behind: (exchange, random, idOf) => {
      const { operation } = exchange;
      const refused = [401, 403, 429].includes(exchange.status);
      if (operation === undefined || refused || exchange.hop === 'inner') return [];
      const found: Exchange[] = [];
      const edge = random.pick(definition.edgeAddresses);
      const wait = 1 + random.next() * 2;
      const took = Math.max(0.5, exchange.durationMs - wait - 1);
      const cause = exchange;
      hop(cause, operation, exchange.path, edge, exchange.to, exchange.at + wait, took, exchange.party, true, random, found, idOf);
      return found;
    },
  };
}
