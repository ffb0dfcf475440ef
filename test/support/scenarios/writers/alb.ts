import { seededRandom } from '../../large/random.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Writer } from '../core/source.ts';
import { isFromBrowser, isPassedOn, toAmazonTraceId, toTarget, withPort } from './parts.ts';
import { toIsoMicros, toSeconds } from './stamps.ts';

/** One application load balancer. */
export interface LoadBalancer {
  readonly name: string;
  readonly region: string;
  readonly account: string;
}

/** Headers, which the load balancer counts with the body. Units: bytes. */
const REQUEST_HEADERS = 312;
const RESPONSE_HEADERS = 284;

/** What the balancer says with every line, made from its name. */
function describe({ name, region, account }: LoadBalancer) {
  const random = seededRandom(`alb/${name}`);
  const arn = `arn:aws:elasticloadbalancing:${region}:${account}`;
  return {
    id: `app/${name}/${random.hex(16)}`,
    group: `${arn}:targetgroup/${name}/${random.hex(16)}`,
    certificate: `arn:aws:acm:${region}:${account}:certificate/${random.uuid()}`,
  };
}

/** Time to reach the target, in it, and back; −1 for a request that was answered by the balancer itself. Units: s. */
function toTimes(exchange: Exchange, reach: number): string {
  if (!isPassedOn(exchange)) return '-1 -1 -1';
  const total = Math.round(exchange.durationMs);
  const before = Math.min(reach, total);
  return `${toSeconds(before)} ${toSeconds(total - before)} 0.000`;
}

/** Access log of an AWS application load balancer. Source: Elastic Load Balancing guide, "Access log entries"; stamped at the response. */
export function alb(balancer: LoadBalancer): Writer {
  const { id, group, certificate } = describe(balancer);
  return {
    format: 'aws-alb',
    shows: 'network',
    orderedBy: 'end',
    write: ({ exchange, start, end, random, showsIds }) => {
      const { method, host, status, from, to, requestBytes, responseBytes, headers } = exchange;
      const passed = isPassedOn(exchange);
      const agent = headers['user-agent']?.replaceAll('"', '\\x22') ?? '-';
      const isBrowser = isFromBrowser(exchange);
      const target = passed ? `${to}:8080` : '-';
      const received = String(requestBytes + REQUEST_HEADERS);
      const sent = String(responseBytes + RESPONSE_HEADERS);
      return [
        `${isBrowser ? 'h2' : 'https'} ${toIsoMicros(end)}Z ${id} ${withPort(from, random.int(1024, 65_535))} ${target}`,
        `${toTimes(exchange, random.int(0, 1))} ${String(status)} ${passed ? String(status) : '-'} ${received} ${sent}`,
        `"${method} https://${host}:443${toTarget(exchange)} ${isBrowser ? 'HTTP/2.0' : 'HTTP/1.1'}" "${agent}"`,
        `TLS_AES_128_GCM_SHA256 TLSv1.3 ${passed ? group : '-'}`,
        `"${showsIds ? `Root=${toAmazonTraceId(exchange)}` : '-'}" "${host}" "${certificate}"`,
        `${passed ? '10' : '0'} ${toIsoMicros(start)}Z "${passed ? 'forward' : 'fixed-response'}" "-" "-"`,
        passed ? `"${target}" "${String(status)}" "-" "-"` : '"-" "-" "-" "-"',
        `TID_${random.hex(32)}`,
      ].join(' ');
    },
  };
}
