import type { EndpointJson, Family, PrincipalKind, Sensitivity, Severity } from './report-json.ts';
import type { CallRow } from './rows.ts';

/** Levels of sensitivity, lowest first. */
export const LEVELS = ['S0', 'S1', 'S2', 'S3'] as const satisfies readonly Sensitivity[];

/** A level that the analyst gave an endpoint, in place of the one that was worked out. */
export interface LevelOverride {
  readonly level: Sensitivity;
  readonly reason: string;
  /** The entry of the log that says so. */
  readonly entry: number;
  readonly at: string;
}

/** One endpoint as the list shows it; `sensitivity` is the analyst's where there is an override. */
export interface EndpointRow extends Omit<EndpointJson, 'dataTypes' | 'drift' | 'override'> {
  /** As the gateway or mesh names it; absent when it does not. */
  readonly service?: string;
  /** Kinds of data seen, each once, in order of their names. */
  readonly types: readonly string[];
  /** Calls that came to nothing, as `is:failed` finds them: more than `statuses` tells where records say so without a status. */
  readonly failed: number;
  /** Places where calls and description differ. */
  readonly drifts: number;
  readonly findings: number;
  /** The worst of the findings about it. */
  readonly severity?: Severity;
  readonly override?: LevelOverride;
}

/** Most endpoints in one answer: what a window holds and sorts without a pause. */
export const MAX_ENDPOINTS = 10_000;

export interface Inventory {
  /** By host, template and method; of more than `MAX_ENDPOINTS` the ones with most calls. */
  readonly rows: readonly EndpointRow[];
  /** Endpoints that fit the words. */
  readonly total: number;
  readonly specifications: number;
}

/** How values spread. Units: those of the values; `count` is how many calls have one. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  readonly sum: number;
}

/** A parameter with the values that it was seen with. */
export interface ParameterSeen {
  readonly place: 'path' | 'query';
  readonly name: string;
  /** Calls that carried it, of those looked at. */
  readonly calls: number;
  readonly distinct: number;
  /** The most frequent ones, at most `SHOWN_VALUES`. */
  readonly values: readonly { readonly value: string; readonly calls: number }[];
}

/** Why a call was picked as an example. */
export type SampleReason = 'first' | 'latest' | 'failed' | 'slowest' | 'largest' | 'one more';

export interface EndpointCaller {
  readonly id: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly calls: number;
  readonly failed: number;
}

/** The operation of a description that an endpoint is. */
export interface DescribedOperation {
  readonly name: string;
  readonly summary?: string;
  readonly deprecated: boolean;
  /** True when the description asks for authentication. */
  readonly secured: boolean;
  readonly specification: string;
  readonly version: string;
  readonly source: string;
}

/** One endpoint in full. Counts are of calls that stand for themselves; other sightings of the same call count with it. */
export interface EndpointDetail {
  readonly endpoint: EndpointJson;
  readonly override?: LevelOverride;
  readonly service?: string;
  readonly operation?: DescribedOperation;
  /** The other methods of the same template. */
  readonly siblings: readonly { readonly id: string; readonly method: string }[];
  /** Calls that spreads and callers were counted from: all, or the first ones of a case that does not fit into memory. */
  readonly counted: number;
  /** Of those counted, as `is:failed` finds them. */
  readonly failed: number;
  /** The busiest first. */
  readonly callers: readonly EndpointCaller[];
  /** How many there are in all. */
  readonly callersInAll: number;
  /** Units: ms. */
  readonly latency?: Spread;
  /** Units: bytes. */
  readonly requestSize?: Spread;
  readonly responseSize?: Spread;
  readonly parameters: readonly ParameterSeen[];
  /** Calls that parameters were read from. */
  readonly parametersOf: number;
  readonly findings: readonly { readonly id: string; readonly title: string; readonly severity: Severity; readonly family: Family }[];
  readonly samples: readonly { readonly why: SampleReason; readonly call: CallRow }[];
}

/** What was called of one API description, and what was called beside it. */
export interface SpecCoverage {
  readonly id: number;
  readonly title: string;
  readonly version: string;
  readonly dialect: string;
  readonly source: string;
  /** Hosts on which its operations were found or are expected. */
  readonly hosts: readonly string[];
  readonly operations: number;
  readonly called: number;
  /** Calls of its operations. */
  readonly calls: number;
  /** Deprecated operations, and those of them that were called. */
  readonly deprecated: number;
  readonly deprecatedCalled: number;
  /** Endpoints on its hosts that no description has, and their calls. */
  readonly shadows: number;
  readonly shadowCalls: number;
}
