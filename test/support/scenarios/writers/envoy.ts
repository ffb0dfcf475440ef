import type { Exchange } from '../core/exchange.ts';
import type { Writer } from '../core/source.ts';
import { isPassedOn, toTarget, toTraceparent, withPort } from './parts.ts';
import { toIsoMillis } from './stamps.ts';

/** Where the proxy stands: at the edge, before the service that answers, or beside the one that calls. */
export type EnvoySide = 'edge' | 'inbound' | 'outbound';

export interface EnvoyPlace {
  readonly side: (exchange: Exchange) => EnvoySide;
  /** What follows a service's name in a cluster's: `mesh.acme.test`. */
  readonly domain: string;
}

const PORTS: Readonly<Record<EnvoySide, number>> = { edge: 8080, inbound: 8080, outbound: 443 };

function toCluster(side: EnvoySide, { host, service }: Exchange, domain: string): string {
  const name = side === 'edge' ? `${service ?? 'none'}.${domain}` : host;
  return `${side === 'inbound' ? 'inbound' : 'outbound'}|${String(PORTS[side])}||${name}`;
}

/** The host as the proxy is asked for it: within a mesh with its port. */
const toAuthority = (side: EnvoySide, host: string): string => (side === 'inbound' ? `${host}:${String(PORTS.inbound)}` : host);

/** Who asked at first, where that is another than who asks here. */
function toForwarded(side: EnvoySide, { from, party }: Exchange): string | null {
  if (side === 'edge') return from;
  return party.ip === from || side === 'outbound' ? null : party.ip;
}

/** The default JSON access log of Istio's proxies, with `traceparent` added as meshes with tracing do. Source: Istio, "Envoy Access Logs". */
export const envoy = ({ side: sideOf, domain }: EnvoyPlace): Writer => ({
  format: 'envoy-json',
  shows: 'network',
  orderedBy: 'end',
  write: ({ exchange, start, random, showsIds }) => {
    const { method, host, status, trace, from, to, requestBytes, responseBytes, headers } = exchange;
    const side = sideOf(exchange);
    const passed = isPassedOn(exchange);
    const duration = Math.round(exchange.durationMs);
    return JSON.stringify({
      start_time: toIsoMillis(start),
      method,
      path: toTarget(exchange),
      authority: toAuthority(side, host),
      protocol: side === 'edge' ? 'HTTP/2' : 'HTTP/1.1',
      response_code: status,
      response_flags: passed ? '-' : 'NR',
      response_code_details: passed ? 'via_upstream' : 'route_not_found',
      connection_termination_details: null,
      upstream_transport_failure_reason: null,
      bytes_received: requestBytes,
      bytes_sent: responseBytes,
      duration,
      upstream_service_time: passed ? String(Math.max(0, duration - random.int(0, 1))) : null,
      x_forwarded_for: toForwarded(side, exchange),
      user_agent: headers['user-agent'] ?? null,
      request_id: showsIds ? exchange.requestId : null,
      upstream_host: passed ? `${to}:${String(PORTS[side])}` : null,
      upstream_cluster: passed ? toCluster(side, exchange, domain) : null,
      upstream_local_address: passed ? `${side === 'inbound' ? '127.0.0.6' : from}:${String(random.int(32768, 60999))}` : null,
      downstream_local_address: passed ? `${to}:${String(PORTS[side])}` : null,
      downstream_remote_address: withPort(from, random.int(32768, 60999)),
      requested_server_name: side === 'inbound' ? null : host,
      route_name: passed ? 'default' : null,
      ...(trace === undefined || !showsIds ? {} : { traceparent: toTraceparent(trace) }),
    });
  },
});
