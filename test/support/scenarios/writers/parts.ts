import type { Exchange, Trace } from '../core/exchange.ts';

/** Header of W3C trace context. Source: W3C Trace Context, version 00, sampled. */
export const toTraceparent = ({ traceId, spanId }: Trace): string => `00-${traceId}-${spanId}-01`;

/** Path and query as they stand in a request line. */
export const toTarget = ({ path, query }: Pick<Exchange, 'path' | 'query'>): string => (query === '' ? path : `${path}?${query}`);

/** Only requests that no rule of the edge takes have nobody who answers them. */
export const isPassedOn = ({ to }: Exchange): boolean => to !== '';

/** `203.0.113.4:8080`, with brackets around the longer addresses. */
export const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${String(port)}` : `${address}:${String(port)}`;

/** Trace id of AWS, the same in all of its services that see the request: epoch seconds and 96 bits, in hex. Source: AWS X-Ray guide. */
export function toAmazonTraceId({ at, requestId }: Pick<Exchange, 'at' | 'requestId'>): string {
  const seconds = Math.floor(at / 1000).toString(16);
  return `1-${seconds}-${requestId.replaceAll('-', '').slice(8)}`;
}

/** Browsers speak HTTP/2 to an edge, programs do not. */
export const isFromBrowser = ({ headers }: Exchange): boolean => headers['user-agent']?.startsWith('Mozilla/5.0 (') === true;
