import type { z } from 'zod';
import type { Json } from '../lib/json.ts';

/**
 * Where a method runs. `read`: the query process, a read-only connection. `write`: the work process, quick.
 * `job`: the work process, long, with progress and cancel. `export`: reads only and takes long, so the work process where
 * there is one, else the query process. `host`: the process that supervises both.
 */
export type MethodKind = 'read' | 'write' | 'job' | 'export' | 'host';

/** Who may call: a `window` (untrusted, names no path) or only the `host` itself. */
export type Audience = 'window' | 'host';

/** What survives the text pipe unchanged; a Date, Map, bigint, function or bytes would not. */
export type Wire<T> = T extends Json | undefined
  ? T
  : T extends bigint | symbol | Date | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | ArrayBufferView | ArrayBuffer
    ? never
    : T extends (...args: never[]) => unknown
      ? never
      : { [K in keyof T]: Wire<T[K]> };

export interface Method<Kind extends MethodKind, Schema extends z.ZodType, Result, Who extends Audience> {
  readonly kind: Kind;
  readonly audience: Who;
  /** Checks what arrives; the engine trusts nothing else. */
  readonly params: Schema;
  /** A type only; never present at run time. */
  readonly result?: Result;
}

/** Makes one row of a method table: `method<Result>()('read', paramsChecker)`. */
export const method =
  <Result>() =>
  <Kind extends MethodKind, Schema extends z.ZodType, Who extends Audience = 'window'>(
    kind: Kind,
    params: Result extends Wire<Result> ? Schema : never,
    audience: Who = 'window' as Who,
  ): Method<Kind, Schema, Result, Who> => ({ kind, params, audience });

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the table is generic over every member
export type AnyMethod = Method<MethodKind, z.ZodType, any, Audience>;
export type MethodTable = Readonly<Record<string, AnyMethod>>;

export type ParamsOf<M> = M extends Method<MethodKind, infer Schema, unknown, Audience> ? z.output<Schema> : never;
export type InputOf<M> = M extends Method<MethodKind, infer Schema, unknown, Audience> ? z.input<Schema> : never;
export type ResultOf<M> = M extends Method<MethodKind, z.ZodType, infer Result, Audience> ? Result : never;

/** How far a job is. Units: `done`/`total` in what `unit` says; `total` absent when it is not known. */
export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: 'bytes' | 'records' | 'steps';
  /** The source that an import is reading. */
  readonly source?: SourceProgress;
  /** True while an import is held. */
  readonly paused?: boolean;
}

/** How far the reading of one source is. */
export interface SourceProgress {
  /** As the evidence names it; the case may add `~2`. */
  readonly name: string;
  /** Units: bytes, after decompression. */
  readonly bytes: number;
  /** Absent when it is not known before the end. */
  readonly total?: number;
  /** Calls and operations stored so far, and records rejected. */
  readonly accepted: number;
  readonly rejected: number;
  /** True on the last report of the source. */
  readonly done: boolean;
}

/** What a running method may use beside its parameters. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

/** One function per method of the table; a missing or misspelt one does not compile. */
export type Handlers<Table extends MethodTable> = {
  readonly [Name in keyof Table]: (
    params: ParamsOf<Table[Name]>,
    context: CallContext,
  ) => Promise<ResultOf<Table[Name]>> | ResultOf<Table[Name]>;
};

/** The calling end: every method of the table by name, typed. */
export interface Client<Table extends MethodTable> {
  call<Name extends keyof Table & string>(
    name: Name,
    params: InputOf<Table[Name]>,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
  ): Promise<ResultOf<Table[Name]>>;
  /** Runs `listener` on each pushed event; returns how to stop. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  onClose(listener: (why: string) => void): () => void;
  close(): void;
}

/** What the engine or the host pushes: numbers and names, never data. */
export type EngineEvent =
  | { readonly event: 'revision'; readonly revision: number }
  /** The analyst's tags, notes, marks or views changed; evidence and analysis did not. */
  | { readonly event: 'review'; readonly revision: number }
  | { readonly event: 'case-opened'; readonly caseId: string }
  /** A case was named outside of the window, and opens with its passphrase only. */
  | { readonly event: 'case-waiting'; readonly file: string }
  /** Files that the analyst chose outside the page, for it to review. */
  | {
      readonly event: 'evidence-offered';
      readonly files: readonly { readonly id: string; readonly name: string; readonly bytes: number }[];
    }
  | { readonly event: 'engine-restarted'; readonly process: 'work' | 'query'; readonly why: string };
