import type { ByteRange, ImportedCall, ImportedOperation, ImportedSpecification } from '../../model/call.ts';
import type { ByteSource } from '../ports.ts';
import type { IssueCode } from './issue-codes.ts';

export type { ByteSource };

/** What an importer gives out, in the order of the source. */
export type Imported =
  | { readonly kind: 'call'; readonly record: number; readonly at: ByteRange; readonly call: ImportedCall }
  | { readonly kind: 'specification'; readonly specification: ImportedSpecification }
  | { readonly kind: 'operation'; readonly record: number; readonly at: ByteRange; readonly operation: ImportedOperation }
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
    }
  /** A sentence about the whole source. */
  | { readonly kind: 'note'; readonly text: string };

/** What recognition found. Stronger evidence wins; among equals the earlier registry line. */
export interface Recognition {
  readonly strength: 'none' | 'name' | 'shape' | 'magic';
  /** One sentence: why this format. */
  readonly why: string;
}

export interface ReadContext {
  readonly signal: AbortSignal;
  /** Minutes east of UTC for stamps that carry no zone; the caller notes the assumption. */
  readonly zoneOffsetMinutes: number;
  /** Called with the count of source bytes consumed so far. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * A format. Reads a source once, front to back, and gives records in batches of a thousand or so.
 * Errors: a bad row is an `issue`, never a throw; AppError `damaged-file` (details.code: IssueCode, details.offset: bytes)
 * when nothing sensible can follow. Yields to the event loop at every batch.
 */
export interface Importer {
  readonly id: string;
  readonly title: string;
  readonly extensions: readonly string[];
  /** What the format lacks or has, for `spoor formats`: one sentence. */
  readonly holds: string;
  /** `head`: at most the first 64 KiB after decompression; `name`: the source's name. */
  recognize(head: Uint8Array, name: string): Recognition;
  read(source: ByteSource, context: ReadContext): AsyncIterable<readonly Imported[]>;
}
