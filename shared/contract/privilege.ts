import type { CallRow } from './rows.ts';
import type { LeastPrivilegeJson, PrincipalKind, Sensitivity } from './report-json.ts';

/** One row of the table of least privilege. */
export interface PrivilegeRow {
  readonly principal: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly scopesGranted: number;
  readonly scopesUnused: number;
  /** Operations that the policy permits. */
  readonly permitted: number;
  /** Operations that its scopes open and that it never called in the window; absent where nothing says what scopes open. */
  readonly unusedReach?: number;
  /** Of these, of the most sensitive kind or moving money. */
  readonly unusedSensitive?: number;
  readonly incidentBlocked: number;
  readonly incidentTotal: number;
  readonly legitimateBroken: number;
  readonly legitimateTotal: number;
  /** True when the legitimate calls are others than those that the policy was learnt from. */
  readonly holdOut: boolean;
}

/** One scope with what it opens and what of that was called; counts are operations. */
export interface PrivilegeScope {
  readonly scope: string;
  readonly wildcard: boolean;
  readonly reaches: number;
  readonly used: number;
  readonly incident: number;
  /** Called ones first; of very many the first, and none in a case that an earlier version analysed. */
  readonly opened: readonly ScopeOperation[];
}

/** An operation that a scope opens, and the endpoints by which it is called. */
export interface ScopeOperation {
  readonly name: string;
  readonly endpoints: readonly string[];
  readonly used: boolean;
  readonly incident: boolean;
}

/** An operation as the policy sees it; counts are calls. */
export interface PrivilegeOperation {
  readonly endpoint: string;
  readonly sensitivity: Sensitivity;
  readonly permitted: boolean;
  readonly learntFrom: number;
  readonly triedOn: number;
  readonly incident: number;
  /** Refused or failed. */
  readonly other: number;
}

/** An operation within reach that was never called. */
export interface UnusedOperation {
  readonly operation: string;
  readonly sensitivity: Sensitivity;
  readonly movesMoney: boolean;
}

/** Everything about the power of one principal. */
export interface PrivilegeDetail {
  readonly row: PrivilegeRow;
  readonly policy: LeastPrivilegeJson;
  readonly needsFrom: 'specification' | 'learnt' | 'none';
  readonly scopes: readonly PrivilegeScope[];
  readonly reached: number;
  readonly reachedUsed: number;
  readonly operations: readonly PrivilegeOperation[];
  /** The most sensitive first; `unusedTotal` counts all. */
  readonly unused: readonly UnusedOperation[];
  readonly unusedTotal: number;
}

/** The first calls behind a number of a replay. */
export interface ReplayCalls {
  readonly rows: readonly CallRow[];
  readonly total: number;
}
