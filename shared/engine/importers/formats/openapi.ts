import { concatBytes } from '../../../lib/bytes.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { ImportedOperation, ImportedSpecification } from '../../../model/call.ts';
import { toLooseText, toObject } from '../read/fields.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { Batch, checkCancelled, damaged, toIssue } from '../read/reading.ts';
import { parseSpec } from '../openapi/spec-document.ts';
import type { SpecDocument } from '../openapi/spec-document.ts';
import { SpecRefs } from '../openapi/spec-refs.ts';

/** Largest description that is read; the largest public ones have about 15 MB. Units: bytes. */
const MAX_SPEC_BYTES = 64 * 1024 * 1024;
/** External references that are listed one by one. */
const LISTED_REFS = 100;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/**
 * OpenAPI 3.0, 3.1 and 3.2, in JSON or YAML. A record is an operation.
 * Source: the OpenAPI specification. References inside the file are followed, others never opened; nothing is executed or
 * contacted, `pattern` and `servers` included.
 */
export const openapi = {
  id: 'openapi',
  title: 'OpenAPI description',
  extensions: ['.json', '.yaml', '.yml'],
  holds: 'the documented operations with their servers, security, scopes and the names of their fields; no calls',
  recognize(head) {
    const text = headText(head);
    const key = /^["']?(openapi|swagger)["']?[ \t]*:[ \t]*["']?\d/m.exec(text);
    if (/^\s*[{[]/.test(text)) {
      const [first] = listJsonKeys(head);
      if (first?.has('openapi') === true) return { strength: 'magic', why: 'JSON with openapi at the top' };
      if (first?.has('swagger') === true) return { strength: 'magic', why: 'JSON with swagger at the top' };
      if (first?.has('info.title') === true && first.has('paths'))
        return { strength: 'shape', why: 'JSON with info and paths, but no version in sight' };
      return { strength: 'none', why: 'no openapi at the top' };
    }
    if (key !== null) return { strength: 'magic', why: `YAML with ${key[1] ?? 'openapi'} at the top level` };
    return { strength: 'none', why: 'no openapi at the top' };
  },
  records: 'document',
  read: readOpenApi,
} as const satisfies DocumentImporter;

async function* readOpenApi(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const bytes = await readWhole(source, context);
  const batch = new Batch();
  if (bytes.length === 0) {
    yield [{ kind: 'note', text: 'The file is empty.' }];
    return;
  }
  const document = parseSpec(bytes, source.name);
  const { root } = document;
  const dialect = findDialect(root, source.name);
  const refs = new SpecRefs(root);
  const operations = listOperations(root, refs);
  batch.add({ kind: 'specification', specification: toSpecification(root, dialect, operations) });
  let record = 0;
  for (const { path, method, node, shared } of operations) {
    record += 1;
    const at = document.placeOf(path, method);
    batch.add({ kind: 'operation', record, at, operation: toOperation(root, refs, path, method, node, shared) });
    if (batch.full) {
      yield batch.take();
      checkCancelled(context.signal);
    }
  }
  for (const item of [...toRefIssues(refs, document), ...toNotes(root, document)]) batch.add(item);
  yield batch.take();
}

async function readWhole(source: ByteSource, context: ReadContext): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    checkCancelled(context.signal);
    length += chunk.length;
    if (length > MAX_SPEC_BYTES)
      damaged('SPEC_SIZE', `${source.name}: more than ${String(MAX_SPEC_BYTES)} bytes; the limit for API descriptions`, 0);
    parts.push(chunk.slice());
    context.onBytes(length);
  }
  return concatBytes(parts);
}

/** `openapi-3.1` and the like. Errors: AppError `damaged-file` SPEC_VERSION with what to do. */
function findDialect(root: JsonObject, name: string): string {
  const version = toLooseText(root['openapi']);
  const known = version === undefined ? null : /^3\.([012])(?:\.|$)/.exec(version);
  if (known !== null) return `openapi-3.${String(known[1])}`;
  if (version !== undefined) damaged('SPEC_VERSION', `${name}: OpenAPI ${version.slice(0, 20)}; 3.0, 3.1 and 3.2 are read`, 0);
  const swagger = toLooseText(root['swagger']);
  if (swagger !== undefined) {
    damaged(
      'SPEC_VERSION',
      `${name}: Swagger ${swagger.slice(0, 20)}; convert it to OpenAPI 3 (editor.swagger.io or swagger2openapi do) and import the result`,
      0,
    );
  }
  damaged('SPEC_VERSION', `${name}: no openapi version; 3.0, 3.1 and 3.2 are read`, 0);
}

interface OperationNode {
  readonly path: string;
  /** As the file spells it. */
  readonly method: string;
  readonly node: JsonObject;
  /** The path item that it stands in: its parameters and servers count for the operation. */
  readonly shared: JsonObject;
}

/** Operations in file order. Keys of `paths` that do not begin with `/` are extensions; `parameters` and the like are no methods. */
function listOperations(root: JsonObject, refs: SpecRefs): readonly OperationNode[] {
  const operations: OperationNode[] = [];
  for (const [path, item] of Object.entries(toObject(root['paths']))) {
    if (!path.startsWith('/')) continue;
    const shared = refs.resolve(item);
    if (shared === undefined) continue;
    for (const [method, value] of Object.entries(shared)) {
      if (!METHODS.includes(method.toLowerCase())) continue;
      const node = refs.resolve(value);
      if (node !== undefined) operations.push({ path, method, node, shared });
    }
    // 3.2 puts methods that have no key of their own here.
    for (const [method, value] of Object.entries(toObject(shared['additionalOperations']))) {
      const node = refs.resolve(value);
      if (node !== undefined) operations.push({ path, method, node, shared });
    }
  }
  return operations;
}

function toSpecification(root: JsonObject, dialect: string, operations: readonly OperationNode[]): ImportedSpecification {
  const info = toObject(root['info']);
  const servers = new Set<string>(listServers(root['servers']));
  for (const { node, shared } of operations) {
    for (const url of [...listServers(shared['servers']), ...listServers(node['servers'])]) servers.add(url);
  }
  return {
    title: toLooseText(info['title']) ?? '',
    version: toLooseText(info['version']) ?? '',
    dialect,
    // OpenAPI, "servers": when none is given, the default is one with the URL "/".
    servers: servers.size === 0 ? ['/'] : [...servers],
  };
}

/** Server URLs with their variables' defaults put in; a variable without one stays as `{name}`. */
function listServers(value: Json | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter(isJsonObject).flatMap((server) => {
    const url = toLooseText(server['url']);
    if (url === undefined) return [];
    const variables = toObject(server['variables']);
    const filled = url.replaceAll(
      /\{([^{}]+)\}/g,
      (whole, name: string) => toLooseText(toObject(Object.hasOwn(variables, name) ? variables[name] : undefined)['default']) ?? whole,
    );
    return [/^(?:[a-z][a-z0-9+.-]*:|\/|\{)/i.test(filled) ? filled : `/${filled.replace(/^\.\//, '')}`];
  });
}

function toOperation(
  root: JsonObject,
  refs: SpecRefs,
  path: string,
  method: string,
  node: JsonObject,
  shared: JsonObject,
): ImportedOperation {
  const requestFields = new Set<string>();
  for (const list of [shared['parameters'], node['parameters']]) {
    for (const parameter of Array.isArray(list) ? (list as readonly Json[]) : []) {
      const name = toLooseText(refs.resolve(parameter)?.['name']);
      if (name !== undefined) requestFields.add(name);
    }
  }
  addContentFields(refs, refs.resolve(node['requestBody']), requestFields);
  const responseFields = new Set<string>();
  for (const [status, response] of Object.entries(toObject(node['responses']))) {
    if (/^(?:2|default)/i.test(status)) addContentFields(refs, refs.resolve(response), responseFields);
  }
  const tags = Array.isArray(node['tags']) ? (node['tags'] as readonly Json[]) : [];
  return {
    method: method.toUpperCase(),
    path,
    operationId: toLooseText(node['operationId']),
    summary: toLooseText(node['summary']),
    deprecated: node['deprecated'] === true,
    tags: tags.filter((tag) => typeof tag === 'string'),
    ...toSecurity(node['security'] ?? root['security']),
    requestFields: [...requestFields],
    responseFields: [...responseFields],
  };
}

function addContentFields(refs: SpecRefs, message: JsonObject | undefined, into: Set<string>): void {
  for (const media of Object.values(toObject(message?.['content']))) {
    const content = toObject(media);
    refs.listFields(content['schema'], into);
    refs.listFields(content['itemSchema'], into);
  }
}

/** OpenAPI, "security": absent inherits, `[]` means public, and an empty alternative `{}` makes the credential optional. */
function toSecurity(value: Json | undefined): Pick<ImportedOperation, 'security' | 'secured'> {
  const alternatives = Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
  const security = alternatives.flatMap((alternative) =>
    Object.entries(alternative).map(([scheme, scopes]) => ({
      scheme,
      scopes: Array.isArray(scopes) ? (scopes as readonly Json[]).filter((scope) => typeof scope === 'string') : [],
    })),
  );
  return { security, secured: alternatives.length > 0 && alternatives.every((alternative) => Object.keys(alternative).length > 0) };
}

function toRefIssues(refs: SpecRefs, document: SpecDocument): Imported[] {
  const issues: Imported[] = [];
  for (const ref of [...refs.external].slice(0, LISTED_REFS)) {
    const where = { record: undefined, at: document.placeOfText(ref) };
    issues.push(
      toIssue('warning', 'SPEC_REF_EXTERNAL', `a reference that leaves the file is not followed: ${ref.slice(0, 200)}`, where, ref),
    );
  }
  for (const ref of [...refs.cyclic].slice(0, LISTED_REFS)) {
    const where = { record: undefined, at: document.placeOfText(ref) };
    issues.push(toIssue('warning', 'SPEC_REF_CYCLE', `a reference that leads back to itself: ${ref.slice(0, 200)}`, where, ref));
  }
  return issues;
}

function toNotes(root: JsonObject, document: SpecDocument): Imported[] {
  const webhooks = Object.keys(toObject(root['webhooks'])).length;
  const texts = [
    ...document.notes,
    ...(webhooks === 0 ? [] : [`${String(webhooks)} webhooks are calls that the API makes, not operations of it; they were not read.`]),
  ];
  return texts.map((text) => ({ kind: 'note', text }));
}
