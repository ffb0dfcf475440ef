import type { CallRef, CredentialKind, Family, PrincipalKind, Severity, TimeText } from './report-json.ts';
import type { KnownAs, PivotJson, RevocationJson } from './revocation-json.ts';

export type * from './revocation-json.ts';

/** Who would lose what when the credential goes: calls beside those of incidents. */
export interface Dependent {
  readonly principal: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly calls: number;
  readonly operations: number;
  readonly lastSeen?: TimeText;
}

/** What a line of the plan shows of its credential. */
export interface PlannedCredential {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly masked: string;
  /** Name of its cookie or header, or of its Basic user. */
  readonly label?: string;
  readonly holder?: string;
  readonly holderKind?: PrincipalKind;
  readonly firstUse?: TimeText;
  readonly lastUse?: TimeText;
  readonly expiresAt?: TimeText;
  /** What a list of principals says of its holder; a list names no time. */
  readonly listed?: { readonly status: 'active' | 'disabled' | 'revoked'; readonly file: string };
}

/** A finding that names the credential. */
export interface RevocationFinding {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly family: Family;
}

/** A line of the plan on the screen. */
export interface RevocationRow extends RevocationJson {
  readonly about: PlannedCredential;
  readonly breaks: readonly Dependent[];
  readonly findings: readonly RevocationFinding[];
  /** Calls of incidents that it made. */
  readonly incidentCalls: number;
  /** Steps of its checklist that are done, of all. */
  readonly done: number;
  readonly steps: number;
}

/** A caller of incidents whose credential stands in no source. */
export interface RevocationCaller {
  readonly principal: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  /** Known by its network and program only. */
  readonly weak: boolean;
  /** Calls of incidents that came without a credential in the records. */
  readonly calls: number;
  /** Incidents that these calls are evidence of, the gravest first. */
  readonly findings: readonly RevocationFinding[];
  /** What else is known of its credentials, the last used first. */
  readonly credentials: readonly string[];
}

export interface RevocationPlan {
  /** What residual validity is measured from; absent when no call has a time. */
  readonly evidenceEnd?: TimeText;
  readonly rows: readonly RevocationRow[];
  /** Credentials that would stand in the plan below its last line. */
  readonly omitted: number;
  readonly callers: readonly RevocationCaller[];
  readonly pivot: PivotJson;
}

/** An endpoint inside of a blast radius. */
export interface BlastEndpoint {
  readonly id: string;
  readonly host: string;
  readonly sensitivity: number;
  readonly dataTypes: readonly string[];
  /** Accepted calls with the credential; 0: reachable only. */
  readonly used: number;
  readonly people: number;
  /** Why it is reachable; absent for what was used. */
  readonly because?: 'peers' | 'holder' | 'description' | 'wildcard';
}

/** Use after the revocation, by who and where. */
export interface UseAfter {
  readonly credential: string;
  readonly principal?: string;
  readonly label?: string;
  readonly host: string;
  readonly accepted: number;
  readonly refused: number;
  readonly first: TimeText;
  readonly last: TimeText;
  readonly firstRef: CallRef;
}

export interface CredentialTie {
  readonly credential: string;
  readonly kind: string;
  readonly direction: 'parent' | 'child';
  readonly call: CallRef;
}

export interface ChecklistStep {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
}

export interface PacketFile {
  readonly name: string;
  readonly text: string;
}

/** One entry of the plan in full. */
export interface RevocationDetail {
  readonly row: RevocationRow;
  readonly endpoints: readonly BlastEndpoint[];
  /** Endpoints of the blast radius beyond those listed. */
  readonly endpointsOmitted: number;
  readonly ties: readonly CredentialTie[];
  /** Other credentials of the same holder that are valid beyond the evidence. */
  readonly siblings: readonly string[];
  readonly checklist: readonly ChecklistStep[];
  /** The time that the analyst gave. */
  readonly givenTime?: TimeText;
  readonly after: readonly UseAfter[];
  /** Ids by which the systems that recorded it know it. */
  readonly knownAs: readonly KnownAs[];
  /** Its part of the packet. */
  readonly files: readonly PacketFile[];
}
