import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Header, ImportedBody } from '../../../model/call.ts';
import { toKnownText, toLooseText, toNumber } from '../read/fields.ts';

/** Lists and maps inside of attributes that are looked into. Units: levels. */
const MAX_VALUE_DEPTH = 32;

/**
 * The attributes of one span, and which of them a field of the call has taken.
 * Lifetime: one span. What was not taken ends up among the extras, so that nothing is lost.
 */
export class Attributes {
  readonly #values: ReadonlyMap<string, Json>;
  readonly #taken = new Set<string>();

  constructor(values: ReadonlyMap<string, Json>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** A text that decides about the span but says nothing that a field holds: it stays among the extras. */
  peek(name: string): string | undefined {
    return toLooseText(this.#values.get(name));
  }

  /** The first of these that is known, as text. Numbers and booleans count; lists of one are that one. */
  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.#values.get(name);
      const text = toLooseText(Array.isArray(value) && value.length === 1 ? (value as readonly Json[])[0] : value);
      if (text === undefined) continue;
      this.#taken.add(name);
      return text;
    }
    return undefined;
  }

  /** The first of these that is a number or the text of one: int64 tags are texts in many writers. */
  number(...names: readonly string[]): number | undefined {
    for (const name of names) {
      const number = toNumber(this.#values.get(name));
      if (number === undefined) continue;
      this.#taken.add(name);
      return number;
    }
    return undefined;
  }

  /** The first of these as a body: a text as it stands, anything else as JSON. */
  body(...names: readonly string[]): ImportedBody | undefined {
    for (const name of names) {
      const value = this.#values.get(name);
      if (value === undefined || value === null || value === '') continue;
      this.#taken.add(name);
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return { text, mime: undefined, encoding: 'text', bytes: undefined, note: `from the attribute ${name}` };
    }
    return undefined;
  }

  /** All attributes below a prefix (`gen_ai.prompt.0.content`) as one body, a JSON object by the rest of their names. */
  bodyBelow(prefix: string): ImportedBody | undefined {
    const found = [...this.#values].filter(([name]) => name.startsWith(prefix));
    if (found.length === 0) return undefined;
    for (const [name] of found) this.#taken.add(name);
    const text = JSON.stringify(Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value])));
    return { text, mime: 'application/json', encoding: 'text', bytes: undefined, note: `from the attributes ${prefix}*` };
  }

  /** Headers below a prefix: `http.request.header.<name>`, a list of values each; older writers put `_` for `-`. */
  headers(prefix: string): readonly Header[] {
    const headers: Header[] = [];
    for (const [name, value] of this.#values) {
      if (!name.startsWith(prefix)) continue;
      this.#taken.add(name);
      const header = name.slice(prefix.length);
      const spelled = header.includes('-') ? header : header.replaceAll('_', '-');
      for (const one of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
        const text = toLooseText(one);
        if (text !== undefined) headers.push([spelled, text]);
      }
    }
    return headers;
  }

  /** What no field has taken, by name. */
  rest(): readonly Header[] {
    const rest: Header[] = [];
    for (const [name, value] of this.#values) {
      if (this.#taken.has(name) || value === null || value === '') continue;
      rest.push([name, typeof value === 'string' ? value : JSON.stringify(value)]);
    }
    return rest;
  }
}

/**
 * Attributes of OTLP/JSON: `[{key, value: {stringValue | intValue | …}}]`, in camel or snake case.
 * Source: opentelemetry-proto, `common.proto`. 64-bit integers stand as texts and stay texts.
 */
export function toOtlpAttributes(list: Json | undefined): Map<string, Json> {
  const attributes = new Map<string, Json>();
  for (const item of Array.isArray(list) ? (list as readonly Json[]) : []) {
    if (!isJsonObject(item)) continue;
    const key = toKnownText(item['key']);
    const value = key === undefined ? undefined : toPlainValue(item['value'], 0);
    if (key !== undefined && value !== undefined) attributes.set(key, value);
  }
  return attributes;
}

function toPlainValue(value: Json | undefined, depth: number): Json | undefined {
  if (!isJsonObject(value)) return value ?? undefined;
  if (depth > MAX_VALUE_DEPTH) return JSON.stringify(value);
  const scalar =
    member(value, 'stringValue', 'string_value') ??
    member(value, 'intValue', 'int_value') ??
    member(value, 'doubleValue', 'double_value') ??
    member(value, 'boolValue', 'bool_value') ??
    member(value, 'bytesValue', 'bytes_value');
  if (scalar !== undefined) return scalar;
  const list = member(value, 'arrayValue', 'array_value');
  if (isJsonObject(list)) {
    const { values } = list;
    return Array.isArray(values) ? (values as readonly Json[]).map((one) => toPlainValue(one, depth + 1) ?? null) : [];
  }
  const map = member(value, 'kvlistValue', 'kvlist_value');
  if (!isJsonObject(map)) return undefined;
  const entries = Array.isArray(map['values']) ? (map['values'] as readonly Json[]).filter(isJsonObject) : [];
  return Object.fromEntries(entries.map((entry) => [toLooseText(entry['key']) ?? '', toPlainValue(entry['value'], depth + 1) ?? null]));
}

/** A member in either spelling of protobuf's JSON. */
function member(object: { readonly [key: string]: Json }, camel: string, snake: string): Json | undefined {
  return object[camel] ?? object[snake];
}

/** Tags of Jaeger: `[{key, type, value}]`. Source: Jaeger's UI model. */
export function toJaegerTags(list: Json | undefined): Map<string, Json> {
  const tags = new Map<string, Json>();
  for (const item of Array.isArray(list) ? (list as readonly Json[]) : []) {
    if (!isJsonObject(item)) continue;
    const key = toKnownText(item['key']);
    const { value } = item;
    if (key !== undefined && value !== undefined) tags.set(key, value);
  }
  return tags;
}
