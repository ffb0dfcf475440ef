import { stringify } from 'yaml';

import { parametersOf, type Answer, type Catalogue, type Field, type Operation, type Shape } from '../core/api.ts';
import { VALUES } from '../core/values.ts';

type Schema = Readonly<Record<string, unknown>>;
/** The API of operations that only services call. */
const INNER = 'inner';

function toSchema(field: Field): Schema {
  if (typeof field === 'string') return VALUES[field].schema;
  if ('id' in field) return { type: 'string' };
  if ('object' in field) return toObject(field.object);
  if ('array' in field) return { type: 'array', items: toSchema(field.array) };
  if ('list' in field) return { type: 'array', items: { $ref: `#/components/schemas/${field.list}` } };
  return { type: typeof field.constant === 'number' ? 'number' : typeof field.constant };
}

function toObject(shape: Shape): Schema {
  return { type: 'object', properties: Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, toSchema(field)])) };
}

function answerSchema(catalogue: Catalogue, answer: Answer): Schema {
  if ('shape' in answer) return { $ref: `#/components/schemas/${answer.shape}` };
  const entity = 'one' in answer ? answer.one : answer.list;
  const reference = { $ref: `#/components/schemas/${catalogue.entities[entity]?.shape ?? ''}` };
  if ('one' in answer) return reference;
  const items = answer.wrap === undefined ? reference : { type: 'object', properties: { [answer.wrap]: reference } };
  return { type: 'object', properties: { [answer.at]: { type: 'array', items }, next: { type: ['string', 'null'] } } };
}

function describeOperation(catalogue: Catalogue, operation: Operation): Schema {
  const { id, path, method, scopes, body, answer, published, service, summary } = operation;
  return {
    operationId: id,
    summary,
    tags: [service],
    ...(published === 'deprecated' ? { deprecated: true } : {}),
    parameters: parametersOf(path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...(body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${body}` } } } } }),
    responses: {
      [method === 'POST' && !('list' in answer) ? '201' : '200']: {
        description: 'Done',
        content: { 'application/json': { schema: answerSchema(catalogue, answer) } },
      },
    },
    ...(scopes.length === 0 ? { security: [] } : { security: [{ token: scopes }] }),
  };
}

type Paths = Readonly<Record<string, Readonly<Record<string, Schema>>>>;

function toPaths(catalogue: Catalogue, operations: readonly Operation[]): Paths {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const entry of operations) (paths[entry.path] ??= {})[entry.method.toLowerCase()] = describeOperation(catalogue, entry);
  return paths;
}

const toSchemas = (shapes: Catalogue['shapes']): Schema =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, toObject(shape)]));

/**
 * The description that a company has published of one of its APIs, in YAML: it lacks what is undocumented, and has what was never built.
 * Errors: RangeError for an API that the catalogue does not have.
 */
export function describe(catalogue: Catalogue, api: string): string {
  const known = catalogue.apis[api];
  if (known === undefined) throw new RangeError(`no API ${api}`);
  const operations = [...catalogue.operations, ...catalogue.orphans].filter(
    (entry) => entry.api === api && entry.published !== 'undocumented',
  );
  const scopes = [...new Set(operations.flatMap((entry) => entry.scopes))].toSorted();
  return stringify({
    openapi: '3.1.0',
    info: { title: known.title, version: known.version },
    servers: [{ url: `https://${known.host}` }],
    paths: toPaths(catalogue, operations),
    components: {
      schemas: toSchemas(catalogue.shapes),
      securitySchemes: {
        token: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: `https://${known.host}/oauth/token`,
              scopes: Object.fromEntries(scopes.map((scope) => [scope, scope])),
            },
          },
        },
      },
    },
  });
}

/**
 * What a team wrote about one of its inner services, in JSON: what others inside call, with the shapes of that and no login.
 * Errors: RangeError for a service without a description.
 */
export function describeService(catalogue: Catalogue, name: string): string {
  const { host, description } = catalogue.services[name] ?? {};
  if (host === undefined || description === undefined) throw new RangeError(`no description of service ${name}`);
  const operations = catalogue.operations.filter(({ api, service }) => api === INNER && service === name);
  const paths = toPaths(catalogue, operations);
  const named = Object.entries(catalogue.shapes).filter(([shape]) => JSON.stringify(paths).includes(`"#/components/schemas/${shape}"`));
  const document = {
    openapi: '3.0.3',
    info: description,
    servers: [{ url: `https://${host}` }],
    paths,
    components: { schemas: toSchemas(Object.fromEntries(named)) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
