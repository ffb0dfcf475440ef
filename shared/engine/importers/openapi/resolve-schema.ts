import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { PlainSchema } from '../../../model/operation-contract.ts';
import type { SpecRefs } from './spec-refs.ts';

/** Schemas inside one schema that are kept; what is beyond allows anything. Units: schemas. */
export const MAX_SCHEMA_NODES = 3000;
/** Schemas kept of one description: some 15 MB. */
export const MAX_DOCUMENT_NODES = 400_000;
/** Schemas inside schemas. Units: levels. */
export const MAX_KEPT_DEPTH = 24;
/** How often a schema that holds itself is gone into: a tree shows itself within two levels. */
const MAX_REPEATS = 2;
/** Longer lists of allowed values are no check of a contract any more but a dictionary. */
const MAX_ENUM = 500;

/** Keywords that are taken over as they are. */
const PLAIN = ['required', 'const', 'pattern', 'readOnly', 'writeOnly'] as const;
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const MAPS = ['properties', 'patternProperties'] as const;
/** Keywords that can allow more properties than `properties` names, in ways that are not followed. */
const OPENING = ['if', 'then', 'else', 'dependentSchemas', '$dynamicRef', '$recursiveRef', 'discriminator'] as const;

/** Writes schemas of one description out, without references. Lifetime: one description. */
export interface SchemaResolver {
  resolve(schema: Json | undefined): PlainSchema;
  /** True when something was cut since the last question. */
  takeCut(): boolean;
}

/**
 * Makes schemas of OpenAPI 3.0, 3.1, 3.2 and Swagger 2.0 into draft 2020-12 without references, and keeps only keywords that are
 * compared with bodies. Every cut widens: what was left out allows anything, so that it can never make a call look wrong.
 * Source: OpenAPI 3.0.3 "Schema Object" (`nullable`, `exclusiveMinimum: true`); JSON Schema 2020-12.
 */
export function createSchemaResolver(refs: SpecRefs, documentNodes = MAX_DOCUMENT_NODES): SchemaResolver {
  let left = documentNodes;
  let nodes = 0;
  let isCut = false;
  const open = new Map<JsonObject, number>();

  const cut = (): true => {
    isCut = true;
    return true;
  };

  const walk = (value: Json | undefined, depth: number): PlainSchema => {
    if (typeof value === 'boolean') return value;
    if (!isJsonObject(value)) return true;
    nodes += 1;
    left -= 1;
    if (nodes > MAX_SCHEMA_NODES || left < 0 || depth > MAX_KEPT_DEPTH) return cut();
    const target = refs.resolve(value);
    if (target === undefined) return cut();
    const seen = open.get(target) ?? 0;
    if (seen >= MAX_REPEATS) return cut();
    open.set(target, seen + 1);
    const schema = convert(target, depth);
    open.set(target, seen);
    if (target === value || schema === true) return schema;
    // 3.1 lets keywords stand beside `$ref`; 3.0 has them ignored, and they are only annotations there.
    const { $ref: _ref, ...beside } = value;
    const own = convert(beside, depth);
    return isJsonObject(own) && Object.keys(own).length > 0 ? { allOf: [schema, own] } : schema;
  };

  const convert = (from: JsonObject, depth: number): PlainSchema => {
    const into: Record<string, Json> = {};
    for (const key of PLAIN) if (from[key] !== undefined) into[key] = from[key];
    for (const key of LISTS) {
      const list = from[key];
      if (Array.isArray(list) && list.length > 0) into[key] = (list as readonly Json[]).map((item) => walk(item, depth + 1));
    }
    for (const key of MAPS) if (isJsonObject(from[key])) into[key] = walkMap(from[key], depth);
    addItems(from, into, depth);
    for (const key of ['additionalProperties', 'unevaluatedProperties'] as const)
      if (from[key] !== undefined) into[key] = walk(from[key], depth + 1);
    if (OPENING.some((key) => from[key] !== undefined)) into['unevaluatedProperties'] = true;
    addTypes(from, into);
    addBounds(from, into);
    return into;
  };

  const walkMap = (map: JsonObject, depth: number): Json => {
    // Without a prototype: `__proto__` is a name of a property like any other.
    const into = Object.create(null) as Record<string, Json>;
    for (const [name, schema] of Object.entries(map)) into[name] = walk(schema, depth + 1);
    return into;
  };

  const addItems = (from: JsonObject, into: Record<string, Json>, depth: number): void => {
    const { items } = from;
    // Drafts before 2020-12 spell a tuple so.
    if (Array.isArray(items)) into['prefixItems'] = (items as readonly Json[]).map((item) => walk(item, depth + 1));
    else if (items !== undefined) into['items'] = walk(items, depth + 1);
  };

  return {
    resolve(schema) {
      nodes = 0;
      return schema === undefined ? true : walk(schema, 0);
    },
    takeCut() {
      const was = isCut;
      isCut = false;
      return was;
    },
  };
}

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

/** `type`, `enum` and `nullable`. Swagger's `file` and words that are no types allow anything. */
function addTypes(from: JsonObject, into: Record<string, Json>): void {
  const given = Array.isArray(from['type']) ? (from['type'] as readonly Json[]) : [from['type']];
  const types = given.filter((type): type is string => typeof type === 'string' && TYPES.has(type));
  const isNullable = from['nullable'] === true || from['x-nullable'] === true;
  if (types.length > 0 && types.length === given.length) into['type'] = [...new Set([...types, ...(isNullable ? ['null'] : [])])];
  const values = from['enum'];
  if (Array.isArray(values) && values.length > 0 && values.length <= MAX_ENUM)
    into['enum'] = isNullable && !values.includes(null) ? [...(values as readonly Json[]), null] : values;
  // `required: true` is Swagger's and 3.0's way for parameters, and a common slip in schemas.
  if (!Array.isArray(into['required']) || !(into['required'] as readonly Json[]).every((name) => typeof name === 'string'))
    delete into['required'];
  if (typeof into['pattern'] !== 'string') delete into['pattern'];
}

/** 3.0 has `exclusiveMinimum: true` beside `minimum`, later dialects a number. */
function addBounds(from: JsonObject, into: Record<string, Json>): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = from;
  if (typeof minimum === 'number') into[exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum'] = minimum;
  if (typeof maximum === 'number') into[exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum'] = maximum;
  if (typeof exclusiveMinimum === 'number') into['exclusiveMinimum'] = exclusiveMinimum;
  if (typeof exclusiveMaximum === 'number') into['exclusiveMaximum'] = exclusiveMaximum;
}
