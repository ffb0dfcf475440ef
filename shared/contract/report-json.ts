import type { KnowledgeKind } from '../model/knowledge/kinds.ts';
import type { SignatureReason, SignatureState } from '../model/token-signature.ts';

/**
 * The shapes of `report.json` (schema `spoor-report/1`), which the command line, the screens and every export share.
 * It stays whole, since it is one document. Names are fixed: other programs read them. A value that the evidence does not have is left out, never null.
 */

import type { NameGiver } from '../model/name-giver.ts';
import type { ExhibitJson } from '../model/exhibit.ts';
import type { IncidentJson } from './incident-json.ts';
import type { PivotJson, RevocationCallerJson, RevocationJson } from './revocation-json.ts';
import type { Chance } from '../model/chance.ts';
import type { RootCauseJson } from '../model/root-cause.ts';

/** A reference to a call: `<source name>#<record>`. */
export type CallRef = string;
/** A UTC time as text, `2026-10-01T00:00:00.000000Z`. */
export type TimeText = string;
export type Span = readonly [TimeText, TimeText];

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';
export type Confidence = 'observed' | 'inferred' | 'suspected';
/** `rule`: calls that fit a rule which was added to the case, or a query of the analyst: what it means they know. */
export type Family = 'incident' | 'posture' | 'rule';
export type PrincipalKind = 'human' | 'service' | 'agent' | 'unknown';
export type CredentialKind = 'jwt' | 'api-key' | 'session' | 'basic' | 'mtls' | 'opaque' | 'identity';
export type Sensitivity = 'S0' | 'S1' | 'S2' | 'S3';
export type SpecStatus = 'documented' | 'shadow' | 'zombie' | 'orphan' | 'no-spec';
export type EndpointFlag = 'moves-money' | 'grants-power' | 'destroys' | 'sends-outside';
/** Kinds of proof for an edge, strongest first. */
export type EdgeKind = 'trace' | 'rpc' | 'nesting' | 'redirect' | 'pagination' | 'credential' | 'initiator' | 'value' | 'adjacent';

export interface SourceJson {
  readonly name: string;
  readonly format?: string;
  readonly recognizedBy?: 'content' | 'name' | 'override';
  readonly evidence: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly timeRange?: Span;
  readonly timezone: 'in the data' | 'given' | 'assumed UTC' | 'none';
  readonly container?: { readonly name: string; readonly sha256: string };
  readonly rejectedBy: Readonly<Record<string, number>>;
  /** Doubts about records that are used, and about the file: truncated, not in Unicode, times without a zone. */
  readonly warnedBy?: Readonly<Record<string, number>>;
  readonly duplicateOf?: string;
  /** By how much its clock ran ahead of the one that chains were linked on; negative: behind. Left out where it agreed or could not be compared. Units: ms. */
  readonly clockAheadMs?: number;
  readonly notes: readonly string[];
}

export interface ImportSummary {
  readonly case: string;
  readonly sources: readonly SourceJson[];
  readonly totals: {
    readonly records: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly skipped: number;
    readonly calls: number;
  };
  /** Why records were skipped, by source, the most frequent reasons first; an empty list where none was. */
  readonly skippedFor: readonly { readonly name: string; readonly reason: string; readonly records: number }[];
  readonly durationMs: number;
  /** Paths and members that could not be opened at all; each makes the command line exit 3. */
  readonly failures: readonly { readonly name: string; readonly code: string; readonly message: string }[];
}

export interface CallJson {
  readonly ref: CallRef;
  readonly alsoSeenAs?: readonly CallRef[];
  readonly time?: TimeText;
  readonly timeKind: 'start' | 'end' | 'unknown';
  readonly durationMs?: number;
  readonly method?: string;
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly query?: string;
  readonly endpoint?: string;
  readonly status?: number;
  readonly reqBytes?: number;
  readonly resBytes?: number;
  readonly clientIp?: string;
  readonly userAgent?: string;
  readonly referer?: string;
  readonly principal?: string;
  readonly credential?: string;
  readonly kind?: PrincipalKind;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly requestId?: string;
  readonly upstream?: string;
  readonly route?: string;
  readonly service?: string;
  readonly tool?: string;
  readonly contentType?: string;
  readonly chain?: string;
  readonly format: string;
}

export interface EndpointJson {
  readonly id: string;
  readonly host: string;
  readonly method: string;
  readonly template: string;
  readonly calls: number;
  readonly principals: number;
  readonly agents: number;
  readonly spec: SpecStatus;
  readonly operation?: string;
  /** The analyst's level where there is one. */
  readonly sensitivity: Sensitivity;
  /** Why the analyst gave it another level than was worked out. */
  readonly override?: { readonly workedOut: Sensitivity; readonly reason: string };
  readonly classifiedFrom: 'bodies' | 'names';
  readonly flags: readonly EndpointFlag[];
  readonly auth: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
  /** `samples` show the form of some values, masked: never a value. */
  readonly dataTypes: readonly {
    readonly type: string;
    readonly where: string;
    readonly share: number;
    readonly samples?: readonly string[];
  }[];
  readonly drift: readonly { readonly kind: string; readonly where: string; readonly calls: number }[];
  readonly firstSeen?: TimeText;
  readonly lastSeen?: TimeText;
}

export interface PrincipalJson {
  readonly id: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  /** Rung of the attribution ladder, 1 signed and verified … 7 unknown. */
  readonly rung: number;
  readonly why: string;
  /** Who gave it its name, where no credential shows it. */
  readonly namedBy?: NameGiver;
  readonly credentials: readonly string[];
  readonly scopesGranted: readonly string[];
  readonly scopesUsed: readonly string[];
  readonly scopesUnused: readonly string[];
  /** Told by network and program only: several callers may stand behind it. */
  readonly weak: boolean;
  /** Who answers for it, by a list of principals in the case or by the analyst. */
  readonly owner?: string;
  readonly ownerFrom?: 'list' | 'analyst';
  /** By a list of principals in the case. */
  readonly status?: 'active' | 'disabled' | 'revoked';
  /** Why several callers may stand behind it. */
  readonly shared?: string;
  /** Signs that contradict each other. */
  readonly conflicts: readonly string[];
  /** All signs of what it is, the strongest first; several kinds make it mixed. */
  readonly signs: readonly { readonly rung: number; readonly kind: PrincipalKind; readonly says: string; readonly calls: number }[];
  /** Other names of the evidence that were taken for the same one. */
  readonly joined: readonly { readonly label: string; readonly why: string; readonly by: 'evidence' | 'analyst' }[];
  readonly calls: number;
  /** Of the calls, inner hops: handed on by, or made within, another call of this principal. Left out where there is none. */
  readonly hops?: number;
  readonly firstSeen?: TimeText;
  readonly lastSeen?: TimeText;
}

/** A link of the machine-to-machine map. */
export interface MachineLinkJson {
  /** Id of the caller, and its name as lists show it. */
  readonly principal: string;
  readonly label: string;
  /** The host that was called; left out where the evidence names none. */
  readonly service?: string;
  readonly credential?: string;
  readonly calls: number;
  readonly failed: number;
  readonly firstSeen?: TimeText;
  readonly lastSeen?: TimeText;
}

/** One of the three questions that boards ask, with the numbers that answer it. */
export interface KpisJson {
  readonly agentFacingEndpoints: { readonly monitored: number; readonly total: number };
  readonly anomalousCalls: number;
  readonly authenticatedShare: number;
  /** Of all calls, those of findings of incidents. */
  readonly anomalousShare: number;
  readonly callsByKind: Readonly<Record<PrincipalKind, number>>;
  /** Of all calls, those of which nobody can say who or what called. */
  readonly unknownShare: number;
  readonly agents: { readonly total: number; readonly withOwner: number; readonly withoutOwner: readonly string[] };
  readonly machineToMachine: { readonly links: number; readonly calls: number; readonly attributed: number };
  readonly pivot: PivotJson;
  /** What each figure counts. */
  readonly definitions: readonly { readonly kpi: string; readonly question: string; readonly definition: string }[];
}

/** `valid` says that a key of the case made it, not that the token was still good or rightly used. */
export interface TokenSignatureJson {
  readonly state: SignatureState;
  readonly reason: SignatureReason;
  readonly says: string;
  /** The key set that decided. */
  readonly keySet?: string;
}

export interface CredentialJson {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly masked: string;
  readonly principal?: string;
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
  readonly actChain: readonly string[];
  readonly issuedAt?: TimeText;
  readonly expiresAt?: TimeText;
  readonly lifetimeSeconds?: number;
  readonly firstUse?: TimeText;
  readonly lastUse?: TimeText;
  /** Distinct (address prefix, User-Agent family) pairs that used it. */
  readonly contexts: number;
  /** Calls that came with it, in all sources. */
  readonly calls?: number;
  /** `iss` and `sub` of a token. */
  readonly issuer?: string;
  readonly subject?: string;
  /** Hosts that it was shown to. */
  readonly hosts?: number;
  /** Its longest silence between two uses. */
  readonly longestSilenceSeconds?: number;
  /** Calls that show it in the open: in bodies, URLs and headers that are not its place. */
  readonly exposures?: number;
  /** Of a token: what a check of its signature came to; left out while the case holds no keys of issuers. */
  readonly signature?: TokenSignatureJson;
  readonly issues: readonly string[];
}

export interface EdgeJson {
  /** The cause. */
  readonly from: CallRef;
  readonly to: CallRef;
  readonly kind: EdgeKind;
  readonly kinds: readonly EdgeKind[];
  readonly fromAt?: string;
  readonly toAt?: string;
  readonly confidence: number;
  readonly why: string;
}

export interface ChainJson {
  readonly id: string;
  readonly principal?: string;
  readonly root: CallRef;
  readonly signature: string;
  readonly depth: number;
  readonly start?: TimeText;
  readonly end?: TimeText;
  readonly calls: readonly CallRef[];
  readonly edges: readonly EdgeJson[];
}

/** A plain value inside `observed` and `expected`. */
export type Fact = string | number | boolean | readonly string[] | readonly number[];

export interface FindingMaps {
  readonly owaspApi: readonly string[];
  readonly owaspLlm: readonly string[];
  readonly owaspAgentic: readonly string[];
  readonly attack: readonly string[];
  readonly atlas: readonly string[];
  readonly cwe: readonly string[];
}

export interface FindingJson {
  readonly id: string;
  readonly detector: string;
  readonly version: number;
  readonly family: Family;
  readonly story: string;
  /** Of its story; left out of weaknesses, and of incidents that are a note only. */
  readonly rootCause?: RootCauseJson;
  /** Who did what, short enough for a list. */
  readonly title: string;
  /** The claim in full, with its numbers and hosts; left out where the title is all of it. */
  readonly summary?: string;
  readonly severity: Severity;
  /** Base and steps of the severity, as one line of arithmetic. */
  readonly severityWhy: string;
  readonly confidence: Confidence;
  readonly score: number;
  readonly status: 'suggested' | 'accepted' | 'dismissed';
  readonly reason: string;
  readonly principals: readonly string[];
  readonly credentials: readonly string[];
  readonly endpoints: readonly string[];
  readonly chains: readonly string[];
  readonly calls: readonly CallRef[];
  readonly window?: Span;
  readonly detectedAt?: TimeText;
  readonly observed: Readonly<Record<string, Fact>>;
  readonly expected: Readonly<Record<string, Fact>>;
  /** Of findings that rest on statistics; left out where no day of the callers is rarer than one in ten. */
  readonly chance?: Chance;
  readonly benignTested: readonly { readonly explanation: string; readonly result: string }[];
  readonly maps: FindingMaps;
  readonly remediation: readonly string[];
  /** The calls that make the claim in a form that is easy to check; left out where the facts say it all. */
  readonly exhibits?: readonly ExhibitJson[];
  /** The suppression that set it aside; its reason stands in `reason`, and `status` is dismissed. */
  readonly suppressedBy?: string;
  /** The severity that the arithmetic gives, where the analyst set another one, and why. */
  readonly foundSeverity?: Severity;
  readonly severityReason?: string;
  /** The analyst's words on it. */
  readonly note?: string;
  /** The finding that the analyst made it part of; `status` is dismissed. */
  readonly mergedInto?: string;
  /** Findings that the analyst made part of this one: calls, callers and credentials are those of all. */
  readonly merged?: readonly string[];
}

/** What a control would have done with the calls of one principal. `unknown` counts calls that the evidence says too little about: they would have passed. */
export interface CounterfactualJson {
  readonly id: string;
  readonly control: string;
  readonly assumes: string;
  readonly incidentBlocked: number;
  readonly incidentTotal: number;
  readonly incidentUnknown: number;
  readonly legitimateBroken: number;
  readonly legitimateTotal: number;
  readonly legitimateUnknown: number;
  /** Bytes of the answers of blocked incident calls, where their size is known. */
  readonly savedBytes: number;
}

export interface LeastPrivilegeJson {
  readonly principal: string;
  /** First and last call that the policy was learnt from. Unseen is not unneeded. */
  readonly observedWindow?: Span;
  readonly observedFrom: 'baseline' | 'all';
  readonly observedCalls: number;
  /** True when the legitimate calls of the replay are others than those that the policy was learnt from. */
  readonly holdOut: boolean;
  /** Ids of the endpoints that the policy permits. */
  readonly operations: readonly string[];
  readonly policy: { readonly cedar: string; readonly cedarSchema: string; readonly rego: string; readonly openfga: string };
  readonly replay: {
    readonly incidentBlocked: number;
    readonly incidentTotal: number;
    readonly legitimateBroken: number;
    readonly legitimateTotal: number;
  };
  readonly counterfactuals: readonly CounterfactualJson[];
}

export interface NotEvaluable {
  readonly detector: string;
  readonly reason: string;
}

/** A detector that answered, and for which part of the evidence it could not look. `sources`: those that lack it, where it is a matter of sources. */
export interface PartlyEvaluable extends NotEvaluable {
  readonly sources: readonly string[];
}

/** What the case was told beside its evidence, and what analysis or import used. */
export interface KnowledgeJson {
  readonly kind: KnowledgeKind;
  readonly name: string;
  /** Of the text as it was added, hex; empty when an earlier version added it. */
  readonly sha256: string;
  readonly says: string;
}

export interface SuppressionJson {
  readonly id: string;
  readonly scope: { readonly detector?: string; readonly principal?: string; readonly endpoint?: string; readonly query?: string };
  readonly reason: string;
  readonly until?: string;
  readonly hides: number;
  readonly expired: number;
}

export interface ReportJson {
  readonly schema: 'spoor-report/1';
  readonly case: {
    readonly title: string;
    readonly spoorVersion: string;
    readonly rulesVersion: string;
    readonly window?: Span;
    readonly baseline?: Span;
    readonly incident?: Span;
  };
  readonly sources: readonly SourceJson[];
  readonly knowledge: readonly KnowledgeJson[];
  /** Rules of the analyst that set findings aside. `hides`, `expired`: how many now, and how many it would but for its date. */
  readonly suppressions: readonly SuppressionJson[];
  readonly coverage: {
    readonly calls: number;
    readonly withPrincipal: number;
    readonly withBodies: number;
    readonly withTraceId: number;
    readonly notEvaluable: readonly NotEvaluable[];
    readonly partlyEvaluable: readonly PartlyEvaluable[];
  };
  readonly endpoints: readonly EndpointJson[];
  readonly principals: readonly PrincipalJson[];
  readonly credentials: readonly CredentialJson[];
  readonly chains: readonly ChainJson[];
  readonly findings: readonly FindingJson[];
  readonly incidents: readonly IncidentJson[];
  readonly leastPrivilege: readonly LeastPrivilegeJson[];
  readonly revocation: readonly RevocationJson[];
  readonly revocationCallers: readonly RevocationCallerJson[];
  readonly machineLinks: readonly MachineLinkJson[];
  readonly kpis: KpisJson;
}
