import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { PlainSchema } from '../../../model/operation-contract.ts';
import { propertyKeywords } from './property-keywords.ts';
import { compilePattern } from './safe-pattern.ts';

/**
 * The part of a schema that speaks of values: types, required properties, allowed values, bounds, patterns. Names are compared by
 * `shape.ts`. `oneOf` counts as `anyOf`, since masked values can make two variants fit; properties that only the other side sends
 * (`readOnly` in requests, `writeOnly` in answers) are not required.
 */
export function toValueSchema(schema: PlainSchema, side: 'request' | 'response'): PlainSchema {
  const otherSide = new Set<string>();
  collectMarked(schema, side === 'request' ? 'readOnly' : 'writeOnly', otherSide);
  return convert(schema, otherSide);
}

function collectMarked(schema: PlainSchema, mark: 'readOnly' | 'writeOnly', into: Set<string>): void {
  if (Array.isArray(schema)) for (const item of schema as readonly Json[]) collectMarked(item, mark, into);
  if (!isJsonObject(schema)) return;
  for (const [name, value] of Object.entries(isJsonObject(schema['properties']) ? schema['properties'] : {}))
    if (isJsonObject(value) && value[mark] === true) into.add(name);
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' || key === 'patternProperties') for (const each of Object.values(isJsonObject(value) ? value : {})) collectMarked(each, mark, into);
    else if (key !== 'enum' && key !== 'const') collectMarked(value, mark, into);
  }
} // prettier-ignore

const KEPT = ['type', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

function convert(schema: PlainSchema, optional: ReadonlySet<string>): PlainSchema {
  if (!isJsonObject(schema)) return true;
  const into: Record<string, Json> = {};
  for (const key of KEPT) if (schema[key] !== undefined) into[key] = schema[key];
  const { pattern, required } = schema;
  if (typeof pattern === 'string' && compilePattern(pattern) !== undefined) into['pattern'] = pattern;
  if (Array.isArray(required)) {
    const names = (required as readonly Json[]).filter((name) => typeof name === 'string' && !optional.has(name));
    if (names.length > 0) into['required'] = [...new Set(names)];
  }
  if (isJsonObject(schema['properties'])) Object.assign(into, propertyKeywords(convertMap(schema['properties'], optional)));
  for (const [from, to] of [['allOf', 'allOf'], ['anyOf', 'anyOf'], ['oneOf', 'anyOf'], ['prefixItems', 'prefixItems']] as const) {
    const given = schema[from];
    if (!Array.isArray(given)) continue;
    const members = (given as readonly Json[]).map((item) => convert(item, optional));
    if (into[to] === undefined) into[to] = members;
    else into['allOf'] = [...(Array.isArray(into['allOf']) ? (into['allOf'] as readonly Json[]) : []), { anyOf: members }];
  }
  for (const key of ['items', 'additionalProperties'] as const) if (isJsonObject(schema[key])) into[key] = convert(schema[key], optional);
  return into;
} // prettier-ignore

const convertMap = (map: JsonObject, optional: ReadonlySet<string>): ReadonlyMap<string, Json> =>
  new Map(Object.entries(map).map(([name, value]) => [name, convert(value, optional)]));
