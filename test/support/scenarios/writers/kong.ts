import type { Writer } from '../core/source.ts';
import { seededRandom, type Random } from '../../large/random.ts';

const ids = new Map<string, string>();
/** An id that Kong keeps for a name: the same in every line. */
function kongId(name: string): string {
  let found = ids.get(name);
  if (found === undefined) ids.set(name, (found = seededRandom(`kong/${name}`).uuid()));
  return found;
}

const REQUEST_OVERHEAD = 240;
const RESPONSE_OVERHEAD = 310;

function querystring(query: string): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** Time in the gateway itself. Units: whole ms. */
const own = (random: Random): number => random.int(0, 3);

/** What Kong's file-log plugin writes. Source: its log serializer, 3.x; `started_at` in ms, `tries` an empty table as `{}`. */
export const kong: Writer = {
  format: 'kong-json',
  shows: 'credential',
  orderedBy: 'end',
  write: ({ exchange, start, random, showsIds }) => {
    const { method, host, path, query, status, party, service, operation, trace } = exchange;
    const uri = query === '' ? path : `${path}?${query}`;
    // Where no token is asked for, as at a login, it is the service that says 401.
    const isLogin = status === 401 && operation?.scopes.length === 0;
    const refused = operation === undefined || ([401, 403, 429].includes(status) && !isLogin);
    const kongMs = own(random);
    const total = Math.round(exchange.durationMs);
    const line = {
      request: {
        method,
        uri,
        url: `https://${host}:443${uri}`,
        size: REQUEST_OVERHEAD + uri.length + exchange.requestBytes,
        querystring: querystring(query),
        headers: {
          host,
          ...exchange.headers,
          ...(showsIds ? { 'x-request-id': exchange.requestId } : {}),
          ...(trace === undefined || !showsIds ? {} : { traceparent: `00-${trace.traceId}-${trace.spanId}-01` }),
        },
        tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', client_verify: 'NONE' },
      },
      response: {
        status,
        size: exchange.responseBytes + RESPONSE_OVERHEAD,
        headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': String(exchange.responseBytes) },
      },
      ...(refused ? {} : { upstream_uri: path, upstream_status: String(status) }),
      ...(service === undefined
        ? {}
        : {
            route: { id: kongId(`route/${service}`), name: service, service: { id: kongId(`service/${service}`) } },
            service: { id: kongId(`service/${service}`), name: service, host: `${service}.internal`, port: 8080, protocol: 'http' },
          }),
      // Without a credential the gateway does not know who calls.
      ...(party.consumer === undefined || exchange.credential === undefined
        ? {}
        : {
            consumer: { id: party.consumer.id, username: party.consumer.name },
            authenticated_entity: { id: kongId(`credential/${party.consumer.id}`), consumer_id: party.consumer.id },
          }),
      workspace_name: 'default',
      tries: refused ? {} : [{ ip: exchange.to, port: 8080, balancer_start: Math.round(start) + kongMs, balancer_latency: 0 }],
      client_ip: exchange.from,
      started_at: Math.round(start),
      latencies: { request: total, kong: kongMs, proxy: refused ? -1 : Math.max(0, total - kongMs) },
    };
    return JSON.stringify(line);
  },
};
