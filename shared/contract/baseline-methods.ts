import { z } from 'zod';
import type { BaselineDrift } from '../model/baseline-drift.ts';
import { MAX_BASELINE } from '../model/baseline-file.ts';
import type { LearntIncidents } from '../model/learning.ts';
import { nothing } from './method-words.ts';
import { method } from './methods.ts';
import type { Span, TimeText } from './report-json.ts';

/** What a baseline file holds. */
export interface BaselineSummary {
  readonly sha256: string;
  readonly from: TimeText;
  readonly to: TimeText;
  /** Of principal and endpoint. */
  readonly pairs: number;
}

/** What counts as usual in this case, and who chose it. */
export interface BaselineState {
  /** The window and its reason in words, as the last analysis found it; empty before one. */
  readonly says: string;
  /** Left out where there is none: before an analysis, or for evidence that is too short. */
  readonly window?: Span;
  /** Incidents in that window, which were learnt as usual; left out where there are none. */
  readonly learnt?: LearntIncidents;
  /** What a second look with an earlier part as usual came to, in words; left out where none was taken since the evidence changed. */
  readonly look?: string;
  /** What the analyst said; left out where the data choose. */
  readonly until?: TimeText;
  readonly incidentFrom?: TimeText;
  /** The baseline of another case that this one is judged by, and how many of its callers and endpoints are in this case. */
  readonly imported?: BaselineSummary & {
    readonly principals: number;
    readonly principalsHere: number;
    readonly endpoints: number;
    readonly endpointsHere: number;
  };
  /** From the usual time to what came after it, or from the imported baseline to this case; left out where there is neither. */
  readonly drift?: readonly BaselineDrift[];
}

/** What is asked of an analysis. */
export const analysisChoice = z
  .object({
    only: z.array(z.string()).optional(),
    /** Until when the evidence tells what is usual, and from when the incident runs, instead of the choice from the data. Units: µs. */
    baselineUntil: z.number().int().optional(),
    incidentFrom: z.number().int().optional(),
    /** Asks all rules once more with an earlier part as what is usual; findings then say whether they depend on it. */
    secondLook: z.boolean().optional(),
  })
  .strict();

/** What is usual: where it comes from, and how it goes from case to case. */
export const baselineMethods = {
  'baseline.get': method<BaselineState>()('read', nothing),
  /** What is usual in this case, as the text of a file for other cases. */
  'baseline.export': method<BaselineSummary & { readonly text: string }>()('read', nothing),
  /** Judges this case by the baseline of another one; the analysis is out of date then. */
  'baseline.import': method<BaselineSummary>()('write', z.object({ text: z.string().max(MAX_BASELINE) }).strict()),
  /** Lets the data choose the window again, or forgets the imported baseline; the analysis is out of date then. */
  'baseline.forget': method<null>()('write', z.object({ what: z.enum(['window', 'imported']) }).strict()),
};
