import type { Mapping } from '../model/mapping.ts';
import type { IssueRow } from './rows.ts';

/** A format that a source can be told to be of. */
export interface FormatRow {
  readonly id: string;
  readonly title: string;
  /** What its calls have and lack, in one sentence. */
  readonly holds: string;
}

/** A field of the records at the start of a source. */
export interface FieldRow {
  readonly path: string;
  /** Records of the sample that have it. */
  readonly records: number;
  /** A value, secrets masked, cut short. */
  readonly example: string;
}

/** What is proposed for one part of a call, and why. */
export interface ProposedRow {
  readonly target: string;
  readonly from: readonly string[];
  readonly trust: 'sure' | 'likely' | 'guess';
  readonly why: string;
  readonly doubt?: string;
}

/** How unknown records could become calls. */
export interface ProposalRow {
  readonly mapping: Mapping;
  readonly fields: readonly ProposedRow[];
  /** True when the names alone make it sure. */
  readonly confident: boolean;
}

/** A call as it would be stored, secrets masked: only what a person needs to see whether it was understood. */
export interface PreviewCall {
  readonly time?: string;
  readonly zoneKnown: boolean;
  readonly durationMs?: number;
  readonly method?: string;
  readonly host?: string;
  readonly path?: string;
  readonly query?: string;
  readonly status?: number;
  /** Who called, as far as the record alone says: the consumer, else the masked credential, else the address. */
  readonly principal?: string;
}

/** What the start of a source became under some settings. */
export interface PreviewRow {
  readonly record: number;
  /** Left out when the record made no call. */
  readonly call?: PreviewCall;
  readonly issues: readonly Pick<IssueRow, 'severity' | 'code' | 'message' | 'excerpt'>[];
  /** What a mapping names in the record and could not read, secrets masked. */
  readonly notUnderstood: readonly { readonly target: string; readonly text: string }[];
}

/** How a source would be read, without reading it into the case. */
export interface InspectedSource {
  /** As the evidence names it. */
  readonly name: string;
  /** Units: bytes, after decompression; left out when they are not known before the end. */
  readonly bytes?: number;
  readonly format?: FormatRow;
  readonly recognizedBy: 'content' | 'name' | 'override' | 'none';
  readonly why: string;
  /** Titles of the layers around the records, outermost first. */
  readonly layers: readonly string[];
  /** The first lines as they stand, secrets masked, cut short. */
  readonly lines: readonly string[];
  /** Fields of its records, where they are JSON or a table. */
  readonly fields: readonly FieldRow[];
  /** Where only a mapping can tell what the records mean. */
  readonly proposal?: ProposalRow;
  /** The mapping that the preview was made with. */
  readonly mapping?: Mapping;
  readonly preview: readonly PreviewRow[];
  /** Why the preview ends early, or cannot be made. */
  readonly problem?: string;
}

/** Whether a text can serve as knowledge of its kind. */
export interface KnowledgeCheck {
  /** What it says, in one sentence. */
  readonly says?: string;
  /** What is wrong with it, in one sentence; left out when nothing is. */
  readonly problem?: string;
  /** What a mapping's text says. */
  readonly mapping?: Mapping;
}
