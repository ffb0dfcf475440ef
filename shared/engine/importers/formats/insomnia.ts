import type { PathStep, Treatment } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { parseCollection } from '../collections/collection-document.ts';
import { addJsonNames, addListedNames } from '../collections/field-names.ts';
import { giveOperations } from '../collections/give-operations.ts';
import type { CollectedRequest } from '../collections/give-operations.ts';
import { readRequestUrl } from '../collections/request-url.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { readAllBytes } from '../read/all-bytes.ts';

/** Folders inside of folders that are followed; a parent that leads back to itself ends here. */
const MAX_FOLDERS = 32;

/**
 * Exports of Insomnia, format 4: a flat list of resources that name their parents. A record is a request; it becomes an operation,
 * because an export says what may be called, not what was.
 * Source: Insomnia's own exports. Environments fill in hosts only; their values may be secrets.
 */
export const insomnia = {
  id: 'insomnia',
  title: 'Insomnia export',
  extensions: ['.json'],
  holds: 'the requests that may be sent, with their hosts, kind of authentication and the names of their fields; no calls',
  recognize(head) {
    const [first] = listJsonKeys(head);
    if (first?.has('__export_format') === true && first.has('_type'))
      return { strength: 'magic', why: 'JSON with __export_format, as Insomnia exports it' };
    return { strength: 'none', why: 'no __export_format' };
  },
  records: 'document',
  read: readInsomnia,
} as const satisfies DocumentImporter;

const treat = (path: readonly PathStep[]): Treatment =>
  path.length === 0 || (path.length === 1 && path[0] === 'resources')
    ? 'enter'
    : path.length === 2 && path[0] === 'resources'
      ? 'cut'
      : 'skip';

async function* readInsomnia(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const bytes = await readAllBytes(source, context);
  if (bytes.length === 0) {
    yield [{ kind: 'note', text: 'The file is empty.' }];
    return;
  }
  const document = parseCollection(bytes, source.name, treat);
  const list = Array.isArray(document.root['resources']) ? (document.root['resources'] as readonly Json[]) : [];
  const resources = list.map(toObject);
  const byId = new Map(resources.map((resource) => [toKnownText(resource['_id']), resource]));
  const variables = toVariables(resources);
  const requests = resources.flatMap((resource, index): CollectedRequest[] => {
    if (resource['_type'] !== 'request') return [];
    const url = readRequestUrl(toKnownText(resource['url']) ?? '', variables);
    return [
      {
        at: document.placeOf(['resources', index]),
        url,
        operation: toOperation(resource, url.path, url.names, listFolders(resource, byId)),
      },
    ];
  });
  const workspace = resources.find((resource) => resource['_type'] === 'workspace');
  const other = resources.filter((resource) => /^(?:grpc|websocket|socketio)_request$/.test(toKnownText(resource['_type']) ?? '')).length;
  const notes = other === 0 ? [] : [`${String(other)} requests of gRPC or WebSocket are no HTTP operations; they were not read.`];
  const about = {
    title: toLooseText(workspace?.['name']) ?? '',
    version: '',
    dialect: `insomnia-${toLooseText(document.root['__export_format']) ?? ''}`,
  };
  yield* giveOperations(about, requests, notes, context.signal);
}

/** Values of all environments; the first that names a variable counts, which is the base environment. */
function toVariables(resources: readonly JsonObject[]): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const { _type: type, data } of resources) {
    if (type !== 'environment') continue;
    for (const [name, value] of Object.entries(toObject(data))) {
      const text = toLooseText(value);
      if (text !== undefined && !variables.has(name)) variables.set(name, text);
    }
  }
  return variables;
}

function listFolders(request: JsonObject, byId: ReadonlyMap<string | undefined, JsonObject>): readonly string[] {
  const folders: string[] = [];
  let parent = byId.get(toKnownText(request['parentId']));
  for (let depth = 0; depth < MAX_FOLDERS && parent?.['_type'] === 'request_group'; depth += 1) {
    folders.unshift(toLooseText(parent['name']) ?? '');
    parent = byId.get(toKnownText(parent['parentId']));
  }
  return folders;
}

function toOperation(resource: JsonObject, path: string, names: readonly string[], tags: readonly string[]): CollectedRequest['operation'] {
  const requestFields = new Set(names);
  addListedNames(resource['parameters'], requestFields);
  const body = toObject(resource['body']);
  addListedNames(body['params'], requestFields);
  if (typeof body['text'] === 'string') addJsonNames(body['text'], requestFields);
  const authentication = toObject(resource['authentication']);
  const type = authentication['disabled'] === true ? undefined : toKnownText(authentication['type']);
  const auth = type === undefined || type === 'none' ? (hasAuthorization(resource['headers']) ? 'header' : undefined) : type;
  return {
    method: (toKnownText(resource['method']) ?? 'GET').toUpperCase(),
    path,
    operationId: undefined,
    summary: toKnownText(resource['name']),
    deprecated: false,
    tags,
    security: auth === undefined ? [] : [{ scheme: auth, scopes: [] }],
    secured: auth !== undefined,
    requestFields: [...requestFields],
    responseFields: [],
  };
}

const hasAuthorization = (headers: Json | undefined): boolean =>
  Array.isArray(headers) &&
  (headers as readonly Json[]).some(
    (header) => isJsonObject(header) && header['disabled'] !== true && /^authorization$/i.test(toKnownText(header['name']) ?? ''),
  );
