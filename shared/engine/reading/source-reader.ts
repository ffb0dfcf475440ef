import type { ByteSource, ReadContext } from '../importers/importer.ts';
import type { ReadableChoice } from '../importers/recognize.ts';
import type { EncodedBatch } from './encoded-batch.ts';
import type { ReaderNames } from './reader-names.ts';

/** A batch, with the names that its reader numbers texts by. */
export interface NamedBatch {
  readonly batch: EncodedBatch;
  readonly names: ReaderNames;
}

/** Reads sources into batches, one source after the other. Lifetime: one import. */
export interface SourceReader {
  /**
   * The batches of a source in its order. Shape: `head` is the source's start, for the choice of how to read it.
   * Errors: those of the importer; AppError `cancelled`.
   */
  read(choice: ReadableChoice, source: ByteSource, head: Uint8Array, context: ReadContext): AsyncIterable<NamedBatch>;
  end(): void;
}
