import type { Json } from '../../../lib/json.ts';
import type { SampledBody } from '../../store/read/inventory/sampled-bodies.ts';
import { newPlace, observe, toSchema, type ObservedPlace } from './observed-schema.ts';

/** Content by media type, as OpenAPI has it. */
export type Content = ReadonlyMap<string, { readonly schema: ReadonlyMap<string, unknown> }>;

/** The schemas of all operations. */
export interface ObservedContents {
  readonly request: (endpoint: string) => Content | undefined;
  readonly response: (endpoint: string, status: string) => Content | undefined;
}

/** Names of a form's fields that are names. */
const FORM_NAME = /^[\w.[\]-]{1,80}$/;

const mediaType = (mime: string | undefined): string | undefined => {
  const type = mime?.split(';')[0]?.trim().toLowerCase();
  return type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : undefined;
};

/** A body as data with its media type; `undefined` for text, files, and what was cut short. */
function toData({ mime, text }: SampledBody): { readonly type: string; readonly value: Json } | undefined {
  const type = mediaType(mime);
  if (type === 'application/x-www-form-urlencoded') {
    const names = text.split('&').map((part) => part.split('=', 1)[0] ?? '');
    return { type, value: Object.fromEntries(names.filter((name) => FORM_NAME.test(name)).map((name) => [name, ''])) };
  }
  if (type !== undefined && !/[/+]json$/.test(type)) return undefined;
  try {
    const value = JSON.parse(text) as Json; // JSON.parse gives nothing else
    return { type: type ?? 'application/json', value };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

/** Sums up bodies as schemas by endpoint, side, status and media type. Cost: the size of the schemas, not of the bodies. */
export function observeBodies(bodies: Iterable<SampledBody>): ObservedContents {
  const places = new Map<string, Map<string, ObservedPlace>>();
  for (const body of bodies) {
    // What was refused says what its sender got wrong, not what the operation takes.
    if (body.side === 'request' && (body.status ?? 0) >= 400) continue;
    const data = toData(body);
    if (data === undefined) continue;
    const key = keyOf(body.endpoint, body.side === 'request' ? '' : String(body.status ?? 'default'));
    const types = places.get(key) ?? new Map<string, ObservedPlace>();
    places.set(key, types);
    const place = types.get(data.type) ?? newPlace();
    types.set(data.type, place);
    observe(place, data.value);
  }
  const contentOf = (key: string): Content | undefined => {
    const types = places.get(key);
    return types === undefined
      ? undefined
      : new Map([...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, place]) => [type, { schema: toSchema(place) }]));
  };
  return {
    request: (endpoint) => contentOf(keyOf(endpoint, '')),
    response: (endpoint, status) => contentOf(keyOf(endpoint, status)),
  };
}

const keyOf = (endpoint: string, status: string): string => `${status}\n${endpoint}`;
