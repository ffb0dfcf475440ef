import { stringify } from 'yaml';

import { parametersOf, type Answer, type Catalogue, type Field, type Operation, type Shape } from '../core/api.ts';
import { VALUES } from '../core/values.ts';

type Schema = Readonly<Record<string, unknown>>;

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

/** The description that a company has published of one of its APIs, in YAML: it lacks what is undocumented, and has what was never built. */
export function describe(catalogue: Catalogue, api: string): string {
  const known = catalogue.apis[api];
  if (known === undefined) throw new RangeError(`no API ${api}`);
  const operations = [...catalogue.operations, ...catalogue.orphans].filter(
    (entry) => entry.api === api && entry.published !== 'undocumented',
  );
  const paths: Record<string, Record<string, unknown>> = {};
  for (const entry of operations) (paths[entry.path] ??= {})[entry.method.toLowerCase()] = describeOperation(catalogue, entry);
  const scopes = [...new Set(operations.flatMap((entry) => entry.scopes))].toSorted();
  return stringify({
    openapi: '3.1.0',
    info: { title: known.title, version: known.version },
    servers: [{ url: `https://${known.host}` }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(catalogue.shapes).map(([name, shape]) => [name, toObject(shape)])),
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
