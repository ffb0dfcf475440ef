import type { LearntIncidents } from '../model/learning.ts';
import type { KpisJson, Span } from './report-json.ts';
import type { CaseOutcome } from './triage.ts';

/** How far the work on a case is, as counts; a screen makes the words. */
export interface CaseProgress {
  readonly analyzed: boolean;
  readonly sources: number;
  /** Sources that are not, or not wholly, read. */
  readonly unread: number;
  /** Called endpoints, those of them judged by bodies, and those of the two highest levels of sensitivity. */
  readonly endpoints: number;
  readonly fromBodies: number;
  readonly sensitive: number;
  /** The time that tells what is usual. */
  readonly baseline?: Span;
  /** Incidents in it, which were learnt as usual. */
  readonly learnt?: LearntIncidents;
  /** Questions put to the evidence, and those that it cannot answer. */
  readonly questions: number;
  readonly unanswered: number;
  /** Findings by what the analyst decided; `urgent`: undecided ones that are critical or high. */
  readonly suggested: number;
  readonly accepted: number;
  readonly dismissed: number;
  readonly urgent: number;
  /** Callers with a smallest policy. */
  readonly policies: number;
  /** Credentials of incidents in the revocation plan, and those known to be revoked. */
  readonly toRevoke: number;
  readonly revoked: number;
}

/** What a board asks of a case: its three questions, what the incident came to, and how far the work is. */
export interface CaseBoard {
  readonly kpis: KpisJson;
  readonly outcome?: CaseOutcome;
  readonly progress: CaseProgress;
}
