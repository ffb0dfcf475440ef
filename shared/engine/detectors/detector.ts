import type { Confidence, Fact, Family, FindingMaps, Severity } from '../../contract/report-json.ts';
import type { QueryNode } from '../../query/ast.ts';
import type { FieldName } from '../../query/fields.ts';
import type { StoredDetail } from '../intake/masking/masked-call.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import type { CallInput } from './inputs/call-inputs.ts';

/** A severity with its arithmetic: base of the catalogue plus named steps. */
export interface SeverityDraft {
  readonly base: Severity;
  readonly steps: readonly { readonly by: number; readonly why: string }[];
  /** Never above this, with the reason. */
  readonly cap?: { readonly at: Severity; readonly why: string } | undefined;
}

/** A finding as its detector makes it: row ids instead of names. Identity is detector and subject. */
export interface FindingDraft {
  /** Stands for another rule than the detector itself, one of those that a case brings along. */
  readonly as?: { readonly detector: string; readonly question: string; readonly maps: FindingMaps } | undefined;
  /** What it is about, from content: stays the same over runs. */
  readonly subject: string;
  /** A claim, not a category, with the numbers that make it. */
  readonly title: string;
  /** Who did what, in few words: stands for a title that is too long for a list and would lose its point if it were cut. */
  readonly claim?: string | undefined;
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
  /** Severity steps that apply only while no other finding says that one of its credentials was in other hands: that one tells, and weighs, what was done. */
  readonly unlessTheft?: readonly { readonly by: number; readonly why: string }[] | undefined;
  /** Stands only where another finding says that one of its credentials was in other hands. */
  readonly needsTheft?: true | undefined;
  /** Where it differs from the detector's: what is hygiene elsewhere was taken advantage of here. */
  readonly family?: Family | undefined;
  /** Where it differs from the detector's: this finding says in whose hands a credential was, others of the detector do not. */
  readonly tells?: Tells | undefined;
  /** What the finding shows beside its facts. */
  readonly exhibits?: readonly ExhibitDraft[] | undefined;
  /**
   * What happened, in order, for the story on Overview; empty where there is none. A text begins with a capital, unless with a name, which
   * keeps its spelling.
   */
  readonly story?: readonly { readonly call: number; readonly role: string; readonly text: string }[] | undefined;
}

export type DetectorOutcome =
  | { readonly kind: 'not-evaluable'; readonly reason: string }
  | {
      readonly kind: 'evaluated';
      readonly findings: readonly FindingDraft[];
      /** What of it could not be asked, beside what sources do not keep. */
      readonly partly?: string;
    };

/** What a detector may use beside SQL. */
export interface DetectorTools {
  /** Headers and masked bodies of one call; an empty object when nothing was kept. */
  readonly detail: (callId: number) => StoredDetail;
}

/** A part of a detector as a question about single calls, or about many of them close together. */
export interface SigmaForm {
  readonly title: string;
  readonly level: Severity;
  readonly ask: QueryNode;
  /** Calls with the same value of `by` in so many minutes. */
  readonly burst?: { readonly least: number; readonly minutes: number; readonly by: FieldName };
  /** What the detector looks at beside it, as the end of a sentence. */
  readonly leavesOut: string;
}

/**
 * `how-much`: it measures numbers, bytes or hours and knows of nothing else. `where`: it says what was looked for, not what was done there.
 * `whose`: it says that somebody else had the credential, which explains all that was done with it.
 */
export type Tells = 'how-much' | 'where' | 'whose';

/** A question put to the case. Reads only; deterministic. */
export interface Detector {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** One sentence, shown to the analyst. */
  readonly question: string;
  /** For its page in the app and in resources/detectors. Every list has at least one entry. */
  readonly about: {
    /** What it finds, in one or two sentences. */
    readonly catches: string;
    /** What the evidence must hold, the first without which it cannot answer, then what makes it sharper. */
    readonly inputs: readonly [string, ...string[]];
    /** Harmless things that it may take for what it looks for. */
    readonly falsePositives: readonly [string, ...string[]];
  };
  /** What of it a Sigma rule can ask, for the export. */
  readonly sigma?: readonly SigmaForm[];
  readonly family: Family;
  /** It says how calls were made, not what for: where a more urgent finding holds the same calls, its own joins that one. */
  readonly joinsOthers?: true;
  /** How far it tells what calls were, where that is not what was done: below medium it joins what says more of the same calls, save `whose`, which comes first. */
  readonly tells?: Tells;
  /** A lead of statistics alone: told only beside an incident finding of the same caller by another detector. */
  readonly needsCompany?: true;
  /** Passes whose tables it reads. */
  readonly needs: readonly string[];
  /** What it must see of a call: where sources do not keep it, it says that it could not look there. */
  readonly reads: readonly CallInput[];
  readonly maps: FindingMaps;
  /** Named thresholds with unit and reason, printed in the report's method section. */
  readonly settings: readonly { readonly name: string; readonly value: number | string; readonly why: string }[];
  run(db: SqlDriver, breathe: () => Promise<void>, tools: DetectorTools): Promise<DetectorOutcome>;
}
