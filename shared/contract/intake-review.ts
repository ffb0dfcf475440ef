import { z } from 'zod';
import type { FormatRow, PreviewRow } from './inspection.ts';
import { readChoice } from './read-choice.ts';

/**
 * Limits of archives that an analyst may raise for one import; what is left out stays as it is.
 * Units: members of one archive; unpacked bytes per packed byte; bytes that all archives unpack to together.
 */
export const raisedLimits = z.strictObject({
  members: z.number().int().min(1).max(10_000_000).optional(),
  ratio: z.number().int().min(1).max(100_000).optional(),
  unpackedBytes: z
    .number()
    .int()
    .min(1)
    .max(2 ** 50)
    .optional(),
});

export type RaisedLimits = z.output<typeof raisedLimits>;
type RaisableLimit = keyof RaisedLimits;

/** Longest name of a source that an import is told something about. Units: characters. */
const MAX_SOURCE_NAME = 4096;

/** How single sources are read, by the names that the review gave them; inside of archives, too. */
export const sourceChoices = z.array(
  readChoice.extend({
    name: z.string().min(1).max(MAX_SOURCE_NAME),
    /** The source is not read; its archive's other members say so. */
    leaveOut: z.literal(true).optional(),
  }),
);

export type SourceChoice = z.output<typeof sourceChoices>[number];

/** A source as an import would take it, told from its first bytes. */
export interface ReviewedSource {
  /** As the evidence names it. */
  readonly name: string;
  /** Units: bytes, after decompression; left out when they are not known before the end. */
  readonly bytes?: number;
  readonly format?: FormatRow;
  readonly recognizedBy: 'content' | 'name' | 'override' | 'none';
  readonly why: string;
  /** Whether the times at its start name their zone: `none` where no time was seen. */
  readonly zone: 'told' | 'missing' | 'none';
  /** A source with the same bytes: of the case, or an earlier one of these files. */
  readonly sameAs?: { readonly in: 'case' | 'files'; readonly name: string };
  /** The first records as they would be understood, secrets masked. */
  readonly preview: readonly PreviewRow[];
  /** Why its start cannot be read to its end. */
  readonly problem?: string;
}

/** A limit that can be raised for an import, and what it is now. Units: see `raisedLimits`. */
export interface ReachedLimit {
  readonly name: RaisableLimit;
  readonly value: number;
}

/** What an import would pass over, and why; with the limit that it exceeds, where there is one to raise. */
export interface RefusedSource {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly limit?: ReachedLimit;
}

/** What files would bring into a case, before anything of them is written. */
export interface IntakeReview {
  readonly sources: readonly ReviewedSource[];
  /** Sources that were listed and not looked into; the import recognises them. */
  readonly unseen: number;
  readonly refused: readonly RefusedSource[];
  /** What archives hold beside evidence: folders, files of the system. */
  readonly notes: readonly string[];
}

/** What files would bring, and the case that they would come into. */
export interface HostReview extends IntakeReview {
  /** Title of the case that would be made; left out where one is open. */
  readonly newTitle?: string;
}
