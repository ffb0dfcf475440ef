import { listGraphqlOperations, type GraphqlOperation } from './graphql-document.ts';
import type { Message } from './message-members.ts';

const NAME = /^[A-Za-z_]\w{0,79}$/;
const PERSISTED = /^[\w.:/-]{1,200}$/;
/** Hashes are cut to what tells them apart. Units: characters. */
const SHOWN_OF_HASH = 12;
/** Root fields that an operation without a name is called by. */
const SHOWN_FIELDS = 3;
const PATH = /graphql|\bgql\b/i;

/**
 * What a message asks of a GraphQL service: `query GetUser`, `mutation login, logout` where it has no name, `operation GetUser` or
 * `operation #1f3870be274f` where the server keeps the text. `undefined`: it is no GraphQL.
 */
export function graphqlName({ query, operationName, persisted }: Message, path: string): string | undefined {
  const named = operationName !== undefined && NAME.test(operationName) ? operationName : undefined;
  if (query !== undefined && query !== '') {
    const operations = listGraphqlOperations(query);
    const chosen = operations.find(({ name }) => name !== undefined && name === named) ?? operations[0];
    if (chosen !== undefined) return nameOf(chosen);
    // Anything may be called `query`; a broken document on a GraphQL path is still a try to ask it something.
    return PATH.test(path) && named !== undefined ? `operation ${named}` : undefined;
  }
  if (persisted === undefined && !(named !== undefined && PATH.test(path))) return undefined;
  if (named !== undefined) return `operation ${named}`;
  return persisted !== undefined && PERSISTED.test(persisted) && (PATH.test(path) || /^[0-9a-f]{64}$/i.test(persisted))
    ? `operation #${persisted.slice(0, SHOWN_OF_HASH)}`
    : undefined;
}

function nameOf({ type, name, fields }: GraphqlOperation): string {
  if (name !== undefined) return `${type} ${name.slice(0, 80)}`;
  const asked = fields.filter((field) => field !== '__typename');
  const sorted = [...(asked.length === 0 ? fields : asked)].sort();
  const more = sorted.length - SHOWN_FIELDS;
  const shown = sorted.slice(0, SHOWN_FIELDS).map((field) => field.slice(0, 50));
  return `${type} ${shown.join(', ')}${more > 0 ? ` +${String(more)}` : ''}`;
}

/** The message that a query string holds: GraphQL over GET, and its persisted queries. `undefined`: it names none. */
export function messageOfQuery(text: string): Message | undefined {
  if (!MEMBERS.test(text)) return undefined;
  const message: Message = {};
  for (const part of text.split('&', MAX_PARTS)) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals));
    const value = decoded(part.slice(equals + 1));
    if (name === 'query') message.query ??= value;
    else if (name === 'operationName') message.operationName ??= value.slice(0, 200);
    else if (name === 'documentId' || name === 'doc_id') message.persisted ??= value.slice(0, 200);
    else if (name === 'extensions') {
      const hash = /"sha256Hash"\s*:\s*"([0-9a-fA-F]{64})"/.exec(value.slice(0, 2000))?.[1];
      if (hash !== undefined) message.persisted ??= hash;
    }
  }
  return message;
}

const MEMBERS = /(?:^|&)(?:query|operationName|documentId|doc_id|extensions)=/;
const MAX_PARTS = 100;

function decoded(text: string): string {
  const plain = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    // A lone `%`: it was not encoded.
    return plain;
  }
}
