import type { Random } from '../large/random.ts';
import { makeMesh, type Trace } from './mesh.ts';
import { fillPath, type Operation, type Tag } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { HOSTS } from './world.ts';

/** The gateway's entry for a calling application. */
export interface Consumer {
  readonly id: string;
  readonly username: string;
  readonly credentialId: string;
}

/** Who sends a request, as the gateway sees it. */
export interface Caller {
  readonly ip: string;
  readonly consumer: Consumer | undefined;
  /** Header names in lower case, as Kong logs them. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface GatewayRequest {
  readonly at: number;
  readonly caller: Caller;
  readonly operation: Operation;
  readonly values?: readonly string[] | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly status?: number | undefined;
  readonly host?: string | undefined;
  readonly requestBytes?: number | undefined;
  readonly responseBytes?: number | undefined;
  readonly requestId?: string | undefined;
  readonly trace?: Trace | undefined;
  readonly tag?: string | undefined;
  /** False when no route matches: the gateway answers 404 by itself. */
  readonly routed?: boolean;
}

/** What the caller sees of its own request. Units: ms. */
export interface GatewayAnswer {
  readonly startedAt: number;
  readonly durationMs: number;
  readonly requestId: string;
}

export interface Gateway {
  send(request: GatewayRequest): GatewayAnswer;
}

interface Service {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly pod: string;
  readonly routeId: string;
}

/** Bytes of a request's line and headers, about. */
const REQUEST_OVERHEAD = 240;

function makeServices(random: Random): (tag: Tag | 'tools') => Service {
  const services = new Map<string, Service>();
  return (tag) => {
    const known = services.get(tag);
    if (known !== undefined) return known;
    const own = random.fork(tag);
    const made: Service = {
      id: own.uuid(),
      routeId: own.uuid(),
      name: tag,
      host: `${tag}.mesh.acme-outfitters.test`,
      pod: `10.20.${String(own.int(2, 9))}.${String(own.int(10, 250))}`,
    };
    services.set(tag, made);
    return made;
  };
}

const toQuery = (query: Readonly<Record<string, string>> | undefined): string =>
  query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;

/** A Kong gateway that writes what its file-log plugin writes, and passes requests on into the mesh. */
export function makeGateway(random: Random, recorder: Recorder): Gateway {
  const serviceOf = makeServices(random.fork('services'));
  const mesh = makeMesh(random.fork('mesh'), recorder);
  return {
    send: (request) => {
      const { operation, caller, at } = request;
      const service = serviceOf(request.host === HOSTS.tools ? 'tools' : operation.tag);
      const status = request.status ?? 200;
      const refused = request.routed === false || status === 401 || status === 403 || status === 429;
      const proxy = refused ? -1 : Math.max(1, Math.round(random.around(operation.millis, 0.35)));
      const kong = random.int(1, 4);
      const total = Math.max(0, proxy) + kong;
      const requestId = request.requestId ?? random.uuid();
      const host = request.host ?? HOSTS.api;
      const path = fillPath(operation.path, request.values ?? []);
      const uri = `${path}${toQuery(request.query)}`;
      const upstreamPath = path.replace(/^\/v1/, '');
      const body = request.responseBytes ?? (status >= 400 ? 96 : Math.round(random.around(operation.bytes, 0.25)));
      const line = {
        request: {
          method: operation.method,
          uri,
          url: `https://${host}:443${uri}`,
          size: REQUEST_OVERHEAD + uri.length + (caller.headers['authorization']?.length ?? 0) + (request.requestBytes ?? 0),
          querystring: request.query ?? {},
          headers: {
            host,
            ...caller.headers,
            'x-request-id': requestId,
            ...(request.trace === undefined ? {} : { traceparent: `00-${request.trace.traceId}-${request.trace.spanId}-01` }),
          },
          tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', client_verify: 'NONE' },
        },
        response: {
          status,
          size: body + 310,
          headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': String(body) },
        },
        ...(refused ? {} : { upstream_uri: upstreamPath, upstream_status: String(status) }),
        ...(request.routed === false
          ? {}
          : {
              route: { id: service.routeId, name: service.name, service: { id: service.id } },
              service: { id: service.id, name: service.name, host: service.host, port: 8080, protocol: 'http' },
            }),
        ...(caller.consumer === undefined
          ? {}
          : {
              consumer: { id: caller.consumer.id, username: caller.consumer.username },
              authenticated_entity: { id: caller.consumer.credentialId, consumer_id: caller.consumer.id },
            }),
        workspace_name: 'default',
        // An empty Lua table: Kong writes {} where a list is meant.
        tries: refused ? {} : [{ ip: service.pod, port: 8080, balancer_start: at + kong, balancer_latency: 0 }],
        client_ip: caller.ip,
        started_at: at,
        latencies: { request: total, kong, proxy },
      };
      recorder.add('kong', { loggedAt: at + total, text: JSON.stringify(line), tag: request.tag, requestId });
      if (!refused) {
        mesh.pass({
          at: at + kong,
          durationMs: proxy,
          operation,
          path: upstreamPath,
          status,
          service,
          requestId,
          userAgent: caller.headers['user-agent'] ?? '-',
          clientIp: caller.ip,
          trace: request.trace,
          bytes: body,
          requestBytes: request.requestBytes ?? 0,
        });
      }
      return { startedAt: at, durationMs: total, requestId };
    },
  };
}
