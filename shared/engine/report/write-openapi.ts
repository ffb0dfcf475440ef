import { stringify } from 'yaml';
import type { EndpointJson } from '../../contract/report-json.ts';
import type { OutputFile } from '../ports.ts';
import type { SampledBody } from '../store/read/inventory/sampled-bodies.ts';
import { observeBodies, type Content, type ObservedContents } from './openapi/observed-bodies.ts';
import type { ReportView } from './section.ts';

/** Methods that an OpenAPI 3.1 path item has keys for. */
const METHODS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']);
/** What the words of `endpoint.auth` are as security schemes; keys and cookies have names that the report does not hold. */
const SCHEMES: Readonly<Record<string, object>> = {
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'basic' },
  mtls: { type: 'mutualTLS' },
};

type Node = Record<string, unknown>;

/** Methods whose bodies mean nothing. Source: RFC 9110 sections 9.3.1, 9.3.2 and 9.3.8. */
const BODILESS = new Set(['GET', 'HEAD', 'TRACE']);
const contentOf = (content: Content | undefined): Node => (content === undefined ? {} : { content });

/** A template as OpenAPI takes it: parameters that repeat a name get a number, and a name is letters, digits, `_`, `-`, `.`. */
export function toPath(template: string): { readonly path: string; readonly parameters: readonly string[] } {
  const parameters: string[] = [];
  const path = template.replaceAll(/\{([^{}/]*)\}/g, (_, given: string) => {
    const base = given.replaceAll(/[^\w.-]/g, '') || 'value';
    let name = base;
    for (let count = 2; parameters.includes(name); count += 1) name = `${base}${String(count)}`;
    parameters.push(name);
    return `{${name}}`;
  });
  return { path: path.startsWith('/') ? path : `/${path}`, parameters };
}

/** Places without their names: two templates that differ in nothing else are one path to OpenAPI. */
const samePath = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}');

function toOperation(endpoint: EndpointJson, parameters: readonly string[], contents: ObservedContents): Node {
  const request = BODILESS.has(endpoint.method) ? undefined : contents.request(endpoint.id);
  const types = [...new Set(endpoint.dataTypes.map(({ type }) => type))].sort();
  const statuses = Object.keys(endpoint.statuses).filter((status) => /^[1-5]\d\d$/.test(status));
  const query = endpoint.drift.flatMap(({ kind, where }) => (kind === 'undocumented-parameter' ? [where.replace(/^query /, '')] : []));
  const auth = endpoint.auth.filter((word) => Object.hasOwn(SCHEMES, word));
  const all = [
    ...parameters.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...[...new Set(query)].sort().map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
  ];
  return {
    ...(endpoint.operation === undefined ? {} : { 'x-spoor-operation': endpoint.operation }),
    summary: `Calls observed: ${String(endpoint.calls)}; principals: ${String(endpoint.principals)}`,
    ...(endpoint.spec === 'zombie' ? { deprecated: true } : {}),
    ...(all.length === 0 ? {} : { parameters: all }),
    ...(request === undefined ? {} : { requestBody: { content: request } }),
    responses: Object.fromEntries(
      (statuses.length === 0 ? ['default'] : statuses).map((status) => [
        status,
        {
          description: status === 'default' ? 'No answer was recorded' : `Answered ${String(endpoint.statuses[status] ?? 0)} times`,
          ...contentOf(endpoint.method === 'HEAD' ? undefined : contents.response(endpoint.id, status)),
        },
      ]),
    ),
    ...(auth.length === 0 ? {} : { security: [...(endpoint.auth.includes('none') ? [{}] : []), ...auth.map((word) => ({ [word]: [] }))] }),
    'x-spoor-spec': endpoint.spec,
    'x-spoor-sensitivity': endpoint.sensitivity,
    ...(endpoint.override === undefined ? {} : { 'x-spoor-sensitivity-reason': endpoint.override.reason }),
    ...(types.length === 0 ? {} : { 'x-spoor-data-types': types }),
    ...(endpoint.flags.length === 0 ? {} : { 'x-spoor-flags': endpoint.flags }),
  };
}

/** Paths by host; OpenAPI has one list of paths, so a path of several hosts stands once, with all of them as its servers. */
function toPaths(endpoints: readonly EndpointJson[], contents: ObservedContents): Node {
  const items = new Map<string, { readonly path: string; readonly hosts: Set<string>; readonly operations: Map<string, Node> }>();
  for (const endpoint of endpoints) {
    if (endpoint.spec === 'orphan' || !METHODS.has(endpoint.method)) continue;
    const { path } = toPath(endpoint.template);
    const known = items.get(samePath(path)) ?? { path, hosts: new Set<string>(), operations: new Map<string, Node>() };
    items.set(samePath(path), known);
    if (endpoint.host !== '') known.hosts.add(endpoint.host);
    const method = endpoint.method.toLowerCase();
    // Names of parameters must be those of the path that stands in the file.
    if (!known.operations.has(method)) known.operations.set(method, toOperation(endpoint, toPath(known.path).parameters, contents));
  }
  return Object.fromEntries(
    [...items.values()]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, hosts, operations }) => [
        path,
        { ...(hosts.size === 0 ? {} : { servers: [...hosts].sort().map((host) => ({ url: `https://${host}` })) }), ...Object.fromEntries(operations) },
      ]),
  );
} // prettier-ignore

/**
 * Writes what was observed as an OpenAPI 3.1 draft in YAML: operations that were called, with their statuses, kinds of credential and
 * what Spoor knows of them, and the schemas of the recorded bodies. A draft to begin a description with, not one: what did not happen is
 * not in it, and no value of the evidence is.
 */
export function writeOpenApi(view: Pick<ReportView, 'json'>, bodies: Iterable<SampledBody>, output: Pick<OutputFile, 'write'>): void {
  const { json } = view;
  const hosts = [...new Set(json.endpoints.filter(({ spec, host }) => spec !== 'orphan' && host !== '').map(({ host }) => host))].sort();
  const words = new Set(json.endpoints.flatMap(({ auth }) => auth));
  const schemes = Object.fromEntries(Object.entries(SCHEMES).filter(([word]) => words.has(word)));
  const document = {
    openapi: '3.1.0',
    info: {
      title: json.case.title === '' ? 'Observed inventory' : `${json.case.title}: observed inventory`,
      version: '0.0.0-draft',
      description: 'A draft made from observed calls by Spoor. Endpoints that nothing called are not in it.',
    },
    ...(hosts.length === 0 ? {} : { servers: hosts.map((host) => ({ url: `https://${host}` })) }),
    paths: toPaths(json.endpoints, observeBodies(bodies)),
    ...(Object.keys(schemes).length === 0 ? {} : { components: { securitySchemes: schemes } }),
  };
  output.write(stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }));
}
