/** One step of an incident as the detector of it told it, at the call that shows it. */
export interface IncidentStepJson {
  readonly call: string;
  readonly time?: string;
  readonly role: string;
  readonly text: string;
}

/** Findings of incidents that a chain, a credential or a caller at one time ties to each other: one deed, told as one. */
export interface IncidentJson {
  /** From 1, the gravest first. */
  readonly number: number;
  /** Who, and when it began; the `story` of its findings. */
  readonly story: string;
  /** Of the gravest of its findings. */
  readonly severity: 'info' | 'low' | 'medium' | 'high' | 'critical';
  /** Ids of its findings that nobody dismissed, the most urgent first. */
  readonly findings: readonly string[];
  readonly principals: readonly string[];
  readonly credentials: readonly string[];
  /** Distinct calls that its findings name. */
  readonly calls: number;
  /** From the first to the last of these. */
  readonly window?: readonly [string, string];
  /** When the first of its findings crossed its line. */
  readonly detectedAt?: string;
  /** People whose records were in the answers to these calls: a lower bound, 0 where none was seen. */
  readonly people: number;
  /** How that is known: by names in the answers that were kept, or by ids in the paths of calls that were answered. Absent where it is 0. */
  readonly peopleBy?: 'answers' | 'paths';
  /** Lists of people among the answers whose length the evidence does not show: their people are not counted. */
  readonly listsOfPeople: number;
  /** In order of time; empty where no detector tells any. */
  readonly steps: readonly IncidentStepJson[];
}
