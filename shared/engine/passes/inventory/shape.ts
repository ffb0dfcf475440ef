import { append } from '../../../lib/append.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { PlainSchema } from '../../../model/operation-contract.ts';
import { propertyKeywords } from './property-keywords.ts';
import { compilePattern } from './safe-pattern.ts';

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/**
 * A schema of names only: which properties a body may have, whatever it looks like otherwise. The members of `allOf`, `anyOf` and
 * `oneOf` count together, so that no variant has to fit before a field is known; `properties` closes an object unless the description
 * opens it with `additionalProperties` or `unevaluatedProperties`; an object of which no property is named stays open.
 * Shape:  only `properties`, `patternProperties`, `additionalProperties` and `items`; `true` where anything may stand.
 * Example: `{ properties: { id: {} } }` gives `{ properties: { id: true }, additionalProperties: false }`.
 */
export const toNameShape = (schema: PlainSchema): PlainSchema => merge([schema]);

/** The schemas themselves and those that they are composed of. */
function flatten(schemas: readonly PlainSchema[]): readonly PlainSchema[] {
  const flat: PlainSchema[] = [];
  const open = [...schemas];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    flat.push(next);
    if (!isJsonObject(next)) continue;
    for (const key of ['allOf', 'anyOf', 'oneOf']) append(open, list(next[key]));
  }
  return flat;
}

const isOpen = (schema: PlainSchema): boolean => schema === true || (isJsonObject(schema) && Object.keys(schema).length === 0);

function merge(schemas: readonly PlainSchema[]): PlainSchema {
  const flat = flatten(schemas);
  if (flat.some(isOpen)) return true;
  const objects = flat.filter(isJsonObject);
  const into: Record<string, Json> = {};
  const items = objects.flatMap((schema) => [...(schema['items'] === undefined ? [] : [schema['items']]), ...list(schema['prefixItems'])]);
  if (items.length > 0) into['items'] = merge(items);
  mergeNames(objects, into);
  return Object.keys(into).length === 0 ? true : into;
}

function mergeNames(objects: readonly JsonObject[], into: Record<string, Json>): void {
  const rest = objects.flatMap((schema) =>
    ['additionalProperties', 'unevaluatedProperties'].flatMap((key) => (schema[key] === undefined ? [] : [schema[key]])),
  );
  const properties = gather(objects, 'properties');
  const patterns = gather(objects, 'patternProperties');
  const isForbidden = rest.length > 0 && rest.every((each) => each === false);
  if (rest.some(isOpen) || [...patterns.keys()].some((pattern) => compilePattern(pattern) === undefined)) return;
  const named = rest.filter((each) => each !== false);
  if (properties.size + patterns.size === 0 && named.length === 0 && !isForbidden) return;
  const { patternProperties, ...keywords } = propertyKeywords(mergeAll(properties));
  Object.assign(into, keywords);
  if (patterns.size > 0 || patternProperties !== undefined)
    into['patternProperties'] = {
      ...Object.fromEntries(mergeAll(patterns)),
      ...(isJsonObject(patternProperties) ? patternProperties : {}),
    };
  into['additionalProperties'] = named.length === 0 ? false : merge(named);
}

function gather(objects: readonly JsonObject[], key: string): ReadonlyMap<string, readonly Json[]> {
  const found = new Map<string, Json[]>();
  for (const schema of objects)
    for (const [name, value] of Object.entries(isJsonObject(schema[key]) ? schema[key] : {})) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [value]);
      else known.push(value);
    }
  return found;
}

const mergeAll = (properties: ReadonlyMap<string, readonly Json[]>): ReadonlyMap<string, Json> =>
  new Map([...properties].map(([name, schemas]) => [name, merge(schemas)]));
