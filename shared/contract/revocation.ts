import type { CallRef, CredentialKind, PrincipalKind, Severity, TimeText } from './report-json.ts';

/** Why a credential stands in the plan. */
export type RevocationRole =
  /** It made calls of an incident. */
  | 'incident'
  /** A credential of an incident was made from it: while it lives, the next one can be made. */
  | 'parent'
  /** It was made from a credential of an incident. */
  | 'child'
  /** It stood where others could read it. */
  | 'exposed'
  /** It is known to have been revoked; whether that held is its containment. */
  | 'revoked'
  /** A grave weakness, no incident. */
  | 'weak';

/** One summand of an entry's score. */
export interface RevocationTerm {
  readonly name: string;
  readonly points: number;
  /** With the numbers that give the points. */
  readonly why: string;
}

/** What a credential touched, or could touch. */
export interface BlastArea {
  readonly endpoints: number;
  readonly hosts: number;
  readonly dataTypes: readonly string[];
  /** Records about people; a lower bound, see `passes/reach/people.ts`. */
  readonly people: number;
}

/** Whether the revocation held. `no-evidence`: nothing was recorded after it, so nothing can be said. */
export type ContainmentState = 'held' | 'broken' | 'no-evidence';

export interface Containment {
  /** Accepted calls (2xx) later than the grace period after the revocation, those of credentials made from it with them. */
  readonly callsAfter: number;
  /** Hosts that accepted them. */
  readonly acceptedBy: readonly string[];
  readonly revokedAt: TimeText;
  readonly knownFrom: 'analyst' | 'evidence';
  /** What says so. */
  readonly why: string;
  readonly state: ContainmentState;
  /** Calls that were refused after it: somebody still tries. */
  readonly refusedAfter: number;
  /** From the revocation to the last accepted call: how long hosts went on believing. */
  readonly lastAcceptedAfterSeconds?: number;
}

/** Who would lose what when the credential goes: calls beside those of incidents. */
export interface Dependent {
  readonly principal: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly calls: number;
  readonly operations: number;
  readonly lastSeen?: TimeText;
}

/** One line of the plan, as `report.json` has it. */
export interface RevocationJson {
  readonly order: number;
  readonly credential: string;
  readonly role: RevocationRole;
  readonly reason: string;
  readonly score: number;
  readonly terms: readonly RevocationTerm[];
  /** From the end of the evidence to its expiry, 0 when it has expired; absent when no end is known. */
  readonly stillValidSeconds?: number;
  /** Principals that used it. */
  readonly usedBy: readonly string[];
  /** Principals that lose their work when it goes. */
  readonly dependents: readonly string[];
  /** Credentials of the plan that go before this one, and after it. */
  readonly rotateAfter: readonly string[];
  readonly rotateBefore: readonly string[];
  readonly blastRadius: { readonly used: BlastArea; readonly reachable: BlastArea };
  readonly containment?: Containment;
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
  readonly family: 'incident' | 'posture';
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

export interface RevocationPlan {
  /** What residual validity is measured from; absent when no call has a time. */
  readonly evidenceEnd?: TimeText;
  readonly rows: readonly RevocationRow[];
  /** Credentials that would stand in the plan below its last line. */
  readonly omitted: number;
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
  /** Its part of the packet. */
  readonly files: readonly PacketFile[];
}

/** How quickly one could act (requirements 25); what the evidence cannot say is left out. Units: seconds. */
export interface PivotJson {
  /** From the first to the last call of incidents. */
  readonly exposureSeconds?: number;
  /** From the first call of an incident to the call on which its rule could speak; the least of all incidents. */
  readonly discoveryLagSeconds?: number;
  /** From that call to the last known revocation of a credential of an incident. */
  readonly findingToRevocationSeconds?: number;
  /** The longest time that a credential of an incident stays valid after the evidence. */
  readonly residualValiditySeconds?: number;
  /** Is in the signed report only: needs the analyst's clock. */
  readonly analystSecondsToFirstChain?: number;
}
