import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { ImportedOperation, ImportedSpecification } from '../../../model/call.ts';
import { toLooseText, toObject } from '../read/fields.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { readAllBytes } from '../read/all-bytes.ts';
import { Batch, checkCancelled, toIssue } from '../read/reading.ts';
import { toContract, type ContractContext } from '../openapi/contract.ts';
import { findDialect } from '../openapi/dialect.ts';
import type { Dialect } from '../openapi/dialect.ts';
import { indexTargets } from '../openapi/links.ts';
import { listMessageServers, listServers, listSwaggerServers } from '../openapi/servers.ts';
import { parseSpec } from '../openapi/spec-document.ts';
import type { SpecDocument } from '../openapi/spec-document.ts';
import { SpecRefs } from '../openapi/spec-refs.ts';
import { createSchemaResolver } from '../openapi/resolve-schema.ts';

/** External references that are listed one by one. */
const LISTED_REFS = 100;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/**
 * OpenAPI 3.0, 3.1 and 3.2 and Swagger 2.0, in JSON or YAML. A record is an operation. AsyncAPI is taken into the inventory without
 * operations: its channels are no HTTP.
 * Source: the OpenAPI and AsyncAPI specifications. References inside the file are followed, others never opened; nothing is executed or
 * contacted, `pattern` and `servers` included.
 */
export const openapi = {
  id: 'openapi',
  title: 'OpenAPI or Swagger description',
  extensions: ['.json', '.yaml', '.yml'],
  holds: 'the documented operations with their servers, security, scopes, parameters and schemas; no calls',
  recognize(head) {
    const text = headText(head);
    const key = /^["']?(openapi|swagger|asyncapi)["']?[ \t]*:[ \t]*["']?\d/m.exec(text);
    if (/^\s*[{[]/.test(text)) {
      const [first] = listJsonKeys(head);
      const named = ['openapi', 'swagger', 'asyncapi'].find((name) => first?.has(name) === true && first.has('info'));
      if (named !== undefined) return { strength: 'magic', why: `JSON with ${named} at the top` };
      if (first?.has('openapi') === true || first?.has('swagger') === true)
        return { strength: 'shape', why: 'JSON with openapi or swagger at the top, but no info in sight' };
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
  const bytes = await readAllBytes(source, context);
  const batch = new Batch();
  if (bytes.length === 0) {
    yield [{ kind: 'note', text: 'The file is empty.' }];
    return;
  }
  const document = parseSpec(bytes, source.name);
  const { root } = document;
  const dialect = findDialect(root, source.name);
  const refs = new SpecRefs(root, toLooseText(root['$self']));
  const operations = dialect.family === 'messages' ? [] : listOperations(root, refs);
  const contracts: ContractContext = { root, refs, schemas: createSchemaResolver(refs), targets: indexTargets(operations) };
  batch.add({ kind: 'specification', specification: toSpecification(root, dialect, operations) });
  let record = 0;
  for (const { path, method, node, shared } of operations) {
    record += 1;
    const at = document.placeOf(path, method);
    batch.add({ kind: 'operation', record, at, operation: toOperation(contracts, path, method, node, shared) });
    if (batch.full) {
      yield batch.take();
      checkCancelled(context.signal);
    }
  }
  for (const item of [...toRefIssues(refs, document), ...toNotes(root, document, dialect)]) batch.add(item);
  yield batch.take();
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

function toSpecification(root: JsonObject, dialect: Dialect, operations: readonly OperationNode[]): ImportedSpecification {
  const info = toObject(root['info']);
  const servers = new Set<string>(
    dialect.family === 'swagger'
      ? listSwaggerServers(root)
      : dialect.family === 'messages'
        ? listMessageServers(root)
        : listServers(root['servers']),
  );
  for (const { node, shared } of operations) {
    for (const url of [...listServers(shared['servers']), ...listServers(node['servers'])]) servers.add(url);
  }
  return {
    title: toLooseText(info['title']) ?? '',
    version: toLooseText(info['version']) ?? '',
    dialect: dialect.name,
    // OpenAPI, "servers": when none is given, the default is one with the URL "/".
    servers: servers.size === 0 ? ['/'] : [...servers],
  };
}

function toOperation(contracts: ContractContext, path: string, method: string, node: JsonObject, shared: JsonObject): ImportedOperation {
  const { root, refs } = contracts;
  const requestFields = new Set<string>();
  for (const list of [shared['parameters'], node['parameters']]) {
    for (const parameter of Array.isArray(list) ? (list as readonly Json[]) : []) {
      const resolved = refs.resolve(parameter);
      // Swagger 2.0 has the body among the parameters; its name there means nothing.
      if (resolved?.['in'] === 'body') {
        refs.listFields(resolved['schema'], requestFields);
        continue;
      }
      const name = toLooseText(resolved?.['name']);
      if (name !== undefined) requestFields.add(name);
    }
  }
  addContentFields(refs, refs.resolve(node['requestBody']), requestFields);
  const responseFields = new Set<string>();
  for (const [status, response] of Object.entries(toObject(node['responses']))) {
    if (!/^(?:2|default)/i.test(status)) continue;
    const resolved = refs.resolve(response);
    addContentFields(refs, resolved, responseFields);
    // Swagger 2.0 has no media types around the schema.
    refs.listFields(resolved?.['schema'], responseFields);
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
    contract: toContract(contracts, node, shared),
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

function toNotes(root: JsonObject, document: SpecDocument, dialect: Dialect): Imported[] {
  const channels = dialect.family === 'messages' ? Object.keys(toObject(root['channels'])).length : 0;
  const webhooks = Object.keys(toObject(root['webhooks'])).length;
  const texts = [
    ...document.notes,
    ...(channels === 0
      ? []
      : [`${String(channels)} channels of ${dialect.name} carry messages, not HTTP calls; they were not read as operations.`]),
    ...(webhooks === 0 ? [] : [`${String(webhooks)} webhooks are calls that the API makes, not operations of it; they were not read.`]),
  ];
  return texts.map((text) => ({ kind: 'note', text }));
}
