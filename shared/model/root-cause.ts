/** Why an incident was possible: somebody else held the credential, its holder was allowed more than its work needs, or a text led it astray. */
export type RootCauseKind = 'stolen' | 'over-privileged' | 'misled' | 'undecided';

/** One piece of evidence for or against a cause. */
export interface CauseSignJson {
  readonly cause: Exclude<RootCauseKind, 'undecided'>;
  readonly speaks: 'for' | 'against';
  /** `proof` settles it, `strong` decides where nothing contradicts, `weak` never decides. */
  readonly strength: 'proof' | 'strong' | 'weak';
  /** A sentence with its numbers. */
  readonly text: string;
  /** The finding that shows it, by id. */
  readonly finding: string;
}

/** The root cause of an incident story, with what decided it. The same for all incident findings of a story. */
export interface RootCauseJson {
  readonly kind: RootCauseKind;
  /** One sentence: what decided, or why nothing does. */
  readonly why: string;
  /** Those that decided first. */
  readonly signs: readonly CauseSignJson[];
}
