import type { Json } from '../../lib/json.ts';
import type { ByteRange, ImportedCall, ImportedOperation, ImportedSpecification, ImportedTrace } from '../../model/call.ts';
import type { ReadOptions, ReadSettings } from '../../model/read-settings.ts';
import type { TableRow } from '../../model/table-row.ts';
import type { ByteSource } from '../ports.ts';
import type { IssueCode } from './issue-codes.ts';

export type { ByteSource };

/** What an importer gives out, in the order of the source. `row` says how the item's own text stands in a table. */
export type Imported =
  | {
      readonly kind: 'call';
      readonly record: number;
      readonly at: ByteRange;
      readonly call: ImportedCall;
      /** Set on a stray record of another format than the source's. */
      readonly format?: string | undefined;
      /** True when the record's text alone gives the call again: see `RecordImporter.isReread`. */
      readonly isReread?: boolean | undefined;
      readonly row?: TableRow | undefined;
    }
  | { readonly kind: 'specification'; readonly specification: ImportedSpecification }
  | { readonly kind: 'operation'; readonly record: number; readonly at: ByteRange; readonly operation: ImportedOperation }
  /** Stands for no record of the ledger: the record that says it is a call, or a `skip` issue, besides. */
  | { readonly kind: 'trace'; readonly trace: ImportedTrace }
  /** `reject` and `skip` stand for one record of the ledger; `warning` for none. */
  | {
      readonly kind: 'issue';
      readonly severity: 'reject' | 'skip' | 'warning';
      readonly record: number | undefined;
      readonly at: ByteRange;
      readonly code: IssueCode;
      readonly message: string;
      /** The start of the record in clear; masked before it is stored. At most 400 characters. */
      readonly excerpt: string;
      /** Said once a source, however often it is given out. */
      readonly once?: boolean | undefined;
      readonly row?: TableRow | undefined;
    }
  /** A sentence about the whole source; the same sentence twice is kept once. */
  | { readonly kind: 'note'; readonly text: string };

/** What recognition found. Stronger evidence wins; among equals the earlier registry line. */
export interface Recognition {
  readonly strength: 'none' | 'name' | 'shape' | 'magic';
  /** One sentence: why this format. */
  readonly why: string;
  /** What was found out about how to read the source, in place of the settings that were given. */
  readonly settings?: ReadSettings | undefined;
}

export interface ReadContext extends ReadOptions {
  readonly signal: AbortSignal;
  /** Called with the count of source bytes consumed so far. */
  readonly onBytes: (bytes: number) => void;
}

interface Format {
  readonly id: string;
  readonly title: string;
  readonly extensions: readonly string[];
  /** What the format lacks or has, for `spoor formats`: one sentence. */
  readonly holds: string;
  /**
   * `head`: at most the first 64 KiB, after decompression and with envelopes taken off; `name`: the source's name.
   * Errors: none, whatever the bytes are.
   */
  recognize(head: Uint8Array, name: string, settings: ReadSettings): Recognition;
}

/**
 * A format that is one document: a capture, a specification, a dump. Reads a source once, front to back, and gives records
 * in batches of a thousand or so.
 * Errors: a bad row is an `issue`, never a throw; AppError `damaged-file` (details.code: IssueCode, details.offset: bytes)
 * when nothing sensible can follow. Yields to the event loop at every batch.
 */
export interface DocumentImporter extends Format {
  readonly records: 'document';
  read(source: ByteSource, context: ReadContext): AsyncIterable<readonly Imported[]>;
}

/** What an envelope told about the record inside it. */
export interface Outer {
  /** The time that the envelope gives, as it was written: used where the record has none. */
  readonly time?: string | undefined;
  readonly host?: string | undefined;
  readonly program?: string | undefined;
}

/** One record with its envelopes taken off. */
export interface LogRecord {
  /** 1-based: the line's number in line formats, the position in a list elsewhere. */
  readonly record: number;
  /** Where the record stands in the source, its envelopes included. */
  readonly at: ByteRange;
  readonly text: string;
  /** The parsed text for formats of JSON records; `undefined` for lines. */
  readonly value: Json | undefined;
  readonly outer: Outer;
  /** True when `text` alone says all that the record does. */
  readonly isWhole?: boolean | undefined;
}

/**
 * Makes something of one record. `undefined`: the record is not of this format; another format of the same file may claim it,
 * else it is rejected. A record that is of this format but says nothing about a call is a `skip` issue.
 */
export interface RecordReader {
  (record: LogRecord): Imported | readonly Imported[] | undefined;
  /**
   * Calls that are still held back when the source ends: requests whose answer stands in a later record, and never came. A call
   * that is given out later than its record keeps that record's number and place; the envelope's time is then the reader's to give.
   */
  readonly rest?: (() => readonly Imported[]) | undefined;
}

/**
 * A format of records that follow each other: lines of text, or JSON values in lines, lists or one after the other. Cutting,
 * envelopes, decoding, limits and doubts about times are the same for all of them and live in `read/read-records.ts`.
 */
export interface RecordImporter extends Format {
  readonly records: 'lines' | 'json';
  /** What a record looks like, for the message about one that does not: `not …`. */
  readonly shape: string;
  /** True when no record depends on an earlier one (a header, a directive): parts of the source may then be read at once. */
  readonly independent: boolean;
  /**
   * True for a record that can only be of this format: it is then read even where it strays into a file of another. Left out by
   * formats whose records do not show what they are, and without effect where they depend on each other. `record.value` is set when
   * `records` is `json`.
   */
  isCertain?(record: LogRecord): boolean;
  /**
   * True when a record's text, read alone and without settings, gives the call again: only the text is then stored. For formats
   * of large volume whose records are JSON.
   */
  readonly isReread?: boolean | undefined;
  /** Begins a read of one source, or of a part of it. */
  open(options: ReadOptions): RecordReader;
  /** Sentences about every source of this format. */
  readonly notes?: readonly string[] | undefined;
}

export type Importer = DocumentImporter | RecordImporter;
