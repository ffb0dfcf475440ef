import type { CodecPort, CryptoPort } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';

export interface PassContext {
  readonly db: SqlDriver;
  readonly crypto: CryptoPort;
  readonly codec: CodecPort;
  /** Key of the case, for fingerprints. */
  readonly caseKey: Uint8Array;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  /** Lets other work in and throws AppError `cancelled` when asked to stop; call it at least every 50 ms. */
  readonly breathe: () => Promise<void>;
}

/**
 * A step of the analysis. Rebuilds its own derived tables from the raw ones and from those of the passes it needs, in one
 * transaction per table, so that a cancelled pass leaves the old result or none.
 */
export interface Pass {
  readonly id: string;
  /** Rises when the result would differ for the same evidence. */
  readonly version: number;
  readonly title: string;
  readonly needs: readonly string[];
  /** Tables that it fills: they are emptied before it, or a pass that it needs, runs anew, since their rows name rows of others by number. */
  readonly fills: readonly string[];
  /** Columns of `call_fact` that it sets. */
  readonly marks?: readonly string[];
  /** Passes whose rows it changes after they ran: who needs them as they were finds them made anew. */
  readonly alters?: readonly string[];
  /** What the analyst said that the result depends on, as one text, empty for nothing: the pass is out of date when it differs. */
  inputs?(db: SqlDriver): string;
  /** Returns one sentence with numbers for the method section of the report. */
  run(context: PassContext): Promise<string>;
}
