import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is refused; the status to answer with. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 431;
  readonly why: string;
}

/** True when two secrets are equal; takes the same time wherever they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The token of an `authorization: Bearer …` header. */
export function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer ([0-9a-f]{64})$/.exec(request.headers.authorization ?? '')?.[1];
}

/**
 * Refuses what did not come from our own page: a foreign Host first (DNS rebinding: a rebound page has our address and its
 * own name, and its same-origin GET has no Origin), then a foreign Origin, then a foreign fetch site.
 */
export function refuse(request: IncomingMessage, port: number): Refusal | undefined {
  const hosts = [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`];
  const { host, origin } = request.headers;
  // Of two, Node tells the first, and what stands between may have gone by the second. Source: RFC 9112, section 3.2.
  const isTwice = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1;
  if (host === undefined || isTwice || !hosts.includes(host)) return { status: 400, why: 'unknown Host' };
  if (origin !== undefined && !hosts.some((known) => origin === `http://${known}`)) return { status: 403, why: 'foreign Origin' };
  const site = request.headers['sec-fetch-site'];
  const navigation = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !navigation) return { status: 403, why: 'foreign site' };
  if (request.method !== 'GET' && request.method !== 'POST' && request.method !== 'HEAD') return { status: 405, why: 'method not allowed' };
  if (request.method === 'POST' && origin === undefined) return { status: 403, why: 'no Origin' };
  return undefined;
}
