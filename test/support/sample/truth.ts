/** A record that is expected to be rejected. */
export interface RejectedTruth {
  readonly ref: string;
  readonly code: string;
}

/** What one log of the bundle holds. */
export interface SourceTruth {
  readonly name: string;
  readonly format: string;
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** Calls of the incident, by what they did; each named by the reference that the product gives it. */
export interface IncidentTruth {
  /** Detector of the finding that must stand first. */
  readonly detector: string;
  /** Text that the label of the principal must contain. */
  readonly principal: string;
  /** The poisoned ticket was read here. */
  readonly ticket: string;
  /** Customers asked for, in order; most were never given to the agent. */
  readonly enumerated: readonly string[];
  /** Customer numbers asked for. */
  readonly customerIds: readonly string[];
  /** Stored cards were read here. */
  readonly cardReads: readonly string[];
  /** Cards were sent away here: the first in clear, the second in base64. */
  readonly sends: readonly string[];
  readonly foreignHost: string;
  /** Cause and effect that the values prove: some card of `from` stands in the body of `to`. */
  readonly provenEdges: readonly { readonly from: string; readonly to: string }[];
  /** Every call of the run, in order of time. */
  readonly calls: readonly string[];
  /** The other names of those calls that two logs hold. */
  readonly alsoSeenAs: Readonly<Record<string, string>>;
}

/** What the sample holds, written down by its generator and never shown to the product. */
export interface SampleTruth {
  readonly bundle: string;
  readonly seed: string;
  readonly sources: readonly SourceTruth[];
  readonly unrecognised: readonly string[];
  readonly rejected: readonly RejectedTruth[];
  readonly incident: IncidentTruth;
  readonly token: { readonly client: string; readonly lifetimeSeconds: number; readonly scopes: readonly string[] };
  readonly shadow: { readonly method: string; readonly host: string; readonly path: RegExp; readonly calls: readonly string[] };
  /** An API key in URLs, later used as a credential in a header. */
  readonly secret: { readonly exposed: readonly string[]; readonly used: readonly string[] };
  /** Looks like a leak and is none: no incident finding may name these. */
  readonly lookAlike: { readonly principal: string; readonly host: string; readonly calls: readonly string[] };
  /** Units: ISO 8601, UTC. */
  readonly gap: { readonly source: string; readonly from: string; readonly to: string };
}
