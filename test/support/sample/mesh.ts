import type { Random } from '../large/random.ts';
import { FIRST_DAY, DAY_MS, HOUR_MS, MINUTE_MS } from './calendar.ts';
import type { Operation } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { HOSTS } from './world.ts';

/** A position in a distributed trace: W3C trace context ids. */
export interface Trace {
  readonly traceId: string;
  readonly spanId: string;
}

/** A request on its way from the gateway into a service. Units: ms, bytes. */
export interface Inbound {
  readonly at: number;
  readonly durationMs: number;
  readonly operation: Operation;
  readonly path: string;
  readonly status: number;
  readonly service: { readonly name: string; readonly host: string; readonly pod: string };
  readonly requestId: string;
  readonly userAgent: string;
  readonly clientIp: string;
  readonly trace: Trace | undefined;
  readonly bytes: number;
  readonly requestBytes: number;
}

/** A request that leaves the mesh from a job of the shop. */
export interface Outbound {
  readonly at: number;
  readonly durationMs: number;
  readonly method: string;
  readonly authority: string;
  readonly path: string;
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly sourcePod: string;
  readonly upstream: string;
  readonly cluster: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly trace: Trace | undefined;
  readonly tag?: string | undefined;
}

export interface Mesh {
  pass(inbound: Inbound): void;
}

/** The nodes of the mesh run ahead of the gateway. Units: ms. */
export const MESH_CLOCK_AHEAD_MS = 180;
/** The log shipper of the mesh was restarted on Wednesday: nothing of these forty minutes is left. Units: epoch ms, UTC. */
export const GAP_START = FIRST_DAY + 2 * DAY_MS + 9 * HOUR_MS + 40 * MINUTE_MS;
export const GAP_END = GAP_START + 40 * MINUTE_MS;

/** Services that have a sidecar; the others answer without one. */
const WITH_SIDECAR: ReadonlySet<string> = new Set(['orders', 'customers', 'carts']);
const GATEWAY_PODS = ['10.20.1.14', '10.20.1.37'];
const STOCK_POD = '10.20.7.61';
const PAYMENTS_ADDRESS = '192.0.2.44:443';

/** Writes one line of an Istio sidecar's JSON access log. */
export function logOutbound(recorder: Recorder, random: Random, call: Outbound): void {
  const start = call.at + MESH_CLOCK_AHEAD_MS;
  const end = start + call.durationMs;
  if (end >= GAP_START && end < GAP_END) return;
  const line = {
    start_time: new Date(start).toISOString(),
    method: call.method,
    path: call.path,
    authority: call.authority,
    protocol: 'HTTP/1.1',
    response_code: call.status,
    response_flags: '-',
    response_code_details: 'via_upstream',
    bytes_received: call.requestBytes,
    bytes_sent: call.responseBytes,
    duration: call.durationMs,
    upstream_service_time: String(Math.max(0, call.durationMs - 1)),
    x_forwarded_for: null,
    user_agent: call.userAgent,
    request_id: call.requestId,
    upstream_host: call.upstream,
    upstream_cluster: call.cluster,
    downstream_remote_address: `${call.sourcePod}:${String(random.int(32768, 60999))}`,
    requested_server_name: null,
    route_name: 'default',
    ...(call.trace === undefined ? {} : { traceparent: `00-${call.trace.traceId}-${call.trace.spanId}-01` }),
  };
  recorder.add('envoy', { loggedAt: end, text: JSON.stringify(line), tag: call.tag, requestId: call.requestId });
}

/** What a service asks of others while it answers. */
function callsBehind(inbound: Inbound): readonly {
  readonly method: string;
  readonly authority: string;
  readonly path: string;
  readonly upstream: string;
  readonly cluster: string;
  readonly share: number;
  readonly bytes: number;
}[] {
  const payments = (method: string, path: string) => ({
    method,
    authority: HOSTS.payments,
    path,
    upstream: PAYMENTS_ADDRESS,
    cluster: `outbound|443||${HOSTS.payments}`,
    share: 0.55,
    bytes: 420,
  });
  const stock = (method: string, path: string) => ({
    method,
    authority: 'inventory.mesh.acme-outfitters.test:8080',
    path,
    upstream: `${STOCK_POD}:8080`,
    cluster: 'outbound|8080||inventory.mesh.acme-outfitters.test',
    share: 0.12,
    bytes: 250,
  });
  if (inbound.status >= 400) return [];
  if (inbound.operation.id === 'createOrder') return [stock('POST', '/reservations'), payments('POST', '/v2/charges')];
  if (inbound.operation.id === 'createRefund') return [payments('POST', '/v2/refunds')];
  return [];
}

/** Istio sidecars beside some of the services. */
export function makeMesh(random: Random, recorder: Recorder): Mesh {
  return {
    pass: (inbound) => {
      if (!WITH_SIDECAR.has(inbound.service.name)) return;
      const child = (): Trace | undefined =>
        inbound.trace === undefined ? undefined : { traceId: inbound.trace.traceId, spanId: random.hex(16) };
      const common = { userAgent: inbound.userAgent, requestId: inbound.requestId };
      const duration = Math.max(1, inbound.durationMs - 1);
      logOutbound(recorder, random, {
        ...common,
        at: inbound.at,
        durationMs: duration,
        method: inbound.operation.method,
        authority: `${inbound.service.host}:8080`,
        path: inbound.path,
        status: inbound.status,
        requestBytes: inbound.requestBytes,
        responseBytes: inbound.bytes,
        sourcePod: random.pick(GATEWAY_PODS),
        upstream: `${inbound.service.pod}:8080`,
        cluster: `inbound|8080||${inbound.service.host}`,
        trace: child(),
      });
      let at = inbound.at + 2;
      for (const behind of callsBehind(inbound)) {
        const took = Math.max(1, Math.floor(duration * behind.share));
        logOutbound(recorder, random, {
          at,
          durationMs: took,
          method: behind.method,
          authority: behind.authority,
          path: behind.path,
          status: behind.method === 'POST' ? 201 : 200,
          requestBytes: 380,
          responseBytes: behind.bytes,
          sourcePod: inbound.service.pod,
          upstream: behind.upstream,
          cluster: behind.cluster,
          userAgent: `acme-${inbound.service.name}/5.18 okhttp/4.12`,
          requestId: inbound.requestId,
          trace: child(),
        });
        at += took + 1;
      }
    },
  };
}
