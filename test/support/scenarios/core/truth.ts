import type { Credential, PartyKind } from './party.ts';
import type { DataType } from './values.ts';
import type { Published } from './api.ts';
import type { CauseKind } from './exchange.ts';
import type { Visible } from './source.ts';

/** An id that a request carries: its own, and that of its trace. */
export type IdKind = 'request' | 'trace';

/** Where a record of the evidence stands, and the request that it shows. Shape: a line of `truth/records.ndjson`. */
export interface RecordTruth {
  /** `logs/kong.jsonl#12`. */
  readonly ref: string;
  /** Id of the request. */
  readonly call: string;
  readonly as: 'record' | 'duplicate' | 'broken';
  readonly visible: Visible;
  /** Which ids of the request really stand in its text. */
  readonly ids: readonly IdKind[];
}

export interface CauseTruth {
  readonly from: string;
  readonly kind: CauseKind;
  readonly fromAt?: string;
  readonly toAt?: string;
}

/** Where a value of an earlier answer stands in this request too: a reader cannot know which of them it was taken from. */
export interface EchoTruth {
  readonly from: string;
  readonly fromAt: string;
  readonly toAt: string;
}

/** One request that really happened. Shape: a line of `truth/calls.ndjson`. Units: epoch ms. */
export interface CallTruth {
  readonly id: string;
  readonly at: number;
  readonly hop: 'client' | 'inner';
  readonly session: string;
  readonly principal: string;
  readonly kind: PartyKind;
  readonly credential?: string;
  readonly credentialKind?: Credential['kind'];
  readonly method: string;
  readonly host: string;
  /** Absent when no operation was meant. */
  readonly template?: string;
  readonly status: number;
  readonly causes?: readonly CauseTruth[];
  readonly echoes?: readonly EchoTruth[];
  /** What the request carried; which of it a record shows stands in the record's `ids`. */
  readonly ids: Readonly<Partial<Record<IdKind, string>>>;
  /** Its place in its trace. */
  readonly span?: string;
  readonly parentSpan?: string;
  /** The page that its Referer names; only of calls from outside. */
  readonly referer?: string;
  readonly label?: { readonly kind: 'incident' | 'trap'; readonly id: string; readonly role: 'evidence' | 'context' };
}

export type Form = 'loud' | 'quiet';

export interface IncidentTruth {
  readonly id: string;
  readonly form: Form;
  /** Detectors that name this class rightly; the first says it best. */
  readonly detectors: readonly string[];
  /** As the evidence names who did it: a stolen token speaks for its owner. */
  readonly principals: readonly string[];
  readonly credentials: readonly string[];
  /** Units: epoch ms. */
  readonly start: number;
  readonly end: number;
}

export interface EndpointTruth {
  readonly method: string;
  readonly host: string;
  readonly template: string;
  readonly published: Published | 'no-description';
  /** Of labelled fields: `response $.items[*].email`. Only fields that the evidence shows. */
  readonly fields: readonly { readonly where: string; readonly type: DataType | 'none' }[];
}

export interface PrincipalTruth {
  readonly id: string;
  readonly kind: PartyKind;
  /** As its tokens say; other credentials say nothing of it. */
  readonly granted: readonly string[];
  readonly used: readonly string[];
}

/** What one file of the evidence holds. */
export interface SourceTruth {
  readonly name: string;
  readonly format: string;
  readonly records: number;
  readonly broken: number;
  /** It wrote nothing between these moments, which lie inside of the scenario. Shape: ISO times in UTC, by the true clock. */
  readonly silent?: { readonly from: string; readonly to: string };
}

/** All that is true of a scenario as a whole. Shape: `truth/scenario.json`. */
export interface ScenarioTruth {
  readonly world: string;
  readonly seed: string;
  readonly scale: number;
  readonly start: number;
  readonly end: number;
  readonly incidents: readonly IncidentTruth[];
  readonly traps: readonly string[];
  readonly sources: readonly SourceTruth[];
  readonly endpoints: readonly EndpointTruth[];
  readonly principals: readonly PrincipalTruth[];
  readonly calls: number;
}
