import type { FindingJson } from '../../contract/report-json.ts';

/** A step of the story as it is kept: the call's row id instead of its name. */
export interface StoredStep {
  readonly call: number;
  readonly role: string;
  readonly text: string;
}

/** What `finding.data` holds: the finding without its calls, its detector's question, and the story's steps. */
export interface StoredFinding extends Omit<FindingJson, 'calls'> {
  readonly question: string;
  readonly steps?: readonly StoredStep[];
}
