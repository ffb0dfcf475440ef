import { grpcMethodOf } from './grpc-path.ts';
import { OPERATION_METHOD } from './named-operation.ts';

/** What an endpoint is called by. */
export interface NamedEndpoint {
  readonly method: string;
  readonly template: string;
  readonly innerOperation: string | undefined;
}

const READS = new Set(
  'get list search find read fetch describe show lookup query count check view browse retrieve load is has exists status metrics info ping initialize help'.split(
    ' ',
  ),
);
const WRITES = new Set(
  'create update delete set add send remove put post write insert upsert patch edit change move start stop run execute cancel approve grant revoke pay transfer refund upload import publish merge close open assign invite reset drop purge submit register login logout attach detach associate disassociate modify replace enable disable terminate tag untag deactivate activate restore copy schedule'.split(
    ' ',
  ),
);
/** Methods of MCP itself, which act on nothing outside; only its tools do. Source: MCP 2026-07-28 and before, "Schema". */
const PROTOCOL =
  /^(?:initialize|ping|server\/discover|(?:notifications|tools|prompts|resources|completion|logging|sampling|elicitation|roots|subscriptions|tasks)\/[\w/]+)$/;
/** Verbs that decide what a name means when they begin it: `get_merge_request` reads. */
const LEADING = new Set('get list search find read fetch describe show lookup query retrieve browse view'.split(' '));
/** Joins a second verb to the first: `get_or_create` writes. */
const JOINING = new Set(['and', 'or', 'then']);
/** Methods of HTTP that change something, unless the operation inside says that it reads. */
const CHANGING = /^(?:POST|PUT|PATCH|DELETE)$/;
const TYPE = /^(?:batch )?(?:query|mutation|subscription|operation|tool) /;

const toWords = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');

/** Words of a path template, without its parameters: `/v1/bankAccounts/{id}` gives `v1`, `bank`, `accounts`. */
export const pathWords = (template: string): readonly string[] => toWords(template.replaceAll(/\{[^{}]*\}/g, ''));

/** The operation's own words: `tool delete_user` gives `delete`, `user`. Those of a gRPC method stand in its path. */
export function operationWords({ innerOperation }: NamedEndpoint): readonly string[] {
  if (innerOperation === undefined || PROTOCOL.test(innerOperation)) return [];
  return innerOperation.split(', ').flatMap((each) => toWords(each.replace(TYPE, '')));
}

/** True for a name that begins with a verb of reading, or holds one and none of writing. Example: `list`, `deployments`. */
function isReading(name: readonly string[]): boolean {
  if (name[0] !== undefined && LEADING.has(name[0])) return !name.some((word, at) => JOINING.has(word) && WRITES.has(name[at + 1] ?? ''));
  return name.some((word) => READS.has(word)) && !name.some((word) => WRITES.has(word));
}

/**
 * True when the operation says that it only reads, though it is sent as a POST: queries of GraphQL, and names with a verb of reading and none of
 * writing (`tool search_orders`, `tools/list`, `/shop.Orders/GetOrder`); of a batch, when each of its operations does.
 */
export function isReadOperation({ template, innerOperation }: NamedEndpoint): boolean {
  if (innerOperation === undefined) {
    const method = grpcMethodOf(template, []);
    return method !== undefined && isReading(toWords(method.slice(method.lastIndexOf('/'))));
  }
  if (innerOperation.includes('mutation ')) return false;
  if (/^(?:query|subscription|batch query) /.test(innerOperation)) return true;
  return innerOperation.split(', ').every((each) => PROTOCOL.test(each) || isReading(toWords(each.replace(TYPE, ''))));
}

/** What stands between method, place and operation in the id of an endpoint. */
const PARTS = /^(\S+) [^/ ]*(\/\S*)?(?: · (.+))?$/s;

/**
 * True when a call of an endpoint changes something, by its id: the method says so, and no operation inside says that it only reads. JSON-RPC, MCP,
 * GraphQL and gRPC send everything as a POST.
 * Example: `POST api.test/orders` and `POST mcp.test/mcp · tool delete_user` do, `POST mcp.test/mcp · tools/list` does not.
 */
export function changesThings(endpoint: string): boolean {
  const [, method = '', template = '', innerOperation] = PARTS.exec(endpoint) ?? [];
  return isChanging({ method, template, innerOperation });
}

/** True when what an endpoint is called by says that it changes something. */
export function isChanging(endpoint: NamedEndpoint): boolean {
  if (endpoint.method !== OPERATION_METHOD) return CHANGING.test(endpoint.method) && !isReadOperation(endpoint);
  // What one does not know by its first word is left alone: `AssumeRole`, `Decrypt`, `ConsoleLogin` are uses, not changes.
  return WRITES.has(toWords(endpoint.template.split('/')[1] ?? '')[0] ?? '');
}
