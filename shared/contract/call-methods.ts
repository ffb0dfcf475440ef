import { z } from 'zod';
import type { CallSetComparison } from './call-sets.ts';
import { RUNG_ANSWERS, RUNGS, type RungUses } from './credentials.ts';
import { query, ref } from './method-words.ts';
import { method } from './methods.ts';

/** Questions about sets of calls: how far a slow one is, two side by side, and the calls behind a number of a ladder. */
export const callMethods = {
  /** How far a slow query has come, in calls to be looked at; empty when it does not run. */
  'calls.progress': method<{ readonly read?: number; readonly of?: number }>()('read', z.object({ query }).strict()),
  /** `stop`: ends a slow query with the calls that it has found; `read-on`: the next question reads it to its end. */
  'calls.hold': method<{ readonly done: true }>()('read', z.object({ query, what: z.enum(['stop', 'read-on']) }).strict()),
  /** Two sets of calls side by side, each given by a query. */
  'calls.compare': method<CallSetComparison>()('read', z.object({ left: query, right: query }).strict()),
  /** What stands behind a number of a ladder: that of one credential, or of one kind of caller. */
  'credentials.behind': method<RungUses>()(
    'read',
    z
      .object({
        of: z.enum(['people', 'machines', 'unknown']).or(z.object({ credential: ref }).strict()),
        rung: z.enum(RUNGS),
        answer: z.enum(RUNG_ANSWERS),
      })
      .strict(),
  ),
};
