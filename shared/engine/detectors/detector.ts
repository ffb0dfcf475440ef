import type { Confidence, Fact, Family, FindingMaps, Severity } from '../../contract/report-json.ts';
import type { StoredDetail } from '../intake/masked-call.ts';
import type { SqlDriver } from '../store/driver.ts';

/** A severity with its arithmetic: base of the catalogue plus named steps. */
export interface SeverityDraft {
  readonly base: Severity;
  readonly steps: readonly { readonly by: number; readonly why: string }[];
  /** Never above this, with the reason. */
  readonly cap?: { readonly at: Severity; readonly why: string } | undefined;
}

/** A finding as its detector makes it: row ids instead of names. Identity is detector and subject. */
export interface FindingDraft {
  /** What it is about, from content: stays the same over runs. */
  readonly subject: string;
  /** A claim, not a category, with the numbers that make it. */
  readonly title: string;
  readonly severity: SeverityDraft;
  readonly confidence: Confidence;
  /** Orders findings of one severity; higher is more urgent. Between 0 and 1. */
  readonly score: number;
  readonly principals: readonly number[];
  readonly credentials: readonly number[];
  readonly endpoints: readonly number[];
  readonly chains: readonly number[];
  /** The whole evidence, in time order. */
  readonly calls: readonly number[];
  /** The call that crossed the line. */
  readonly crossedAt?: number | undefined;
  readonly observed: Readonly<Record<string, Fact>>;
  readonly expected: Readonly<Record<string, Fact>>;
  readonly benignTested: readonly { readonly explanation: string; readonly result: string }[];
  readonly remediation: readonly string[];
  /** A severity step that applies only when one of its credentials took part in an incident. */
  readonly ifInIncident?: { readonly by: number; readonly why: string } | undefined;
  /** Where it differs from the detector's: what is hygiene elsewhere was taken advantage of here. */
  readonly family?: Family | undefined;
  /** What happened, in order, for the story on Overview; empty where there is none. */
  readonly story?: readonly { readonly call: number; readonly role: string; readonly text: string }[] | undefined;
}

export type DetectorOutcome =
  { readonly kind: 'not-evaluable'; readonly reason: string } | { readonly kind: 'evaluated'; readonly findings: readonly FindingDraft[] };

/** What a detector may use beside SQL. */
export interface DetectorTools {
  /** Headers and masked bodies of one call; an empty object when nothing was kept. */
  readonly detail: (callId: number) => StoredDetail;
}

/** A question put to the case. Reads only; deterministic. */
export interface Detector {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** One sentence, shown to the analyst. */
  readonly question: string;
  readonly family: Family;
  /** It says how calls were made, not what for: where a more urgent finding holds the same calls, its own joins that one. */
  readonly joinsOthers?: true;
  /** Passes whose tables it reads. */
  readonly needs: readonly string[];
  readonly maps: FindingMaps;
  /** Named thresholds with unit and reason, printed in the report's method section. */
  readonly settings: readonly { readonly name: string; readonly value: number | string; readonly why: string }[];
  run(db: SqlDriver, breathe: () => Promise<void>, tools: DetectorTools): Promise<DetectorOutcome>;
}
