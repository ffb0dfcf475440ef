import type { CallOutcome } from '../model/call.ts';
import type { KnowledgeKind } from '../model/knowledge/kinds.ts';
import type { JsonObject } from '../lib/json.ts';
import type { GivenSettings } from './read-choice.ts';
import type {
  CallJson,
  CallRef,
  ChainJson,
  CredentialJson,
  EdgeJson,
  EndpointJson,
  FindingJson,
  NotEvaluable,
  PartlyEvaluable,
  PrincipalJson,
  Severity,
  SourceJson,
  Span,
} from './report-json.ts';

/** One page of a list. `total` counts the whole list, `from` is the index of the first row. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly from: number;
  readonly total: number;
}

/** One page of calls. `total` is left out while it is not known: the rows do not wait for the count, `calls.count` gives it. */
export interface CallPage {
  readonly rows: readonly CallRow[];
  readonly from: number;
  readonly total?: number;
  /** There where the query was stopped: these rows are of the calls that were read, in the order of the evidence. */
  readonly partial?: { readonly read: number; readonly of: number };
}

export interface CaseInfo {
  readonly title: string;
  readonly revision: number;
  readonly analyzed: boolean;
  readonly calls: number;
  readonly sources: number;
  readonly window?: Span;
}

/** A count of calls in one slice of time; slices are of equal length and cover the window without holes. */
export interface ActivityBin {
  readonly start: string;
  readonly calls: number;
  readonly failed: number;
  /** Calls that a finding names as evidence. */
  readonly inFindings: number;
}

export interface Activity {
  readonly window?: Span;
  readonly binSeconds: number;
  readonly bins: readonly ActivityBin[];
}

/** What the Overview says, as numbers; the screen makes the sentences. */
export interface Overview {
  readonly info: CaseInfo;
  readonly hosts: number;
  readonly endpoints: number;
  readonly shadowEndpoints: number;
  /** Called ones that an API description has. */
  readonly describedEndpoints: number;
  readonly specs: number;
  readonly principalsByKind: Readonly<Record<PrincipalJson['kind'], number>>;
  readonly callsByKind: Readonly<Record<PrincipalJson['kind'], number>>;
  /** Of the people, those told apart by network and program only: visitors, not persons. */
  readonly visitors: number;
  /** The programs behind the principals that are agents, and the users that they are known to act for: one agent may be a principal for each of them. */
  readonly agents: { readonly programs: number; readonly users: number };
  /** Of the calls of agents, inner hops. */
  readonly agentHops: number;
  readonly credentials: number;
  readonly chains: number;
  /** Of the chains, those with a link that rests on marks or values in the records; the others are sessions: one principal's work, near in time. */
  readonly provenChains: number;
  /** Calls of these chains. */
  readonly linkedCalls: number;
  readonly edgesByKind: Readonly<Record<string, number>>;
  readonly bytesOut: number;
  readonly writeCalls: number;
  readonly failedCalls: number;
  readonly records: { readonly total: number; readonly accepted: number; readonly rejected: number; readonly skipped: number };
  /** Files that no format claims, or that could not be read to their end. */
  readonly unreadSources: number;
  readonly findingsBySeverity: Readonly<Record<Severity, number>>;
  readonly topFindings: readonly FindingJson[];
  readonly topPrincipals: readonly PrincipalJson[];
  readonly notEvaluable: readonly NotEvaluable[];
  readonly partlyEvaluable: readonly PartlyEvaluable[];
  /** The incident told as ordered steps, each with its calls; empty when no incident finding has a chain. */
  readonly story: readonly StoryStep[];
}

export interface StoryStep {
  readonly call: CallRef;
  readonly time?: string;
  readonly role: string;
  readonly text: string;
}

/** How the reading of a source ended; a `withdrawn` one counts for nothing. */
export type SourceState = 'reading' | 'complete' | 'interrupted' | 'failed' | 'duplicate' | 'withdrawn';

export interface SourceRow extends SourceJson {
  readonly id: number;
  readonly state: SourceState;
  /** What the analyst said about how to read it; left out when that was nothing. */
  readonly settings?: GivenSettings;
  /** The zone given for its stamps. */
  readonly zone?: string;
  /** Bytes of the file that records, blank lines and structure account for; equals `bytes` when the ledger balances. */
  readonly bytesAccounted: number;
}

/** Calls over time by source. Units: seconds a slice. */
export interface Coverage {
  readonly window?: Span;
  readonly binSeconds: number;
  /** Where each slice begins; slices are of equal length and leave no holes. */
  readonly starts: readonly string[];
  /** In order of their names; sources without a call are left out. */
  readonly sources: readonly {
    readonly source: string;
    /** One count a slice. */
    readonly calls: readonly number[];
    /** Calls that carry no time. */
    readonly untimed: number;
  }[];
  /** One count a slice: how many of the calls of all sources are another sighting of a call that is counted. */
  readonly again: readonly number[];
}

/** How often one reason stands in one source. */
export interface IssueCount {
  readonly source: string;
  readonly severity: IssueRow['severity'];
  readonly code: string;
  /** The code in words. */
  readonly meaning: string;
  readonly count: number;
}

/** Knowledge saved with the case: what helps to read sources, and what the analysis compares calls with. It is no evidence. */
export interface KnowledgeRow {
  readonly kind: KnowledgeKind;
  readonly name: string;
  /** As it was given: JSON of a mapping, the directive or string of a log format; left out for the other kinds, which can be large. */
  readonly text?: string;
  /** Of the text as it was added, hex; empty when an earlier version added it. */
  readonly sha256: string;
  /** When it was added, ISO 8601; empty likewise. */
  readonly added: string;
  /** What it says, in one sentence. */
  readonly says: string;
}

export interface IssueRow {
  readonly source: string;
  readonly record?: number;
  readonly byteStart: number;
  readonly byteLength: number;
  readonly severity: 'reject' | 'skip' | 'warning';
  readonly code: string;
  readonly message: string;
  /** The start of the record, secrets masked, at most 200 characters. */
  readonly excerpt: string;
}

export interface CallRow extends CallJson {
  readonly id: number;
  /** The principal as a person reads it; `principal` is its id. */
  readonly principalLabel?: string;
  /** What the record says of the answer; left out where there is a status. */
  readonly outcome?: CallOutcome;
  readonly findings: number;
  /** The worst of the findings that name the call; absent when none does. */
  readonly findingSeverity?: Severity;
  /**
   * By how much the clock that stamped the call ran ahead of the one that its chain was linked on; negative: behind. `time` is as it was
   * stamped. Only in answers about chains, and where a clock was set. Units: ms.
   */
  readonly clockAheadMs?: number;
  /** What the analyst said about the call, left out when nothing; only in answers to `calls.page` and `calls.get`. By name. */
  readonly tags?: readonly string[];
  readonly starred?: true;
  readonly marked?: true;
  /** How many notes it has. */
  readonly notes?: number;
}

export interface HeaderRow {
  readonly name: string;
  readonly value: string;
}

export interface BodyRow {
  readonly mime?: string;
  /** Masked text; absent when the evidence holds no body or it was larger than is kept. */
  readonly text?: string;
  readonly bytes?: number;
  readonly note?: string;
}

/** Where a call stands in the evidence. Units: bytes from the start of the source, after decompression. */
export interface Provenance {
  readonly source: string;
  readonly sourceSha256: string;
  readonly record: number;
  readonly byteStart: number;
  readonly byteLength: number;
  readonly container?: string;
}

export interface CredentialDetail extends CredentialJson {
  /** Decoded header and claims of a JWT; the signature is never kept. */
  readonly jwt?: { readonly header: JsonObject; readonly claims: JsonObject };
  readonly fingerprint: string;
}

export interface CallDetail {
  readonly call: CallRow;
  readonly provenance: readonly Provenance[];
  readonly requestHeaders: readonly HeaderRow[];
  readonly responseHeaders: readonly HeaderRow[];
  readonly requestBody?: BodyRow;
  readonly responseBody?: BodyRow;
  /** The record as stored: secrets masked. */
  readonly raw: string;
  readonly timings: readonly { readonly phase: string; readonly ms: number }[];
  readonly extras: readonly HeaderRow[];
  readonly credential?: CredentialDetail;
  readonly principal?: PrincipalJson;
  readonly edgesIn: readonly EdgeJson[];
  readonly edgesOut: readonly EdgeJson[];
  readonly findings: readonly { readonly id: string; readonly title: string; readonly severity: Severity }[];
}

export interface ChainRow extends Omit<ChainJson, 'calls' | 'edges'> {
  readonly title: string;
  readonly callCount: number;
  /** Of them, inner hops: handed on by, or made within, another call of the same principal. */
  readonly hops: number;
  readonly edgeCounts: Readonly<Record<string, number>>;
  readonly hosts: readonly string[];
  readonly severity?: Severity;
  readonly findings: readonly string[];
  /** Calls that failed; a hop of a call that failed is the same failure. */
  readonly failed: number;
}

export interface ChainDetail {
  readonly chain: ChainRow;
  /** In time order; at most `limit` of `chain.callCount`. */
  readonly calls: readonly CallRow[];
  readonly edges: readonly EdgeJson[];
  readonly truncated: boolean;
}

/** A stretch of a text to mark. Units: UTF-16 code units. */
export interface Mark {
  readonly start: number;
  readonly length: number;
}

export interface EdgeEnd {
  readonly call: CallRow;
  readonly provenance: Provenance;
  /** The masked record around the proving value. */
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly pointer?: string;
}

export interface EdgeDetail {
  readonly edge: EdgeJson;
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
}

export interface FindingDetail {
  readonly finding: FindingJson;
  readonly question: string;
  readonly principals: readonly PrincipalJson[];
  readonly credentials: readonly CredentialJson[];
  readonly endpoints: readonly EndpointJson[];
  /** The first evidence calls, at most 200, in time order. */
  readonly calls: readonly CallRow[];
  readonly chains: readonly ChainRow[];
}

export interface FieldValue {
  readonly value: string;
  readonly calls: number;
}

/** How many calls have one value of a field. */
export interface FacetValue {
  readonly value: string;
  /** Among the calls that fit the query; may be 0. */
  readonly calls: number;
  /** In the whole case. */
  readonly all: number;
}

/** The values of one field, counted. */
export interface Facet {
  readonly field: string;
  /** Values that the calls that fit the query have. */
  readonly distinct: number;
  /** Calls that fit the query and have no value; left out for flags, of which a call has any number. */
  readonly without?: number;
  /** The most frequent ones in the case and those among the calls that fit, by count there, then in the case, then by text. */
  readonly values: readonly FacetValue[];
}
