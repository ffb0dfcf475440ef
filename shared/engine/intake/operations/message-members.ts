import { MAX_DOCUMENT } from './graphql-document.ts';

/** What of one message tells its operation: members of JSON-RPC and of GraphQL over HTTP. */
export interface Message {
  version?: string;
  method?: string;
  name?: string;
  client?: string;
  /** The same as `client`, in every request of the newer MCP. */
  metaClient?: string;
  /** Trace context that a client passes on inside the message. */
  traceparent?: string;
  query?: string;
  operationName?: string;
  /** Hash or id of a document that the server keeps. */
  persisted?: string;
}

/** The members of a request's body, filled while it is masked. */
export interface MessageMembers {
  /** The message, or the messages of a batch, in order. */
  readonly messages: readonly Message[];
  /** Takes a scalar of the body. Shape: `pointer` as `scanJson` gives it. */
  take(pointer: string, text: string): void;
}

/** Messages of one batch that are looked at. */
export const MAX_BATCH = 100;
/** Longest name. Units: characters. */
const MAX_NAME = 200;

const MEMBERS = new Map<string, keyof Message>([
  ['.jsonrpc', 'version'],
  ['.method', 'method'],
  ['.params.name', 'name'],
  ['.params.clientInfo.name', 'client'],
  ['.params._meta["io.modelcontextprotocol/clientInfo"].name', 'metaClient'],
  ['.params._meta.traceparent', 'traceparent'],
  ['.query', 'query'],
  ['.operationName', 'operationName'],
  ['.extensions.persistedQuery.sha256Hash', 'persisted'],
  ['.documentId', 'persisted'],
  ['.doc_id', 'persisted'],
]);
const IN_BATCH = /^\$\[(\d{1,3})\]/;
/** The field of a multipart request that holds the message beside the files. Source: GraphQL multipart request specification. */
const IN_MULTIPART = '$.operations|';

/** Fresh members for one call. */
export function createMessageMembers(): MessageMembers {
  const messages: Message[] = [];
  return {
    messages,
    take(pointer, text) {
      const place = pointer.startsWith(IN_MULTIPART) ? pointer.slice(IN_MULTIPART.length) : pointer;
      const index = place.startsWith('$[') ? Number(IN_BATCH.exec(place)?.[1] ?? MAX_BATCH) : 0;
      if (index >= MAX_BATCH) return;
      const member = MEMBERS.get(place.slice(place.startsWith('$[') ? place.indexOf(']') + 1 : 1));
      if (member === undefined) return;
      while (messages.length <= index) messages.push({});
      const message = messages[index];
      if (message !== undefined) message[member] ??= text.slice(0, member === 'query' ? MAX_DOCUMENT : MAX_NAME);
    },
  };
}
