import { z } from 'zod';
import { MAX_QUERY_LENGTH } from '../model/query-length.ts';
import { MAX_REASON } from '../model/review-size.ts';
import type { FindingMaps, Family, Severity } from './report-json.ts';
import type { CallRow } from './rows.ts';

/** Longest name of a detector that the analyst made. Units: UTF-16 code units. */
const MAX_NAME = 120;
/** Longest window of such a detector. Units: minutes. */
const MAX_WINDOW = 44_640;

// A name is drawn beside evidence, on one line: what moves, hides or breaks text has no place in it.
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const line = (most: number) => z.string().trim().min(1).max(most).refine((value) => !UNSEEN.test(value), 'control characters have no place here'); // prettier-ignore
const key = z.string().min(1).max(4096);

/**
 * A query that the analysis asks each time. `least` calls of one caller within `minutes`, together or not at all; without them every call
 * that fits counts.
 */
export const savedDetector = z
  .strictObject({
    name: line(MAX_NAME),
    query: z.string().min(1).max(MAX_QUERY_LENGTH),
    severity: z.enum(['info', 'low', 'medium', 'high', 'critical']),
    least: z.number().int().min(2).max(1_000_000).exactOptional(),
    minutes: z.number().int().min(1).max(MAX_WINDOW).exactOptional(),
  })
  .refine(({ least, minutes }) => (least === undefined) === (minutes === undefined), 'a number of calls and a window go together');

export type SavedDetector = z.output<typeof savedDetector>;

/** A detector of the case, as it stands: `id` names it in findings, `set` is the entry of the log that last changed it. */
export interface SavedDetectorRow extends SavedDetector {
  readonly id: string;
  readonly set: number;
}

/** Which findings a suppression hides: all that is given must hold. `query`: every call of the finding's evidence fits. */
const suppressionScope = z
  .strictObject({
    detector: key.exactOptional(),
    principal: key.exactOptional(),
    endpoint: key.exactOptional(),
    query: z.string().min(1).max(MAX_QUERY_LENGTH).exactOptional(),
  })
  .refine((scope) => Object.keys(scope).length > 0, 'a suppression names a detector, principal, endpoint or query');

export type SuppressionScope = z.output<typeof suppressionScope>;

/** A rule that sets findings aside. `until`: a day, UTC; what the evidence shows from then on is not hidden. */
export const suppression = z.strictObject({ scope: suppressionScope, reason: line(MAX_REASON), until: z.iso.date().exactOptional() });

export type Suppression = z.output<typeof suppression>;

/** A suppression as it stands. `hides`: ids of the findings that it sets aside now · `expired`: ids that it would, but for its date. */
export interface SuppressionRow extends Suppression {
  readonly id: string;
  readonly hides: readonly string[];
  readonly expired: readonly string[];
}

/** What a suppression would do. */
export type SuppressionPreview = Pick<SuppressionRow, 'hides' | 'expired'>;

/** What is known of a detector, for its page. */
export interface DetectorRow {
  readonly id: string;
  readonly title: string;
  readonly kind: 'built-in' | 'sigma' | 'saved';
  readonly family: Family;
  readonly version?: number;
  readonly catches: string;
  readonly inputs: readonly string[];
  readonly falsePositives: readonly string[];
  readonly settings: readonly { readonly name: string; readonly value: string | number; readonly why: string }[];
  readonly maps: FindingMaps;
  /** Why it cannot answer here; absent when it can. */
  readonly notEvaluable?: string;
  /** For which part of the evidence it cannot; absent for none. */
  readonly partlyEvaluable?: readonly string[];
  /** Ids of its findings, those set aside by a suppression too. */
  readonly findings: readonly string[];
  /** Of a Sigma rule: the file, the level, links as text. */
  readonly sigma?: { readonly file: string; readonly level: Severity; readonly references: readonly string[] };
  readonly saved?: SavedDetectorRow;
}

/** What a search for similar calls starts from. */
export const similarTo = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), ref: key }),
  z.strictObject({ kind: z.literal('chain'), id: key }),
  z.strictObject({ kind: z.literal('finding'), id: key }),
]);

export type SimilarTo = z.output<typeof similarTo>;

/** A feature that calls share with what the search started from. */
export interface SharedFeature {
  /** `caller`, `endpoint`, `answered with` … */
  readonly name: string;
  readonly value: string;
  /** Of all calls of the case that have it. */
  readonly share: number;
}

/** A call like those that the search started from. `score`: 0 to 1, the share of what tells them apart that it has. */
export interface SimilarCall {
  readonly call: CallRow;
  readonly score: number;
  readonly shared: readonly SharedFeature[];
}

/** Similar calls, most similar first, and the features that were looked for. */
export interface SimilarCalls {
  readonly seeds: number;
  readonly features: readonly SharedFeature[];
  readonly rows: readonly SimilarCall[];
}
