import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';

/** References to references that are followed before the chain counts as endless. */
export const MAX_CHAIN = 100;
/** Property names kept per side of an operation; enough to classify it, and bounds a hostile schema. */
const MAX_FIELDS = 500;
/** Schemas inside schemas that are looked into. Units: levels. */
export const MAX_SCHEMA_DEPTH = 32;

/** Follows references inside one description; those that leave it, or lead nowhere, are remembered. Lifetime: one description. */
export class SpecRefs {
  readonly #root: JsonObject;
  readonly #self: string | undefined;
  /** References to other files and hosts: never opened. */
  readonly external = new Set<string>();
  /** References that lead back to themselves without a value between. */
  readonly cyclic = new Set<string>();

  /** `self`: the description's own URI (OpenAPI 3.2, `$self`), by which it may refer to itself. */
  constructor(root: JsonObject, self?: string) {
    this.#root = root;
    this.#self = self?.replace(/#.*$/, '');
  }

  /** The object itself, or what its `$ref` leads to; `undefined` when that is nothing in this file. */
  resolve(value: Json | undefined): JsonObject | undefined {
    let current: Json | undefined = value;
    const seen = new Set<string>();
    while (isJsonObject(current)) {
      const given: Json | undefined = Object.hasOwn(current, '$ref') ? current['$ref'] : undefined;
      if (typeof given !== 'string') return current;
      const ref = this.#self !== undefined && given.startsWith(`${this.#self}#`) ? given.slice(this.#self.length) : given;
      if (!ref.startsWith('#')) {
        this.external.add(ref);
        return undefined;
      }
      if (seen.has(ref) || seen.size >= MAX_CHAIN) {
        this.cyclic.add(ref);
        return undefined;
      }
      seen.add(ref);
      current = this.#at(ref);
    }
    return undefined;
  }

  /** The value at a local pointer: `#/components/schemas/User`, RFC 6901 escapes and percent escapes undone. */
  #at(ref: string): Json | undefined {
    let current: Json | undefined = this.#root;
    for (const step of ref.slice(1).split('/').slice(1)) {
      const key = unescapePointer(step);
      if (Array.isArray(current)) current = (current as readonly Json[])[Number(key)];
      else if (isJsonObject(current) && Object.hasOwn(current, key)) current = current[key];
      else return undefined;
    }
    return current;
  }

  /** Names of the properties of a schema and of the schemas inside it, each once, in order of appearance. */
  listFields(schema: Json | undefined, into = new Set<string>()): ReadonlySet<string> {
    const open: (readonly [schema: Json | undefined, depth: number])[] = [[schema, 0]];
    const seen = new Set<JsonObject>();
    for (let next = open.shift(); next !== undefined && into.size < MAX_FIELDS; next = open.shift()) {
      const [value, depth] = next;
      const object = this.resolve(value);
      if (object === undefined || seen.has(object) || depth > MAX_SCHEMA_DEPTH) continue;
      seen.add(object);
      for (const [name, property] of Object.entries(isJsonObject(object['properties']) ? object['properties'] : {})) {
        if (into.size < MAX_FIELDS) into.add(name);
        open.push([property, depth + 1]);
      }
      for (const key of ['items', 'additionalProperties', 'itemSchema']) if (isJsonObject(object[key])) open.push([object[key], depth + 1]);
      for (const key of ['allOf', 'oneOf', 'anyOf', 'prefixItems']) {
        const list = object[key];
        if (Array.isArray(list)) for (const item of list as readonly Json[]) open.push([item, depth + 1]);
      }
    }
    return into;
  }
}

function unescapePointer(step: string): string {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
  if (!plain.includes('%')) return plain;
  try {
    return decodeURIComponent(plain);
  } catch (error) {
    if (error instanceof URIError) return plain; // not an escape: the key has a percent sign
    throw error;
  }
}
