/** Longest baseline file that is read. Units: UTF-16 code units. */
export const MAX_BASELINE = 64 * 1024 * 1024;

/** What is usual of one thing, as a baseline file says it. `rates`: calls in each hour of the day, UTC. */
export interface PortableHabit {
  readonly calls: number;
  readonly objects: number;
  /** Of answers in a day. */
  readonly bytes: number;
  readonly contexts: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly rates: readonly number[];
}

/** Where a caller comes from: a network, /24 or /48, and the name of a program without its version. */
export interface PortablePlace {
  readonly network: string;
  readonly program: string;
}

export interface PortablePrincipal extends PortableHabit {
  readonly key: string;
  readonly kind: string;
  /** Where its credentials came from, in order; since version 3. */
  readonly places?: readonly PortablePlace[];
}

export interface PortableEndpoint extends PortableHabit {
  readonly key: string;
  /** Calls by class of status in each hour of the day, UTC; since version 3. */
  readonly statusHours?: Readonly<Record<string, readonly number[]>>;
}

/** What one caller did with one endpoint. `hours`: different hours with a call, since version 2. */
export interface PortablePair {
  readonly principal: string;
  readonly endpoint: string;
  readonly calls: number;
  readonly hours?: number;
}

/** In which order things are usually called: sessions as places in a list of operations, by kind of caller. */
export interface PortableOrder {
  /** Keys of endpoints. */
  readonly operations: readonly string[];
  readonly kinds: readonly { readonly kind: string; readonly sessions: readonly (readonly number[])[] }[];
}

/** A baseline apart from its case: names instead of row ids, no secrets, no calls. Lists are in the order of their keys. */
export interface BaselineContent {
  /** Title of the case that it comes from; since version 2. */
  readonly title?: string;
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly (PortableHabit & { readonly kind: string })[];
  readonly principals: readonly PortablePrincipal[];
  readonly endpoints: readonly PortableEndpoint[];
  /** Every pair of principal and endpoint that was seen, by its two keys, with its calls. */
  readonly pairs: readonly PortablePair[];
  /** Since version 2; left out where the case has too many operations. */
  readonly order?: PortableOrder;
}

/** Versions of baseline files that are read; the last one is written. */
export const BASELINE_SCHEMAS = ['spoor-baseline/1', 'spoor-baseline/2', 'spoor-baseline/3'] as const;
export type BaselineSchema = (typeof BASELINE_SCHEMAS)[number];

/** A baseline as it travels from case to case. `sha256` is that of the content's canonical JSON. */
export interface BaselineFile {
  readonly schema: BaselineSchema;
  readonly sha256: string;
  readonly content: BaselineContent;
}
