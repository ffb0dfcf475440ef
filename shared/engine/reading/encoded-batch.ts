import type { ByteRange, ImportedOperation, ImportedSpecification, ImportedTrace } from '../../model/call.ts';
import type { LoneSecret } from '../intake/masking/lone-secret.ts';
import type { SeenCredential } from '../intake/masking/masked-call.ts';

/**
 * What a reader hands to the writer: masked records as columns, so that a batch crosses threads by transfer and the writer
 * only copies numbers into statements.
 */
export interface EncodedBatch {
  /** Calls in the batch. */
  readonly calls: number;
  /** `calls × CALL_NUMBERS`, row after row; NaN for what is absent. Columns of terms and credentials hold the reader's own numbers. */
  readonly numbers: Float64Array;
  /** All texts of the calls one after the other. */
  readonly text: string;
  /** `calls × CALL_TEXTS` lengths in `text`, row after row; -1 for what is absent. Units: UTF-16 code units. */
  readonly lengths: Int32Array;
  /** True when the reader has forgotten the terms and credentials of its batches before: numbers begin at 0 again. */
  readonly restarts: boolean;
  /** Terms that this reader uses for the first time; their numbers go on from those of its batches before. */
  readonly terms: readonly string[];
  readonly credentials: readonly SeenCredential[];
  /** Rows of `call, side, pointer, fingerprint, bits`; `call` is the index in the batch, `pointer` a term. */
  readonly values: Float64Array;
  /** Rows of `call, side, pointer, type, count`; side, pointer and type are terms. */
  readonly data: Float64Array;
  /** Rows of `call, side, pointer, type, credential`; side, pointer and type are terms. */
  readonly exposures: Float64Array;
  /** Compressed details of consecutive calls: indices in the batch, last included. */
  readonly details: readonly { readonly first: number; readonly last: number; readonly data: Uint8Array }[];
  readonly issues: readonly EncodedIssue[];
  /** Specifications and operations in the order of the source. */
  readonly inventory: readonly EncodedInventory[];
  /** Names in them are masked. */
  readonly traces: readonly ImportedTrace[];
  readonly notes: readonly string[];
  /** Secrets that only their names gave away, in clear; the import looks for them in what it has stored, and keeps them no longer. */
  readonly secrets: readonly LoneSecret[];
  /** Records of another format than the source's, by that format. */
  readonly strays: readonly (readonly [format: string, records: number])[];
  /** Calls with a time, and those of them whose zone was assumed. */
  readonly timed: number;
  readonly zoneAssumed: number;
  /** Lines of the part that the batch ends: what the next part's line numbers begin after. 0 in between. */
  readonly linesOfPart: number;
}

export interface EncodedIssue {
  readonly severity: 'reject' | 'skip' | 'warning';
  readonly record: number | undefined;
  readonly at: ByteRange;
  readonly code: string;
  /** Masked. */
  readonly message: string;
  readonly excerpt: string;
  readonly once: boolean;
}

export type EncodedInventory =
  | { readonly kind: 'specification'; readonly specification: ImportedSpecification }
  | { readonly kind: 'operation'; readonly record: number; readonly at: ByteRange; readonly operation: ImportedOperation };

/** Columns of `call` that are numbers, in the order of a row of `numbers`. */
export const CALL_NUMBERS = [
  'record', 'byte_start', 'byte_length', 'time', 'time_kind', 'duration', 'port', 'status', 'req_bytes', 'res_bytes', 'flags', 'credential_id',
  'method_id', 'scheme_id', 'host_id', 'client_ip_id', 'user_agent_id', 'referer_id', 'consumer_id', 'upstream_id', 'route_id', 'service_id',
  'tool_id', 'content_type_id',
] as const; // prettier-ignore

/** Where the columns begin that refer to terms: to the end of the row. */
export const FIRST_TERM_COLUMN = 12;
/** Where the reference to a credential stands. */
export const CREDENTIAL_COLUMN = 11;

/** Columns of `call` that are texts of their own, in the order of a row of `lengths`. */
export const CALL_TEXTS = ['path', 'query', 'trace_id', 'span_id', 'parent_span_id', 'request_id'] as const;

/** Numbers in a row of `values`, `data` and `exposures`. */
export const NOTE_WIDTH = 5;

export const TIME_KINDS = { start: 0, end: 1, unknown: 2 } as const;

/** The buffers of a batch that move to another thread instead of being copied; blocks of details are in memory of zstd's, which cannot. */
export const buffersOf = (batch: EncodedBatch): ArrayBufferLike[] => [
  batch.numbers.buffer,
  batch.lengths.buffer,
  batch.values.buffer,
  batch.data.buffer,
  batch.exposures.buffer,
];
