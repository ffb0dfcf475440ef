import { isJsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { parseCollection } from '../collections/collection-document.ts';
import { readIntrospectionRoots, readSdlRoots } from '../graphql/schema-roots.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { toObject } from '../read/fields.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { readAllBytes } from '../read/all-bytes.ts';

/** A definition at the start of a line; `type Query = {` of TypeScript is none. */
const ROOT_TYPE = /^[ \t]*(?:extend[ \t]+)?(?:type[ \t]+(?:Query|Mutation)\b[^{}=\r\n]*|schema\b[^{}=\r\n]*)\{/m;
/** What a schema file begins with, behind comments. */
const FIRST_WORD = /^(?:\s|#[^\r\n]*(?:\r|\n|$))*(?:"|(?:schema|type|interface|enum|input|scalar|union|directive|extend)\b)/;

/**
 * Schemas of GraphQL services, in GraphQL's own language or as the answer to the introspection query. A service has one way in, so the
 * schema is one operation, `POST /graphql`, with the fields of its root types.
 * Source: GraphQL specification; the path is the convention of "GraphQL over HTTP", the schema does not name one.
 */
export const graphqlSchema = {
  id: 'graphql-schema',
  title: 'GraphQL schema',
  extensions: ['.graphql', '.graphqls', '.gql', '.json'],
  holds: 'the queries, mutations and subscriptions that a service offers, as one operation; no calls',
  recognize(head) {
    const text = headText(head);
    if (/^\s*\{/.test(text)) {
      const [first] = listJsonKeys(head);
      const isAnswer = first?.has('data.__schema') === true || first?.has('__schema') === true;
      return isAnswer
        ? { strength: 'magic', why: 'JSON with __schema, as an introspection answers' }
        : { strength: 'none', why: 'no __schema' };
    }
    if (FIRST_WORD.test(text) && ROOT_TYPE.test(text)) return { strength: 'magic', why: 'the root types of a GraphQL schema' };
    return { strength: 'none', why: 'no root types of GraphQL' };
  },
  records: 'document',
  read: readSchema,
} as const satisfies DocumentImporter;

async function* readSchema(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const bytes = await readAllBytes(source, context);
  const text = headText(bytes);
  if (text.trim() === '') {
    yield [{ kind: 'note', text: 'The file is empty.' }];
    return;
  }
  const isJson = text.trimStart().startsWith('{');
  const roots = isJson ? readIntrospectionRoots(schemaOf(bytes, source.name)) : readSdlRoots(text);
  const requestFields = [...new Set([...roots.query, ...roots.mutation, ...roots.subscription])];
  const counts = (['query', 'mutation', 'subscription'] as const)
    .filter((root) => roots[root].length > 0)
    .map((root) => `${String(roots[root].length)} ${root} ${roots[root].length === 1 ? 'field' : 'fields'}`);
  const about = { title: 'GraphQL schema', version: '', dialect: 'graphql', servers: ['/'] };
  yield [
    { kind: 'specification', specification: about },
    {
      kind: 'operation',
      record: 1,
      at: { start: 0, length: bytes.length },
      operation: {
        method: 'POST',
        path: '/graphql',
        summary: `A GraphQL service with ${counts.length === 0 ? 'no root fields' : counts.join(', ')}`,
        deprecated: false,
        tags: [],
        security: [],
        secured: false,
        requestFields,
        responseFields: requestFields,
      },
    },
    { kind: 'note', text: 'A GraphQL schema does not say where its service is; /graphql is assumed, and fields are not matched to calls.' },
  ];
}

/** Errors: AppError `damaged-file` with JSON_* codes. */
function schemaOf(bytes: Uint8Array, name: string): ReturnType<typeof toObject> {
  const { root } = parseCollection(bytes, name, () => 'skip');
  return isJsonObject(root['__schema']) ? root['__schema'] : toObject(toObject(root['data'])['__schema']);
}
