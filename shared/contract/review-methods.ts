import { z } from 'zod';
import { nothing, page, query, ref } from './method-words.ts';
import { method } from './methods.ts';
import { reviewChange, type MarkedCall, type NoteRow, type ReviewLogRow, type TagRow, type ViewRow } from './review.ts';
import type { Page } from './rows.ts';
import { ruleChanges, type TemplatePlaces, type TemplatePreview, type TemplateRuleRow } from './templates.ts';

/** What the analyst says of calls and findings, the log of it, and the rules for path templates. */
export const reviewMethods = {
  /** Template rules of the analyst, by host; they are changed through `review.change`. */
  'templates.rules': method<readonly TemplateRuleRow[]>()('read', nothing),
  /** The template of an endpoint, segment by segment: values seen there, and what decided it. */
  'templates.places': method<TemplatePlaces>()('read', z.object({ endpoint: ref }).strict()),
  /** What rules would change, beside the rules that stand; writes nothing. At most 200 rows. */
  'templates.preview': method<TemplatePreview>()('read', z.object(ruleChanges).strict()),
  /** One change by the analyst. `entry` is its number in the log, 0 when nothing was to be changed; `changed` counts calls, notes, views. */
  'review.change': method<{ readonly entry: number; readonly changed: number }>()('write', z.object({ change: reviewChange }).strict()),
  /** Takes a change back by an entry of its own; undoing that one is redo. Refused once what it changed has changed again. */
  'review.undo': method<{ readonly entry: number }>()('write', z.object({ entry: z.number().int().min(1) }).strict()),
  /** Tags in use, and those whose colour was chosen; by name. */
  'review.tags': method<readonly TagRow[]>()('read', nothing),
  /** Notes in the order in which they were written; with `ref` those on that call, under whichever of its references. */
  'review.notes': method<readonly NoteRow[]>()('read', z.object({ ref: ref.optional() }).strict()),
  /** Every call with a tag, a star, a mark or a note; the first `MAX_MARKED`. */
  'review.marks': method<readonly MarkedCall[]>()('read', nothing),
  'review.views': method<readonly ViewRow[]>()('read', nothing),
  /** Every change, latest first. */
  'review.log': method<Page<ReviewLogRow>>()('read', z.object(page).strict()),
  /** Queries that were run on this case, latest first, each once. */
  'review.history': method<readonly string[]>()('read', nothing),
  /** Puts a query on top of the history. Raises no event: who shows the history asks again. */
  'review.remember': method<{ readonly remembered: boolean }>()('write', z.object({ query }).strict()),
};
