import type { StillValid } from '../model/still-valid.ts';

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
  /** UTC, as `report.json` spells every time. */
  readonly revokedAt: string;
  readonly knownFrom: 'analyst' | 'evidence';
  /** What says so. */
  readonly why: string;
  readonly state: ContainmentState;
  /** Calls that were refused after it: somebody still tries. */
  readonly refusedAfter: number;
  /** From the revocation to the last accepted call: how long hosts went on believing. */
  readonly lastAcceptedAfterSeconds?: number;
}

/** An id by which a system knows a credential: not the secret, but what its owner looks for to end it. */
export interface KnownAs {
  /** What the id is of: `credential id`, `consumer id`, `access key id`, `key id`. */
  readonly name: string;
  /** As the evidence spells it; masked where the id has the form of a secret. */
  readonly value: string;
  /** A call whose record has it in full. */
  readonly call: string;
}

/** One line of the plan, as `report.json` has it. */
export interface RevocationJson {
  readonly order: number;
  readonly credential: string;
  /** Left out where no record shows any, and of redacted profiles. */
  readonly knownAs?: readonly KnownAs[];
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

/** A caller of incidents whose credential no source shows: all that it holds is to be ended where it was issued. */
export interface RevocationCallerJson {
  readonly principal: string;
  /** Its calls of incidents without a credential in the records. */
  readonly calls: number;
  /** Ids, the gravest first. */
  readonly findings: readonly string[];
  /** Known credentials of the same caller. */
  readonly credentials: readonly string[];
}

/** How quickly one could act (requirements 25); what the evidence cannot say is left out. Units: seconds. */
export interface PivotJson {
  /** From the first to the last call of incidents. */
  readonly exposureSeconds?: number;
  /** From the first call of an incident to the first call on which a rule could speak of it; of the incident for which it took longest. */
  readonly discoveryLagSeconds?: number;
  /** Whose rule spoke then, first of that incident. */
  readonly discoveryLagFinding?: string;
  /** From that call to the last known revocation of a credential of an incident. */
  readonly findingToRevocationSeconds?: number;
  /** The longest time that a credential of an incident stays valid after the evidence. */
  readonly residualValiditySeconds?: number;
  /** How many credentials of incidents can still be used after the evidence; also those that tell no end. */
  readonly stillValid: StillValid;
  /** Is in the signed report only: needs the analyst's clock. */
  readonly analystSecondsToFirstChain?: number;
}
