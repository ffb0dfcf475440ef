import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Random } from '#test/support/large/random.ts';

/** What a description says of a parameter in a path. */
export interface ParameterSchema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly example?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A method and a path template with what is known of its parameters. */
export interface TruthTemplate {
  readonly method: string;
  /** With the base path; without query, fragment and last slash: `/v1/users/{id}`. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, ParameterSchema>;
}

export interface TruthSpec {
  /** Provider and service, as the collection files them: `twilio.com/api`. */
  readonly name: string;
  /** A host of its own, so that no two descriptions mix. */
  readonly host: string;
  readonly templates: readonly TruthTemplate[];
}

type Json = Readonly<Record<string, unknown>>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
/** More than this of one provider would make the figures that provider's. */
export const MAX_PER_PROVIDER = 2;
/** Templates taken of one description; the largest has more than a thousand. */
const MAX_TEMPLATES = 300;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const object = (value: unknown): Json => (isObject(value) ? value : {});
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Who publishes a description: the first part of its path or name. */
export const providerOf = (name: string): string => (name.split('/')[0] ?? name).replace(/\.json$/, '');

/** Names of the collection's files, in a seeded order, at most `MAX_PER_PROVIDER` of a provider. */
export function chooseSpecs(folder: string, random: Random): readonly string[] {
  const files = [...listFiles(folder)].sort();
  const keyed = files.map((file) => ({ file, at: random.fork(file).next() })).sort((a, b) => a.at - b.at);
  const taken = new Map<string, number>();
  return keyed
    .filter(({ file }) => {
      const provider = providerOf(file);
      const count = (taken.get(provider) ?? 0) + 1;
      taken.set(provider, count);
      return count <= MAX_PER_PROVIDER;
    })
    .map(({ file }) => file);
}

/** Every description of the collection, by its path below `folder`. */
export function listFiles(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(folder, path);
    return entry.name.endsWith('.json') ? [path] : [];
  });
}

/** Reads one description; `undefined` for one without two paths that a URL can show. */
export function readSpec(folder: string, file: string): TruthSpec | undefined {
  return toSpec(file.replace(/\.json$/, ''), object(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

/** The templates of a parsed description. Templates that differ by parameter names alone are one: no URL tells them apart. */
export function toSpec(name: string, document: Json): TruthSpec | undefined {
  const base = basePathOf(document);
  const templates = new Map<string, TruthTemplate>();
  for (const [rawPath, rawItem] of Object.entries(object(document['paths']))) {
    const item = object(rawItem);
    const path = tidy(base + rawPath);
    for (const method of METHODS) {
      if (!isObject(item[method])) continue;
      const listed = [item['parameters'], object(item[method])['parameters']].flatMap((list) =>
        Array.isArray(list) ? (list as unknown[]) : [],
      );
      const key = `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
      if (!templates.has(key) && templates.size < MAX_TEMPLATES)
        templates.set(key, { method: method.toUpperCase(), path, parameters: readParameters(document, listed) });
    }
  }
  if (new Set([...templates.values()].map(({ path }) => path)).size < 2) return undefined;
  return {
    name,
    host: `${name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')}.example`,
    templates: [...templates.values()],
  };
}

/** Without query and fragment, which name no place, and without empty segments. */
function tidy(path: string): string {
  const plain = path.replace(/[?#].*$/, '');
  const segments = plain.split('/').filter((segment) => segment !== '');
  return `/${segments.join('/')}`;
}

function basePathOf(document: Json): string {
  if (typeof document['basePath'] === 'string') return document['basePath'];
  const server = object(Array.isArray(document['servers']) ? (document['servers'] as unknown[])[0] : undefined);
  const variables = object(server['variables']);
  const url = (text(server['url']) ?? '').replaceAll(/\{([^}]*)\}/g, (_, name: string) => text(object(variables[name])['default']) ?? name);
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/^\/\/[^/]*/, '');
}

function readParameters(document: Json, listed: readonly unknown[]): ReadonlyMap<string, ParameterSchema> {
  const found = new Map<string, ParameterSchema>();
  for (const raw of listed) {
    const parameter = follow(document, object(raw));
    const name = text(parameter['name']);
    if (name !== undefined && parameter['in'] === 'path') found.set(name, toSchema(document, parameter));
  }
  return found;
}

function toSchema(document: Json, parameter: Json): ParameterSchema {
  // Swagger 2 has the schema's members in the parameter itself.
  const schema = follow(document, isObject(parameter['schema']) ? parameter['schema'] : parameter);
  const examples = Object.values(object(parameter['examples'])).map((each) => object(each)['value']);
  const scalar = (value: unknown): string | undefined =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  const example = [parameter['example'], schema['example'], parameter['x-example'], ...examples]
    .map(scalar)
    .find((each) => each !== undefined && each !== '');
  const values = Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]).flatMap((each) => scalar(each) ?? []) : [];
  const type = text(schema['type']);
  const format = text(schema['format']);
  const pattern = text(schema['pattern']);
  return {
    ...(type === undefined ? {} : { type }),
    ...(format === undefined ? {} : { format }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(values.length === 0 ? {} : { enum: values }),
    ...(example === undefined ? {} : { example }),
    ...(typeof schema['minimum'] === 'number' ? { minimum: schema['minimum'] } : {}),
    ...(typeof schema['maximum'] === 'number' ? { maximum: schema['maximum'] } : {}),
  };
}

/** What a `$ref` inside the document points at; other references give nothing. */
function follow(document: Json, value: Json): Json {
  let at = value;
  for (let hop = 0; hop < 5 && typeof at['$ref'] === 'string'; hop += 1) {
    const reference: string = at['$ref'];
    if (!reference.startsWith('#/')) return {};
    let place: unknown = document;
    for (const part of reference.slice(2).split('/')) place = object(place)[decodePointer(part)];
    at = object(place);
  }
  return at;
}

const decodePointer = (part: string): string =>
  part.replaceAll('%7B', '{').replaceAll('%7D', '}').replaceAll('~1', '/').replaceAll('~0', '~');
