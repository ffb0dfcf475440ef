import { z } from 'zod';
import { similarTo, suppression, type DetectorRow, type SimilarCalls, type SuppressionPreview, type SuppressionRow } from './hunting.ts';
import { nothing } from './method-words.ts';
import { method } from './methods.ts';

/** Looking for more of a kind, by hand and by rules of one's own. */
export const huntingMethods = {
  /** Calls like one, like those of a chain or of a finding, most similar first. */
  'calls.similar': method<SimilarCalls>()('read', z.object({ to: similarTo, count: z.number().int().min(1).max(200) }).strict()),
  /** Every detector with what it needs and found: those of the program, Sigma rules of the case and queries of the analyst. */
  'detectors.list': method<readonly DetectorRow[]>()('read', nothing),
  /** Rules that set findings aside, with what each hides. */
  'suppressions.list': method<readonly SuppressionRow[]>()('read', nothing),
  /** What a suppression would hide; writes nothing. */
  'suppressions.preview': method<SuppressionPreview>()('read', suppression.pick({ scope: true, until: true })),
};
