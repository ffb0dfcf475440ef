import { grpcMethodOf } from '../../intake/operations/grpc-path.ts';

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
  'create update delete set add send remove put post write insert upsert patch edit change move start stop run execute cancel approve grant revoke pay transfer refund upload import publish merge close open assign invite reset drop purge submit register login logout'.split(
    ' ',
  ),
);
/** Methods of MCP itself, which act on nothing outside; only its tools do. Source: MCP 2026-07-28 and before, "Schema". */
const PROTOCOL =
  /^(?:initialize|ping|server\/discover|(?:notifications|tools|prompts|resources|completion|logging|sampling|elicitation|roots|subscriptions|tasks)\/[\w/]+)$/;
const TYPE = /^(?:batch )?(?:query|mutation|subscription|operation|tool) /;

const toWords = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');

/** Words of a path template, without its parameters: `/v1/bankAccounts/{id}` gives `v1`, `bank`, `accounts`. */
export const pathWords = (template: string): readonly string[] => toWords(template.replaceAll(/\{[^}]*\}/g, ''));

/** The operation's own words: `tool delete_user` gives `delete`, `user`. Those of a gRPC method stand in its path. */
export function operationWords({ innerOperation }: NamedEndpoint): readonly string[] {
  if (innerOperation === undefined || PROTOCOL.test(innerOperation)) return [];
  return innerOperation.split(', ').flatMap((each) => toWords(each.replace(TYPE, '')));
}

/**
 * True when the operation says that it only reads, though it is sent as a POST: queries of GraphQL, and names with a verb of reading and none of
 * writing (`tool search_orders`, `tools/list`, `/shop.Orders/GetOrder`).
 */
export function isReadOperation(endpoint: NamedEndpoint): boolean {
  const { template, innerOperation } = endpoint;
  if (innerOperation?.includes('mutation ') === true) return false;
  if (innerOperation !== undefined && (PROTOCOL.test(innerOperation) || /^(?:query|subscription|batch query) /.test(innerOperation)))
    return true;
  const method = innerOperation === undefined ? grpcMethodOf(template, []) : undefined;
  const words = method === undefined ? operationWords(endpoint) : toWords(method.slice(method.lastIndexOf('/')));
  return words.some((word) => READS.has(word)) && !words.some((word) => WRITES.has(word));
}
