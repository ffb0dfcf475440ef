/** Requests of a capture looked at; a recording of more is a proxy's log of many people. */
export const MAX_CAPTURE = 50_000;
/** Pairs of one log whose headers are compared; what a gateway adds it adds to every request. */
export const COMPARED_PAIRS = 2_000;

/**
 * Why only the client's side shows a request: `cached` and `service-worker` never left the program, `failed` got no answer (blocked, refused,
 * cut), `other-host` and `outside-log` the logs could not have seen, `never-arrived` they should have.
 */
export type SideReason = 'cached' | 'service-worker' | 'failed' | 'other-host' | 'outside-log' | 'never-arrived';

/** Calls behind a number: a query that finds them, or the first of them where no query says which they are. */
export interface SideCalls {
  readonly calls: number;
  readonly query: string;
  /** How many of them the query finds; absent when all. */
  readonly shown?: number;
}

/** A log that saw requests of a capture. */
export interface SideLog {
  readonly source: string;
  readonly matched: number;
  /** The log's clock minus the capture's, and how far pairs usually stray from it. Units: ms. */
  readonly skewMs: number;
  readonly spreadMs: number;
}

/** Where calls came from, as the log says. */
export interface SidePlace {
  readonly address?: string;
  readonly program?: string;
  readonly calls: number;
}

/** Calls that a log shows with the credential of a capture and that the capture does not hold: somebody else, or a recording with holes. */
export interface SecondUse extends SideCalls {
  /** Id of the credential that the capture shows. */
  readonly credential: string;
  /** What ties the calls to it: the credential itself, or only the account, in another session or in a log that names no credential. */
  readonly by: 'credential' | 'account';
  /** How many of its calls both sides show. */
  readonly own: number;
  readonly accepted: number;
  readonly window: readonly [string, string];
  /** Places of the calls that both sides show, and of those that only the log shows; the busiest first, at most 5. */
  readonly ownPlaces: readonly SidePlace[];
  readonly otherPlaces: readonly SidePlace[];
  /** True when all came from a place (address and program) that the recorded calls came from as well. */
  readonly isSamePlace: boolean;
}

/** What differs between both records of a request. `header` stands for one header of requests or responses. */
export type SideChangeKind = 'status' | 'path' | 'host' | 'query' | 'size' | 'request-header' | 'response-header';

/** One kind of change between client and log. */
export interface SideChange extends SideCalls {
  readonly kind: SideChangeKind;
  /** `added` and `removed` as the log has it, against the client. */
  readonly how: 'added' | 'removed' | 'changed';
  /** Header, or both values: `200 → 304`. */
  readonly what: string;
  /** References of one request on both sides. */
  readonly example: { readonly client: string; readonly log: string };
}

/** A capture set against the logs that saw the same traffic. */
export interface CaptureSides {
  readonly capture: string;
  readonly window?: readonly [string, string];
  readonly records: number;
  /** Requests that both sides show. */
  readonly matched: SideCalls;
  /** Requests that both sides show, but with another status, path or host. */
  readonly changed: SideCalls;
  readonly logs: readonly SideLog[];
  readonly clientOnly: readonly (SideCalls & { readonly reason: SideReason })[];
  readonly secondUses: readonly SecondUse[];
  /** Calls with the capture's credential that recorded calls led to, behind the gateway: nobody else's. */
  readonly passedOn: number;
  readonly changes: readonly SideChange[];
}
