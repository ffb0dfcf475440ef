import { z } from 'zod';
import { OUTCOMES, type Outcome } from '../model/outcome.ts';
import { MAX_NOTE, MAX_REASON } from '../model/review-size.ts';
import type { FindingJson, Severity } from './report-json.ts';

/** The analyst's word on what the incident came to. */
export interface CaseOutcome {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** What the analyst decided of one finding; what was never decided is absent. */
export interface Verdict {
  readonly status?: FindingJson['status'];
  readonly reason?: string;
  readonly severity?: Severity;
  readonly severityReason?: string;
  readonly note?: string;
  /** Id of the finding that this one is part of. */
  readonly mergedInto?: string;
}

// A reason is drawn beside evidence, on one line: what moves, hides or breaks text has no place in it.
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const reason = z
  .string()
  .trim()
  .max(MAX_REASON, `a reason has at most ${String(MAX_REASON)} characters`)
  .refine((text) => !UNSEEN.test(text), 'a reason may not hold control characters');
const needed = reason.refine((text) => text !== '', 'a reason needs at least one character');
const finding = z.string().min(1).max(4096);

/** Changes with which the analyst decides what becomes of findings and of the case. */
export const triageChanges = [
  z.strictObject({ kind: z.literal('finding-accept'), finding, reason }),
  z.strictObject({ kind: z.literal('finding-dismiss'), finding, reason: needed }),
  /** Back to a suggestion. */
  z.strictObject({ kind: z.literal('finding-reopen'), finding }),
  /** Another severity than the one worked out; without one, back to it. */
  z.strictObject({
    kind: z.literal('finding-severity'),
    finding,
    to: z.strictObject({ severity: z.enum(['info', 'low', 'medium', 'high', 'critical']), reason: needed }).optional(),
  }),
  /** The analyst's words on a finding; empty takes them away. */
  z.strictObject({
    kind: z.literal('finding-note'),
    finding,
    text: z
      .string()
      .max(MAX_NOTE, `a note has at most ${String(MAX_NOTE)} characters`)
      // As in notes of calls: halves of a surrogate pair do not survive UTF-8, and SQLite's LIKE ends at a NUL.
      .transform((value) => value.replace(/[\p{Cs}\0]/gu, '\ufffd').trim()),
  }),
  /** Makes a finding part of another, which then shows the evidence of both; without one, it stands alone again. */
  z.strictObject({ kind: z.literal('finding-merge'), finding, into: finding.optional() }),
  /** What the incident came to; without one, nothing is said of it. */
  z.strictObject({ kind: z.literal('outcome'), to: z.strictObject({ outcome: z.enum(OUTCOMES), reason }).optional() }),
] as const;

export type TriageChange = z.output<(typeof triageChanges)[number]>;
