import type { ClockOffsets } from '../../model/clock-offsets.ts';
import type { CallJson, ChainJson, ReportJson } from '../../contract/report-json.ts';
import type { Activity, Overview, Provenance } from '../../contract/rows.ts';
import type { Block } from './blocks.ts';
import type { Printing } from './printing.ts';

/** A call with what the analyst put on it. */
export interface Remark {
  readonly call: CallJson;
  /** Marked for the timeline. */
  readonly marked: boolean;
  readonly starred: boolean;
  readonly tags: readonly string[];
  /** In the order in which they were written. */
  readonly notes: readonly string[];
}

/** The case as sections see it: `report.json` without its longest list, and look-ups for what a page shows. */
export interface ReportView {
  readonly json: Omit<ReportJson, 'chains'>;
  readonly overview: Overview;
  readonly activity: Activity;
  /** All chains, in report order, one at a time. */
  chains(): Iterable<ChainJson>;
  chain(id: string): ChainJson | undefined;
  call(ref: string): CallJson | undefined;
  /** By how much the clock that stamped a call ran ahead of the one that its chain was linked on; 0 where it was on it. Units: ms. */
  aheadOf(ref: string): number;
  /** Where the record behind a reference stands: file, record, bytes. */
  place(ref: string): Provenance | undefined;
  /** Calls that the analyst marked, in order of time, with what stands on them; not part of `report.json`. */
  readonly remarks: readonly Remark[];
  /** One sentence per pass that ran. */
  readonly method: readonly { readonly title: string; readonly detail: string }[];
  /** What linking corrected of the clocks; absent before the analysis. */
  readonly clocks?: ClockOffsets;
  readonly issuesByCode: readonly { readonly source: string; readonly code: string; readonly severity: string; readonly count: number }[];
  readonly detectorSettings: readonly {
    readonly detector: string;
    readonly title: string;
    readonly version: number;
    readonly question: string;
    readonly settings: readonly { readonly name: string; readonly value: number | string; readonly why: string }[];
  }[];
}

/** The case with the fingerprint of its `report.json`, which the printed report names, and how it is to be printed. */
export interface PrintedView extends ReportView {
  readonly printing: Printing;
  /** SHA-256 of `report.json` as this version writes it from this case, hex. */
  readonly jsonSha256: string;
}

/** A part of the report. Makes blocks, knows no HTML. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** `front` has no heading of its own, `body` a number, `annex` a letter. */
  readonly part: 'front' | 'body' | 'annex';
  readonly build: (view: PrintedView) => readonly Block[];
}
