import { z } from 'zod';
import type { InspectedSource } from './inspection.ts';
import { raisedLimits, sourceChoices, type IntakeReview } from './intake-review.ts';
import { ref } from './method-words.ts';
import { method } from './methods.ts';
import { readChoice } from './read-choice.ts';
import type { ImportSummary } from './report-json.ts';

/** Looking at evidence before it is in a case, and reading it into one. */
export const evidenceMethods = {
  'case.import': method<ImportSummary>()(
    'job',
    z
      .object({
        paths: z
          .array(readChoice.extend({ path: z.string(), name: z.string().optional() }))
          .min(1)
          .readonly(),
        /** For stamps that carry no zone, in paths that name none of their own. */
        zone: z.string().optional(),
        resume: z.boolean().optional(),
        /** Withdraws what the case holds of the same bytes and reads them anew, instead of passing them over as duplicates. */
        replace: z.boolean().optional(),
        /** How single sources are read, whatever was said for their path. */
        sources: sourceChoices.optional(),
        limits: raisedLimits.optional(),
        /** Sources of the case that are read anew; what else the paths hold is passed over. */
        reread: z.array(ref).min(1).optional(),
      })
      .strict(),
    'host',
  ),
  /** Holds a running import before its next batch, or lets it go on; without one it changes nothing. */
  'case.pauseImport': method<{ readonly importing: boolean; readonly paused: boolean }>()(
    'write',
    z.object({ paused: z.boolean() }).strict(),
  ),
  /** Tells how sources would be read, with their first records as calls; the case stays as it is. */
  'evidence.inspect': method<readonly InspectedSource[]>()(
    'job',
    z
      .object({
        paths: z
          .array(readChoice.extend({ path: z.string(), name: z.string().optional() }))
          .min(1)
          .readonly(),
        /** Only this source of the case. */
        source: ref.optional(),
      })
      .strict(),
    'host',
  ),
  /** Tells what an import would take and pass over, from the start of each source; nothing is written. */
  'evidence.review': method<IntakeReview>()(
    'job',
    z
      .object({
        paths: z
          .array(z.strictObject({ path: z.string(), name: z.string().optional() }))
          .min(1)
          .readonly(),
        limits: raisedLimits.optional(),
      })
      .strict(),
    'host',
  ),
};
