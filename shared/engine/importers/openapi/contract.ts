import type { Json, JsonObject } from '../../../lib/json.ts';
import type { ContractBody, ContractParameter, OperationContract, ParameterPlace, PlainSchema } from '../../../model/operation-contract.ts';
import { toLooseText, toObject } from '../read/fields.ts';
import type { SchemaResolver } from './resolve-schema.ts';
import { toLinks, type LinkTargets } from './links.ts';
import type { SpecRefs } from './spec-refs.ts';

/** Parameters kept of one operation. */
const MAX_PARAMETERS = 200;
/** Media types and statuses kept of one operation. */
const MAX_KINDS = 60;
const PLACES: readonly string[] = ['query', 'path', 'header', 'cookie'] satisfies readonly ParameterPlace[];

/** What the reader of a description needs to write a contract down. */
export interface ContractContext {
  readonly root: JsonObject;
  readonly refs: SpecRefs;
  readonly schemas: SchemaResolver;
  readonly targets: LinkTargets;
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** What the description promises of one operation. `shared`: the path item that it stands in. */
export function toContract(context: ContractContext, node: JsonObject, shared: JsonObject): OperationContract {
  const { refs, schemas } = context;
  schemas.takeCut();
  const given = [...listOf(node['parameters']), ...listOf(shared['parameters'])].flatMap((value): readonly JsonObject[] => {
    const parameter = refs.resolve(value);
    return parameter === undefined ? [] : [parameter];
  });
  const parameters = new Map<string, ContractParameter>();
  for (const parameter of given.slice(0, MAX_PARAMETERS)) {
    const read = toParameter(context, parameter);
    // The operation's own parameter overrides the path item's.
    if (read !== undefined && !parameters.has(`${read.in} ${read.name}`)) parameters.set(`${read.in} ${read.name}`, read);
  }
  for (const key of listKeyParameters(context)) if (!parameters.has(`${key.in} ${key.name}`)) parameters.set(`${key.in} ${key.name}`, key);
  const request = toRequest(context, node, given);
  const responses: Record<string, ContractBody> = {};
  for (const [status, value] of Object.entries(toObject(node['responses'])).slice(0, MAX_KINDS))
    if (!status.startsWith('x-')) responses[status] = toResponse(context, node, value);
  const auth = toAuth(context, node);
  const links = toLinks(refs, context.targets, node);
  return {
    parameters: [...parameters.values()],
    ...(request === undefined ? {} : { request }),
    responses,
    auth,
    ...(links.length === 0 ? {} : { links }),
    ...(schemas.takeCut() ? { isPartial: true } : {}),
  };
}

function toParameter({ schemas }: ContractContext, parameter: JsonObject): ContractParameter | undefined {
  const name = toLooseText(parameter['name']);
  const place = toLooseText(parameter['in'])?.toLowerCase();
  if (name === undefined || place === undefined || !PLACES.includes(place)) return undefined;
  const content = Object.values(toObject(parameter['content']))[0];
  // Swagger 2.0 has type, enum and the like beside the name.
  const given =
    parameter['schema'] ?? toObject(content)['schema'] ?? (parameter['type'] === undefined ? undefined : withoutRequired(parameter));
  const schema = schemas.resolve(given);
  const types = JSON.stringify(toObject(schema)['type'] ?? '');
  const isObject = types.includes('object') || toObject(schema)['properties'] !== undefined;
  return {
    name,
    in: place as ParameterPlace, // one of PLACES
    required: parameter['required'] === true || place === 'path',
    ...(schema === true ? {} : { schema }),
    // `form` with `explode`, the default of the query, writes each property as a parameter of its own; `querystring` is 3.2.
    ...(isObject && place === 'query' && parameter['explode'] !== false ? { spread: true } : {}),
  };
}

const withoutRequired = ({ required: _required, ...rest }: JsonObject): JsonObject => rest;

const mediaType = (name: string): string => name.split(';')[0]?.trim().toLowerCase() ?? '';

function toContent({ schemas, refs }: ContractContext, value: Json | undefined): ContractBody {
  const content: Record<string, PlainSchema> = {};
  for (const [name, media] of Object.entries(toObject(value)).slice(0, MAX_KINDS)) {
    const type = mediaType(name);
    if (type !== '') content[type] = schemas.resolve(refs.resolve(media)?.['schema']);
  }
  return { content };
}

function toRequest(context: ContractContext, node: JsonObject, parameters: readonly JsonObject[]): ContractBody | undefined {
  const body = context.refs.resolve(node['requestBody']);
  if (body !== undefined) return toContent(context, body['content']);
  const types = listOf(node['consumes'] ?? context.root['consumes']).flatMap((type) => (typeof type === 'string' ? [mediaType(type)] : []));
  const whole = parameters.find((parameter) => parameter['in'] === 'body');
  if (whole !== undefined) return sameFor(types.length === 0 ? ['application/json'] : types, context.schemas.resolve(whole['schema']));
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData');
  if (fields.length === 0) return undefined;
  const properties = Object.fromEntries(
    fields.flatMap((field) => (typeof field['name'] === 'string' ? [[field['name'], true] as const] : [])),
  );
  return sameFor(types.length === 0 ? ['application/x-www-form-urlencoded', 'multipart/form-data'] : types, { properties });
}

function toResponse(context: ContractContext, node: JsonObject, value: Json | undefined): ContractBody {
  const response = context.refs.resolve(value) ?? {};
  if (response['content'] !== undefined || response['schema'] === undefined) return toContent(context, response['content']);
  const types = listOf(node['produces'] ?? context.root['produces']).flatMap((type) => (typeof type === 'string' ? [mediaType(type)] : []));
  return sameFor(types.length === 0 ? ['application/json'] : types, context.schemas.resolve(response['schema']));
}

const sameFor = (types: readonly string[], schema: PlainSchema): ContractBody => ({
  content: Object.fromEntries(types.slice(0, MAX_KINDS).map((type) => [type, schema])),
});

const schemesOf = (root: JsonObject): JsonObject =>
  toObject(toObject(root['components'])['securitySchemes'] ?? root['securityDefinitions']);

/** A key may come with any operation of the API: a client sends it along where none is asked for. */
function listKeyParameters({ root, refs }: ContractContext): readonly ContractParameter[] {
  return Object.values(schemesOf(root)).flatMap((value) => {
    const scheme = refs.resolve(value);
    const name = toLooseText(scheme?.['name']);
    const place = toLooseText(scheme?.['in'])?.toLowerCase();
    if (toLooseText(scheme?.['type'])?.toLowerCase() !== 'apikey' || name === undefined) return [];
    return place === 'query' || place === 'header' || place === 'cookie' ? [{ name, in: place, required: false }] : [];
  });
}

/** Alternatives of `security`, each scheme as the kind of credential that it asks for. */
function toAuth({ root, refs }: ContractContext, node: JsonObject): readonly (readonly string[])[] {
  const given = node['security'] ?? root['security'];
  const schemes = schemesOf(root);
  return listOf(given)
    .slice(0, MAX_KINDS)
    .map((alternative) =>
      Object.keys(toObject(alternative)).map((name) =>
        kindOfScheme(refs.resolve(Object.hasOwn(schemes, name) ? schemes[name] : undefined)),
      ),
    );
}

/** The words of `endpoint.auth`; `any` for a scheme that cannot be told. */
function kindOfScheme(scheme: JsonObject | undefined): string {
  const type = toLooseText(scheme?.['type'])?.toLowerCase();
  if (type === 'oauth2' || type === 'openidconnect') return 'bearer';
  if (type === 'mutualtls') return 'mtls';
  if (type === 'basic') return 'basic';
  if (type === 'http') {
    const word = toLooseText(scheme?.['scheme'])?.toLowerCase();
    return word === 'basic' ? 'basic' : word === 'bearer' ? 'bearer' : 'any';
  }
  if (type !== 'apikey') return 'any';
  // Many descriptions from before 3.0 spell a bearer token as an API key in this header.
  if (toLooseText(scheme?.['name'])?.toLowerCase() === 'authorization') return 'any';
  return toLooseText(scheme?.['in']) === 'cookie' ? 'session' : 'api-key';
}
