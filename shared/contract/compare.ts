import type { BaselineDrift } from '../model/baseline-drift.ts';
import type { BaselineContent } from '../model/baseline-file.ts';
import type { EndpointJson, Family, PrincipalKind, Severity, Span, TimeText } from './report-json.ts';

/** An endpoint as a comparison takes it: what was seen of it on one side. */
export interface ComparedEndpoint extends Pick<
  EndpointJson,
  'id' | 'spec' | 'sensitivity' | 'flags' | 'auth' | 'calls' | 'principals' | 'agents'
> {
  /** `email response $.items[*].email`, sorted. */
  readonly dataTypes: readonly string[];
}

export interface ComparedPrincipal {
  readonly id: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly calls: number;
}

export interface ComparedFinding {
  readonly id: string;
  readonly title: string;
  readonly detector: string;
  readonly severity: Severity;
  readonly family: Family;
  readonly status: 'suggested' | 'accepted' | 'dismissed';
  readonly endpoints: readonly string[];
}

/** One week of a case or window; weeks begin on Mondays, 00:00 UTC. What is new had not been seen in it before. */
export interface WeekOfGrowth {
  readonly week: TimeText;
  readonly calls: number;
  readonly endpoints: number;
  readonly newEndpoints: number;
  readonly callers: number;
  readonly newCallers: number;
  readonly agents: number;
  readonly newAgents: number;
}

/** A number of the report's first pages, with the definition that makes it checkable. */
export interface Figure {
  readonly value: string;
  readonly label: string;
  readonly definition: string;
}

/** The figures of a case. */
export interface FiguresOfCase {
  /** Of the definitions: raised when what a figure counts changes. */
  readonly version: number;
  readonly figures: readonly Figure[];
}

/** What one side of a comparison holds: a case, or the calls of a case in a window of time. */
export interface InventoryState {
  /** The case's title. */
  readonly title: string;
  /** From the first to the last call that counted. */
  readonly window?: Span;
  /** Calls that stand for themselves. */
  readonly calls: number;
  /** Those that were called, by id. */
  readonly endpoints: readonly ComparedEndpoint[];
  readonly principals: readonly ComparedPrincipal[];
  /** Absent for a window: findings are of the whole case. */
  readonly findings?: readonly ComparedFinding[];
  /** Absent for a window: figures are of the whole case. */
  readonly figures?: FiguresOfCase;
  /** Absent for a window, and before an analysis or for evidence that is too short. */
  readonly baseline?: BaselineContent;
  readonly weeks: readonly WeekOfGrowth[];
}

/** One respect in which two sides differ. Shape: `what` is a member of `ComparedEndpoint` or `ComparedPrincipal`. */
export interface Change {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface Changed<T> {
  readonly before: T;
  readonly after: T;
  readonly changes: readonly Change[];
}

/** Things of two sides, joined by id. Counts of calls alone are no change. */
export interface Differences<T> {
  readonly new: readonly T[];
  readonly gone: readonly T[];
  readonly changed: readonly Changed<T>[];
  /** How many stand on both sides without a change. */
  readonly same: number;
}

export interface FindingDifferences {
  /** Not found any more; `calledAgain` counts those of its endpoints that were called later: without them nothing says that it is mended. */
  readonly fixed: readonly (ComparedFinding & { readonly calledAgain: number })[];
  readonly new: readonly ComparedFinding[];
  readonly persisting: readonly ComparedFinding[];
}

/** A figure of two cases. Shape: a value is absent where that case has no input for it. */
export interface FigureDifference {
  readonly label: string;
  /** In the words of the later case that has it. */
  readonly definition: string;
  readonly before?: string;
  readonly after?: string;
}

/** One side in a few words. */
export type ComparedSide = Pick<InventoryState, 'title' | 'window' | 'calls' | 'weeks'>;

/** What changed from one case, or window of a case, to another. */
export interface Comparison {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly endpoints: Differences<ComparedEndpoint>;
  readonly principals: Differences<ComparedPrincipal>;
  /** Kinds of data that the whole side was seen with. */
  readonly dataTypes: { readonly new: readonly string[]; readonly gone: readonly string[] };
  /** Absent between windows of one case. */
  readonly findings?: FindingDifferences;
  /** Absent between windows of one case. */
  readonly figures?: { readonly versions: readonly [before: number, after: number]; readonly rows: readonly FigureDifference[] };
  /** What became usual and ceased to be; absent where one side has no baseline. */
  readonly baseline?: readonly BaselineDrift[];
}
