import type { PathStep, Treatment } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { ImportedOperation } from '../../../model/call.ts';
import { parseCollection } from '../collections/collection-document.ts';
import type { CollectionDocument } from '../collections/collection-document.ts';
import { addJsonNames, addListedNames } from '../collections/field-names.ts';
import { giveOperations } from '../collections/give-operations.ts';
import type { CollectedRequest } from '../collections/give-operations.ts';
import { readRequestUrl } from '../collections/request-url.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { readAllBytes } from '../read/all-bytes.ts';

/**
 * Collections of Postman, format 2.0 and 2.1, alone or inside of `collection` as its API gives them out. A record is a request; it
 * becomes an operation, because a collection says what may be called, not what was. Scripts are never run, values of variables are
 * used for hosts only, saved examples give names of fields.
 * Source: schema.postman.com, "Postman Collection Format".
 */
export const postman = {
  id: 'postman',
  title: 'Postman collection',
  extensions: ['.json', '.postman_collection.json'],
  holds: 'the requests that may be sent, with their hosts, kind of authentication and the names of their fields; no calls',
  recognize(head) {
    const [first] = listJsonKeys(head);
    const isAlone = first?.has('info.schema') === true || (first?.has('info._postman_id') === true && first.has('item'));
    const isWrapped = first?.has('collection.info') === true;
    if (!isAlone && !isWrapped) return { strength: 'none', why: 'no info of a collection' };
    if (/schema\.(?:get)?postman\.com|"_postman_id"/.test(headText(head)))
      return { strength: 'magic', why: "JSON with info and the schema of Postman's collections" };
    return { strength: 'none', why: 'info without the schema of Postman' };
  },
  records: 'document',
  read: readPostman,
} as const satisfies DocumentImporter;

/** Where requests stand: `item` inside of `item`, as deep as folders go. */
function treat(path: readonly PathStep[]): Treatment {
  const inner = path[0] === 'collection' ? path.slice(1) : path;
  if (inner.length === 0) return 'enter';
  const last = inner.at(-1);
  const isInItems = inner.every((step, at) => (at % 2 === 0 ? step === 'item' : typeof step === 'number'));
  if (isInItems) return 'enter';
  return last === 'request' && inner.length % 2 === 1 ? 'cut' : 'skip';
}

async function* readPostman(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const bytes = await readAllBytes(source, context);
  if (bytes.length === 0) {
    yield [{ kind: 'note', text: 'The file is empty.' }];
    return;
  }
  const document = parseCollection(bytes, source.name, treat);
  const isWrapped = isJsonObject(document.root['collection']);
  const root = isWrapped ? toObject(document.root['collection']) : document.root;
  const info = toObject(root['info']);
  const found: Found = { requests: [], examples: 0, scripts: 0 };
  const level: Level = {
    path: isWrapped ? ['collection'] : [],
    folders: [],
    auth: toAuth(root['auth']),
    variables: toVariables(root['variable']),
  };
  listRequests(root, level, document, found);
  const version = /\/v(\d+\.\d+)/.exec(toKnownText(info['schema']) ?? '')?.[1];
  const notes = [
    ...(found.examples === 0 ? [] : [`${String(found.examples)} saved examples of answers were read for the names of their fields only.`]),
    ...(found.scripts === 0 ? [] : [`${String(found.scripts)} scripts stand in the collection; they were not run.`]),
  ];
  const about = {
    title: toLooseText(info['name']) ?? '',
    version: toLooseText(toObject(info['version'])['string']) ?? toLooseText(info['version']) ?? '',
    dialect: version === undefined ? 'postman' : `postman-${version}`,
  };
  yield* giveOperations(about, found.requests, notes, context.signal);
}

interface Found {
  readonly requests: CollectedRequest[];
  examples: number;
  scripts: number;
}

/** What a folder hands down to what is in it. */
interface Level {
  readonly path: readonly PathStep[];
  readonly folders: readonly string[];
  /** The kind of authentication; `undefined` for none. */
  readonly auth: string | undefined;
  readonly variables: ReadonlyMap<string, string>;
}

function listRequests(folder: JsonObject, level: Level, document: CollectionDocument, found: Found): void {
  found.scripts += countScripts(folder);
  const items = Array.isArray(folder['item']) ? (folder['item'] as readonly Json[]) : [];
  for (const [index, item] of items.entries()) {
    if (!isJsonObject(item)) continue;
    const path = [...level.path, 'item', index];
    const name = toLooseText(item['name']) ?? '';
    if (item['request'] === undefined || item['request'] === null) {
      const auth = item['auth'] === undefined || item['auth'] === null ? level.auth : toAuth(item['auth']);
      const variables = new Map([...level.variables, ...toVariables(item['variable'])]);
      listRequests(item, { path, folders: [...level.folders, name], auth, variables }, document, found);
      continue;
    }
    found.scripts += countScripts(item);
    const examples = Array.isArray(item['response']) ? (item['response'] as readonly Json[]).filter(isJsonObject) : [];
    found.examples += examples.length;
    // A request may be nothing but its URL.
    const request = typeof item['request'] === 'string' ? { url: item['request'] } : toObject(item['request']);
    const url = readRequestUrl(toRawUrl(request['url']), level.variables);
    const operation = toOperation(request, name, level, url.path, url.names, examples);
    found.requests.push({ at: document.placeOf([...path, 'request']), url, operation });
  }
}

/** A text in 2.0, an object in 2.1, whose parts count where it has no `raw`. */
function toRawUrl(url: Json | undefined): string {
  if (typeof url === 'string') return url;
  const parts = toObject(url);
  const raw = toKnownText(parts['raw']);
  if (raw !== undefined) return raw;
  const join = (value: Json | undefined, by: string): string =>
    Array.isArray(value)
      ? (value as readonly Json[]).map((part) => toLooseText(isJsonObject(part) ? part['value'] : part) ?? '').join(by)
      : (toLooseText(value) ?? '');
  const protocol = toKnownText(parts['protocol']);
  const port = toLooseText(parts['port']);
  return `${protocol === undefined ? '' : `${protocol}://`}${join(parts['host'], '.')}${port === undefined ? '' : `:${port}`}/${join(parts['path'], '/')}`;
}

function toOperation(
  request: JsonObject,
  name: string,
  level: Level,
  path: string,
  names: readonly string[],
  examples: readonly JsonObject[],
): ImportedOperation {
  const requestFields = new Set(names);
  addListedNames(toObject(request['url'])['query'], requestFields);
  const body = toObject(request['body']);
  for (const mode of ['urlencoded', 'formdata']) addListedNames(body[mode], requestFields);
  for (const text of [body['raw'], toObject(body['graphql'])['variables']]) if (typeof text === 'string') addJsonNames(text, requestFields);
  const responseFields = new Set<string>();
  for (const { body: text } of examples) if (typeof text === 'string') addJsonNames(text, responseFields);
  const own = request['auth'] === undefined || request['auth'] === null ? level.auth : toAuth(request['auth']);
  const auth = own ?? (hasAuthorization(request['header']) ? 'header' : undefined);
  return {
    method: (toKnownText(request['method']) ?? 'GET').toUpperCase(),
    path,
    operationId: undefined,
    summary: name === '' ? undefined : name,
    deprecated: false,
    tags: level.folders,
    security: auth === undefined ? [] : [{ scheme: auth, scopes: [] }],
    secured: auth !== undefined,
    requestFields: [...requestFields],
    responseFields: [...responseFields],
  };
}

/** The kind of authentication; `noauth` switches off what folders hand down. */
function toAuth(auth: Json | undefined): string | undefined {
  const type = toKnownText(toObject(auth)['type']);
  return type === 'noauth' ? undefined : type;
}

const hasAuthorization = (headers: Json | undefined): boolean =>
  Array.isArray(headers) &&
  (headers as readonly Json[]).some(
    (header) => isJsonObject(header) && header['disabled'] !== true && /^authorization$/i.test(toKnownText(header['key']) ?? ''),
  );

function toVariables(list: Json | undefined): Map<string, string> {
  const variables = new Map<string, string>();
  for (const item of Array.isArray(list) ? (list as readonly Json[]) : []) {
    if (!isJsonObject(item)) continue;
    const name = toKnownText(item['key']) ?? toKnownText(item['id']);
    const value = toLooseText(item['value']);
    if (name !== undefined && value !== undefined) variables.set(name, value);
  }
  return variables;
}

const countScripts = (item: JsonObject): number =>
  Array.isArray(item['event'])
    ? (item['event'] as readonly Json[]).filter((event) => isJsonObject(event) && event['script'] !== undefined).length
    : 0;
