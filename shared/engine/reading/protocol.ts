import type { ReadOptions } from '../../model/read-settings.ts';
import type { ErrorCode, ErrorDetails } from '../../contract/errors.ts';
import type { IssuerKey } from '../../model/knowledge/issuer-key.ts';
import type { EncodedBatch } from './encoded-batch.ts';

/** A format and its envelopes by name: functions do not cross threads. */
export interface NamedChoice {
  readonly importer: string;
  readonly layers: readonly string[];
}

/** What a reader thread is told. Bytes and batches move, they are not copied. */
export type ToReader =
  | {
      readonly k: 'part';
      readonly choice: NamedChoice;
      readonly options: ReadOptions;
      readonly bytes: Uint8Array;
      readonly offset: number;
      readonly first: boolean;
      readonly leftOut: number;
    }
  /** A whole source follows in chunks. */
  | {
      readonly k: 'whole';
      readonly choice: NamedChoice;
      readonly options: ReadOptions;
      readonly name: string;
      readonly size: number | undefined;
    }
  | { readonly k: 'chunk'; readonly bytes: Uint8Array }
  /** No more chunks: the source is at its end. */
  | { readonly k: 'end' }
  /** A batch of a whole source was stored: another may follow. */
  | { readonly k: 'stored' };

export type FromReader =
  /** What a part became, or what a whole source became since the batch before. */
  | { readonly k: 'batch'; readonly batch: EncodedBatch }
  | { readonly k: 'done' }
  /** A chunk was used up. */
  | { readonly k: 'taken'; readonly bytes: number }
  | {
      readonly k: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: ErrorDetails;
      readonly stack: string | undefined;
    };

/** What the readers of one import mask with. */
export interface IntakeKeys {
  readonly caseKey: Uint8Array;
  /** Drawn for the import, for weak secrets; never stored. */
  readonly passingKey: Uint8Array;
  /** Keys of token issuers that the case held when the import began: signatures can be checked only while tokens are read. */
  readonly issuerKeys?: readonly IssuerKey[];
}

/** A thread that reads, from the side of who started it. */
export interface ReaderThread {
  post(message: ToReader, moved: readonly ArrayBufferLike[]): void;
  onMessage(listener: (message: FromReader) => void): void;
  /** The thread is gone: it ran out of memory, or a bug. Not called after `end`. */
  onDeath(listener: (why: string) => void): void;
  end(): void;
}

/** Starts threads that read evidence; a host without them leaves it out. */
export interface ReaderThreads {
  /** How many to run at once. */
  readonly count: number;
  start(keys: IntakeKeys): ReaderThread;
}
