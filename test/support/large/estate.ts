import { unsignedToken } from './jwt.ts';
import type { Random } from './random.ts';

/** Somebody who calls the large made-up API. */
export interface LargeCaller {
  readonly name: string;
  readonly kind: 'human' | 'service' | 'agent';
  readonly ip: string;
  readonly userAgent: string;
  /** JSON members that stand for its credential among Kong's request headers; empty for none. */
  readonly credentialJson: string;
  /** Kong's consumer as JSON members, with a comma in front. */
  readonly consumerJson: string;
  /** What it calls: indices into the endpoints. */
  readonly repertoire: readonly number[];
  /** Share of its sessions that carry trace context. */
  readonly traced: number;
}

/** An operation of the large made-up API. */
export interface LargeEndpoint {
  readonly method: string;
  /** Literal pieces between parameters: one more than there are parameters. */
  readonly pieces: readonly string[];
  readonly idKind: 'number' | 'uuid' | 'token';
  readonly service: string;
  readonly bytes: number;
  readonly millis: number;
}

export interface Estate {
  readonly callers: readonly LargeCaller[];
  readonly endpoints: readonly LargeEndpoint[];
}

/** Start of all large data: 2026-10-01 00:00 UTC. Units: epoch ms. */
export const LARGE_START = Date.UTC(2026, 9, 1);
export const LARGE_HOST = 'api.acme.test';
const CALLERS = 300;
const RESOURCES = [
  'users',
  'orders',
  'invoices',
  'carts',
  'products',
  'tickets',
  'shipments',
  'payments',
  'refunds',
  'events',
  'reports',
  'teams',
  'projects',
  'documents',
  'comments',
  'messages',
  'devices',
  'sessions',
  'policies',
  'webhooks',
  'exports',
  'contracts',
  'coupons',
  'reviews',
  'warehouses',
];
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh) Version/18.6 Safari/605.1',
  'Mozilla/5.0 (X11; rv:143.0) Firefox/143.0',
];
const SERVICES = ['Go-http-client/1.1', 'okhttp/4.12.0', 'python-requests/2.32.3', 'axios/1.7.9'];
const AGENTS = ['python-httpx/0.28.1 AI-Agent (name: desk, entry: loop)', 'opencode/0.9.11', 'AsyncModelHub/Python 2.4.0'];

/** Eight operations for each of 25 resources: 200. */
function makeEndpoints(random: Random): readonly LargeEndpoint[] {
  return RESOURCES.flatMap((resource, index) => {
    const idKind = (['number', 'uuid', 'token'] as const)[index % 3] ?? 'number';
    const child = RESOURCES[(index + 7) % RESOURCES.length] ?? 'items';
    const shapes: readonly (readonly [string, readonly string[]])[] = [
      ['GET', [`/v1/${resource}`]],
      ['POST', [`/v1/${resource}`]],
      ['GET', [`/v1/${resource}/`, '']],
      ['PATCH', [`/v1/${resource}/`, '']],
      ['DELETE', [`/v1/${resource}/`, '']],
      ['GET', [`/v1/${resource}/`, `/${child}`]],
      ['GET', [`/v1/${resource}/`, `/${child}/`, '']],
      ['GET', [`/v1/${resource}/search`]],
    ];
    return shapes.map(([method, pieces]) => ({
      method,
      pieces,
      idKind,
      service: resource,
      bytes: random.int(200, 9000),
      millis: random.int(5, 200),
    }));
  });
}

function credentialOf(random: Random, kind: LargeCaller['kind'], index: number): string {
  if (index % 8 === 0) {
    const claims = {
      iss: 'https://id.acme.test',
      sub: `${kind}-${String(index)}`,
      aud: 'https://api.acme.test',
      client_id: `app-${String(index % 40)}`,
      scope: 'read',
      iat: LARGE_START / 1000,
      exp: LARGE_START / 1000 + 86_400,
      jti: random.hex(16),
    };
    return `,"authorization":"Bearer ${unsignedToken(random, 'ES256', 'key-1', claims)}"`;
  }
  return index % 8 < 5 ? `,"x-api-key":"key_${random.base32(32)}"` : '';
}

/** The same made-up API for every size of data: more calls mean more of the same, not other callers. */
export function makeEstate(random: Random): Estate {
  const endpoints = makeEndpoints(random.fork('endpoints'));
  const callers = Array.from({ length: CALLERS }, (_, index): LargeCaller => {
    const kind = index % 15 === 0 ? 'agent' : index % 4 === 0 ? 'service' : 'human';
    const own = random.fork(`caller/${String(index)}`);
    const consumer =
      index % 8 < 5 ? `,"consumer":{"username":"${kind}-app-${String(index % 40)}"},"authenticated_entity":{"id":"${own.base32(12)}"}` : '';
    return {
      name: `${kind}-${String(index)}`,
      kind,
      ip: `10.${String(own.int(0, 200))}.${String(own.int(0, 255))}.${String(own.int(1, 254))}`,
      userAgent: own.pick(kind === 'human' ? BROWSERS : kind === 'service' ? SERVICES : AGENTS),
      credentialJson: credentialOf(own, kind, index),
      consumerJson: consumer,
      repertoire: Array.from({ length: own.int(4, 18) }, () => own.int(0, endpoints.length - 1)),
      traced: index % 3 === 0 ? 0.9 : 0,
    };
  });
  return { callers, endpoints };
}

/** The endpoint's path with fresh ids. */
export function pathWithIds(endpoint: LargeEndpoint, random: Random): string {
  let path = endpoint.pieces[0] ?? '';
  for (let index = 1; index < endpoint.pieces.length; index += 1) {
    const id =
      endpoint.idKind === 'number' ? String(random.int(1, 400_000)) : endpoint.idKind === 'uuid' ? random.uuid() : random.base32(14);
    path += id + (endpoint.pieces[index] ?? '');
  }
  return path;
}
