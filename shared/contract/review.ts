import type { CallRow } from './rows.ts';
import { z } from 'zod';
import { LEVELS } from './inventory.ts';
import { MAX_QUERY_LENGTH } from '../model/query-length.ts';
import { REVOCATION_STEPS } from '../model/revocation-steps.ts';
import { savedDetector, suppression } from './hunting.ts';
import { sessionKeys } from './chains.ts';
import { ruleChanges } from './templates.ts';
import { triageChanges } from './triage.ts';
import { MAX_MERGED, MAX_NOTE, MAX_OWNER, MAX_REASON, MAX_REFS, MAX_TAG, MAX_VIEW, MAX_VIEW_NAME } from '../model/review-size.ts';

/** Colours with their shapes that a tag can have. */
export const TAG_SLOTS = 8;

// A name is drawn beside evidence, on one line: what moves, hides or breaks text has no place in it.
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const oneLine = (what: string, most: number) =>
  z
    .string()
    .trim()
    .min(1, `${what} needs at least one character`)
    .max(most, `${what} has at most ${String(most)} characters`)
    .refine((text) => !UNSEEN.test(text), `${what} may not hold control characters`);

const refs = z
  .array(z.string().min(1).max(4096))
  .min(1, 'a change names at least one call')
  .max(MAX_REFS, `a change names at most ${String(MAX_REFS)} calls`)
  .readonly();
const tag = oneLine('a tag', MAX_TAG);
const viewName = oneLine('the name of a view', MAX_VIEW_NAME);
const endpoint = z.string().min(1).max(4096);
const principalId = z.string().min(1).max(4096);
const reason = oneLine('a reason', MAX_REASON);
const keptId = z.string().min(1).max(100);
const note = z.number().int().min(1);
const credential = z.string().min(1).max(100);
const text = z
  .string()
  .min(1, 'a note needs at least one character')
  .max(MAX_NOTE, `a note has at most ${String(MAX_NOTE)} characters`)
  .refine((value) => value.trim() !== '', 'a note needs more than blanks')
  // Halves of a surrogate pair do not survive UTF-8, and SQLite's LIKE ends at a NUL: pasted ones become the sign for what cannot be shown.
  .transform((value) => value.replace(/[\p{Cs}\0]/gu, '\ufffd'));

const VIEW_KEY = /^[A-Za-z][A-Za-z0-9]{0,63}$/;
const viewValue = z.union([z.string(), z.number(), z.array(z.string()).readonly()]);

/** What a saved view keeps: the query, and whatever else the screen needs to stand as it stood. Flat, at most 32 KB as JSON. */
const savedView = z
  .record(z.string(), viewValue)
  .refine((view) => Object.keys(view).every((key) => VIEW_KEY.test(key)), 'a key of a view is a word of letters and digits')
  .refine((view) => new TextEncoder().encode(JSON.stringify(view)).length <= MAX_VIEW, 'a view has at most 32 KB')
  .pipe(z.object({ query: z.string().max(MAX_QUERY_LENGTH) }).catchall(viewValue));

export type SavedView = z.output<typeof savedView>;

/** One change by the analyst: never to evidence, always beside it. */
export const reviewChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tag'), refs, tag, on: z.boolean() }),
  z.strictObject({ kind: z.literal('star'), refs, on: z.boolean() }),
  /** Key calls of the incident's timeline. */
  z.strictObject({ kind: z.literal('mark'), refs, on: z.boolean() }),
  z.strictObject({ kind: z.literal('note-add'), ref: z.string().min(1).max(4096), text }),
  z.strictObject({ kind: z.literal('note-edit'), note, text }),
  z.strictObject({ kind: z.literal('note-remove'), note }),
  /** Chooses colour and shape of a tag; one that is used without gets the slot that fewest tags have. */
  z.strictObject({ kind: z.literal('tag-define'), tag, slot: z.number().int().min(1).max(TAG_SLOTS) }),
  /** Gives an endpoint another level of sensitivity than the one worked out, with the reason. */
  z.strictObject({ kind: z.literal('classify'), endpoint, level: z.enum(LEVELS), reason }),
  /** Back to the level worked out. */
  z.strictObject({ kind: z.literal('classify-remove'), endpoint }),
  /** Says when a credential was revoked; without a time, that nothing is known of it. */
  z.strictObject({ kind: z.literal('revoked'), credential, at: z.iso.datetime({ offset: true }).optional() }),
  /** Ticks a step of a credential's revocation, or takes the tick back. */
  z.strictObject({ kind: z.literal('revocation-step'), credential, step: z.enum(REVOCATION_STEPS), on: z.boolean() }),
  /** Takes several principals for one: the first gives the name. The analysis is out of date then. */
  z.strictObject({ kind: z.literal('principals-merge'), principals: z.array(principalId).min(2).max(MAX_MERGED).readonly(), reason }),
  /** Takes a principal apart into what was joined in it; its parts never join by themselves again. */
  z.strictObject({ kind: z.literal('principal-split'), principal: principalId, reason }),
  /** Who answers for a principal; empty takes the name back that a list gave. */
  z.strictObject({
    kind: z.literal('principal-owner'),
    principal: principalId,
    owner: z.union([z.literal(''), oneLine('an owner', MAX_OWNER)]),
  }),
  z.strictObject({ kind: z.literal('view-save'), name: viewName, view: savedView }),
  z.strictObject({ kind: z.literal('view-remove'), name: viewName }),
  /** A query as a detector of the case; with an id, one that is there in other words. Findings are out of date then. */
  z.strictObject({ kind: z.literal('detector-save'), id: keptId.optional(), detector: savedDetector }),
  z.strictObject({ kind: z.literal('detector-remove'), id: keptId }),
  /** A rule that sets findings aside, with the reason. */
  z.strictObject({ kind: z.literal('suppress'), id: keptId.optional(), suppression }),
  z.strictObject({ kind: z.literal('suppress-remove'), id: keptId }),
  /** Template rules of one host; endpoints follow with the next analysis. */
  z.strictObject({ kind: z.literal('templates'), ...ruleChanges }),
  /** The keys by which sessions are told, in order; none for pauses alone. Chains follow with the next analysis. */
  z.strictObject({ kind: z.literal('session-keys'), keys: sessionKeys }),
  ...triageChanges,
]);

export type ReviewChange = z.output<typeof reviewChange>;

export interface TagRow {
  readonly tag: string;
  /** Colour and shape, 1 to 8: given on first use, the same from then on. */
  readonly slot: number;
  /** Calls of the case that carry it now. */
  readonly calls: number;
}

export interface NoteRow {
  readonly id: number;
  /** The call as it was named when the note was written; its source may have been withdrawn since. */
  readonly ref: string;
  readonly text: string;
  readonly at: string;
  /** When the text was last changed; absent while it is as first written. */
  readonly edited?: string;
}

export interface ViewRow {
  readonly name: string;
  readonly view: SavedView;
  readonly at: string;
}

/** Marked calls in one answer; a person marks some dozens. */
export const MAX_MARKED = 5000;

/** What the analyst put on a call, by its references. */
export type MarkedCall = Pick<CallRow, 'ref' | 'alsoSeenAs' | 'tags' | 'starred' | 'marked' | 'notes'>;

/** One line of the log: a change, or one that takes another back. */
export interface ReviewLogRow {
  readonly entry: number;
  readonly at: string;
  readonly kind: ReviewChange['kind'] | 'undo' | 'redo';
  /** One plain sentence; holds tags and names as the analyst wrote them. */
  readonly text: string;
  /** The entry that this one takes back. */
  readonly undoes?: number;
  /** The entry that took this one back. */
  readonly undone?: number;
}
