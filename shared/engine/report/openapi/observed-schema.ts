import type { Json } from '../../../lib/json.ts';
import { isJsonObject } from '../../../lib/json.ts';
import { holdsMask } from '../../intake/masking/token.ts';

/** Different names of one kind of object from which they are keys of a map, not properties. */
const MAX_NAMES = 80;
/** Deeper structure is left open. */
const MAX_DEPTH = 12;
/** Items looked at of one list. */
const MAX_ITEMS = 50;
/** Objects that have to have a property before it is called required: fewer say nothing. */
const MIN_OBJECTS = 3;
/** Names that are written by programmers; others (ids, addresses) are values that stand as keys. */
const NAME = /^[@$_A-Za-z][\w$@:. -]{0,60}$/;
const KEY_OF_MAP = /\d{4,}|@[^@]+\.|[0-9a-f]{8}-[0-9a-f]{4}|^[a-z]{2,8}[_-](?=[a-z]*\d)[a-z0-9]{6,}$/i;

/** Forms that all texts of a place must have to be named. Source: JSON Schema validation 2020-12, section 7.3. */
const FORMATS: readonly (readonly [name: string, form: RegExp])[] = [
  ['date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i],
  ['date', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['email', /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/],
  ['uri', /^[a-z][a-z0-9+.-]*:\/\/[^\s]+$/i],
  ['ipv4', /^(?:\d{1,3}\.){3}\d{1,3}$/],
];

type SchemaType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

/** What was seen at one place of the bodies of an operation. */
export interface ObservedPlace {
  readonly types: Set<SchemaType>;
  /** Texts by form; `''` for those without one. */
  readonly formats: Set<string>;
  objects: number;
  readonly properties: Map<string, { seen: number; readonly place: ObservedPlace }>;
  /** Values of keys that are values themselves. */
  rest: ObservedPlace | undefined;
  items: ObservedPlace | undefined;
}

/** A place where nothing was seen yet. */
export const newPlace = (): ObservedPlace => ({ types: new Set(), formats: new Set(), objects: 0, properties: new Map(), rest: undefined, items: undefined }); // prettier-ignore

/** Adds one value. The order of values does not matter. */
export function observe(place: ObservedPlace, value: Json, depth = 0): void {
  if (Array.isArray(value)) {
    place.types.add('array');
    if (depth >= MAX_DEPTH) return;
    place.items ??= newPlace();
    for (const item of (value as readonly Json[]).slice(0, MAX_ITEMS)) observe(place.items, item, depth + 1);
  } else if (isJsonObject(value)) {
    place.types.add('object');
    place.objects += 1;
    if (depth >= MAX_DEPTH) return;
    for (const [name, each] of Object.entries(value)) observe(propertyOf(place, name), each, depth + 1);
  } else if (typeof value === 'string') {
    place.types.add('string');
    // The form of what stands for a secret is not that of the value.
    if (holdsMask(value)) place.formats.add('');
    else place.formats.add(FORMATS.find(([, form]) => form.test(value))?.[0] ?? '');
  } else if (typeof value === 'number') place.types.add(Number.isInteger(value) ? 'integer' : 'number');
  else place.types.add(value === null ? 'null' : 'boolean');
}

function propertyOf(place: ObservedPlace, name: string): ObservedPlace {
  const known = place.properties.get(name);
  if (known !== undefined) {
    known.seen += 1;
    return known.place;
  }
  if (!NAME.test(name) || KEY_OF_MAP.test(name) || place.properties.size >= MAX_NAMES) return (place.rest ??= newPlace());
  const made = { seen: 1, place: newPlace() };
  place.properties.set(name, made);
  return made.place;
}

/**
 * What was seen as a schema of JSON Schema 2020-12: types, formats, properties, and as required what every one of several objects had.
 * No value stands in it: neither examples nor enumerations. Maps, so that a property may have any name, `__proto__` included.
 * Example: `{"id":1,"at":"2026-10-01"}` three times → object with integer `id` and date `at`, both required.
 */
export function toSchema(place: ObservedPlace): ReadonlyMap<string, unknown> {
  const schema = new Map<string, unknown>();
  // An integer is a number as well.
  const types = [...place.types].filter((type) => type !== 'integer' || !place.types.has('number')).sort();
  if (types.length > 0) schema.set('type', types.length === 1 ? types[0] : types);
  const [format] = place.formats;
  if (place.formats.size === 1 && format !== undefined && format !== '') schema.set('format', format);
  const properties = [...place.properties].sort(([a], [b]) => (a < b ? -1 : 1));
  if (properties.length > 0) schema.set('properties', new Map(properties.map(([name, property]) => [name, toSchema(property.place)])));
  const required = properties.filter(([, { seen }]) => place.objects >= MIN_OBJECTS && seen === place.objects).map(([name]) => name);
  if (required.length > 0) schema.set('required', required);
  if (place.rest !== undefined) schema.set('additionalProperties', toSchema(place.rest));
  if (place.items !== undefined) schema.set('items', toSchema(place.items));
  return schema;
}
