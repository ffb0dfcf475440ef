import type { KnowledgeKind } from '../model/knowledge/kinds.ts';

/**
 * The shapes of `report.json` (schema `spoor-report/1`), which the command line, the screens and every export share.
 * Names are fixed: other programs read them. A value that the evidence does not have is left out, never null.
 */

/** A reference to a call: `<source name>#<record>`. */
export type CallRef = string;
/** A UTC time as text, `2026-10-01T00:00:00.000000Z`. */
export type TimeText = string;
export type Span = readonly [TimeText, TimeText];

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';
export type Confidence = 'observed' | 'inferred' | 'suspected';
export type Family = 'incident' | 'posture';
export type PrincipalKind = 'human' | 'service' | 'agent' | 'unknown';
export type CredentialKind = 'jwt' | 'api-key' | 'session' | 'basic' | 'mtls' | 'opaque';
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
  readonly credentials: readonly string[];
  readonly scopesGranted: readonly string[];
  readonly scopesUsed: readonly string[];
  readonly scopesUnused: readonly string[];
  readonly calls: number;
  readonly firstSeen?: TimeText;
  readonly lastSeen?: TimeText;
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
  readonly title: string;
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
  readonly benignTested: readonly { readonly explanation: string; readonly result: string }[];
  readonly maps: FindingMaps;
  readonly remediation: readonly string[];
}

export interface NotEvaluable {
  readonly detector: string;
  readonly reason: string;
}

/** What the case was told beside its evidence, and what analysis or import used. */
export interface KnowledgeJson {
  readonly kind: KnowledgeKind;
  readonly name: string;
  /** Of the text as it was added, hex; empty when an earlier version added it. */
  readonly sha256: string;
  readonly says: string;
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
  readonly coverage: {
    readonly calls: number;
    readonly withPrincipal: number;
    readonly withBodies: number;
    readonly withTraceId: number;
    readonly notEvaluable: readonly NotEvaluable[];
  };
  readonly endpoints: readonly EndpointJson[];
  readonly principals: readonly PrincipalJson[];
  readonly credentials: readonly CredentialJson[];
  readonly chains: readonly ChainJson[];
  readonly findings: readonly FindingJson[];
  readonly kpis: {
    readonly agentFacingEndpoints: { readonly monitored: number; readonly total: number };
    readonly anomalousCalls: number;
    readonly authenticatedShare: number;
  };
}
