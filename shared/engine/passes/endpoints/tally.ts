import type { CredentialKind } from '../../../contract/report-json.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SpecOperation } from './spec-router.ts';

/** A call as the endpoints pass reads it. */
export interface CallRow {
  readonly id: number;
  readonly method: number | null;
  readonly host: number | null;
  readonly path: string | null;
  readonly status: number | null;
  readonly time: number | null;
  readonly credential: number | null;
  readonly consumer: number | null;
  /** Row of `term`: what the call asked for inside of its path. */
  readonly tool: number | null;
  readonly port: number | null;
  readonly flags: number;
  readonly principal: number | null;
}

/** What an endpoint is and what was counted of it. */
export interface EndpointTally {
  /** Place in the list; becomes the row id. */
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  /** What its calls ask for inside of the path, as `operationOfTool` prints it. */
  readonly innerOperation: string | undefined;
  readonly operation: SpecOperation | undefined;
  /** True when a description has this path and method, or the path for OPTIONS. */
  readonly isDocumented: boolean;
  readonly isAsset: boolean;
  calls: number;
  /** Calls that were answered with 2xx or 3xx, or with success in other words. */
  successes: number;
  requestBodies: number;
  responseBodies: number;
  readonly statuses: Map<number, number>;
  readonly principals: Set<number>;
  readonly auth: Set<string>;
  /** At which it was called; null where the source names none. */
  readonly ports: Set<number | null>;
  first: number | undefined;
  last: number | undefined;
}

/** Fresh counts for an endpoint. */
export const newTally = (what: Pick<EndpointTally, 'id' | 'key' | 'method' | 'host' | 'template' | 'innerOperation' | 'operation' | 'isDocumented' | 'isAsset'>): EndpointTally => ({
  ...what, calls: 0, successes: 0, requestBodies: 0, responseBodies: 0, statuses: new Map(), principals: new Set(), auth: new Set(), ports: new Set(), first: undefined, last: undefined,
}); // prettier-ignore

/** Answered with 2xx or 3xx, or with what the record calls success where it has no status. */
export const isSuccess = ({ status, flags }: Pick<CallRow, 'status' | 'flags'>): boolean =>
  status === null || status === 0 ? (flags & callFlag.given) !== 0 : status >= 200 && status < 400;

/** Kinds of credential in the words of `endpoint.auth`. */
export const AUTH: Readonly<Record<CredentialKind, string>> = {
  jwt: 'bearer',
  opaque: 'bearer',
  'api-key': 'api-key',
  session: 'session',
  basic: 'basic',
  mtls: 'mtls',
  identity: 'bearer',
};

/** Adds one call to the counts of its endpoint. */
export function countCall(tally: EndpointTally, call: CallRow, kindOf: (credential: number) => CredentialKind | undefined): void {
  tally.calls += 1;
  if (isSuccess(call)) tally.successes += 1;
  if ((call.flags & callFlag.requestBody) !== 0) tally.requestBodies += 1;
  if ((call.flags & callFlag.responseBody) !== 0) tally.responseBodies += 1;
  if (call.status !== null) tally.statuses.set(call.status, (tally.statuses.get(call.status) ?? 0) + 1);
  if (call.principal !== null) tally.principals.add(call.principal);
  tally.ports.add(call.port);
  if (call.time !== null) {
    if (tally.first === undefined || call.time < tally.first) tally.first = call.time;
    if (tally.last === undefined || call.time > tally.last) tally.last = call.time;
  }
  const kind = call.credential === null ? undefined : kindOf(call.credential);
  // A credential that the source had masked, or a consumer without one, is known to be there and not what it is.
  tally.auth.add(
    kind !== undefined ? AUTH[kind] : call.consumer !== null ? 'gateway' : (call.flags & callFlag.authenticated) !== 0 ? 'masked' : 'none',
  );
}
