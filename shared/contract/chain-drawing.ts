import { unpackRows, type PackedRows } from '../lib/columns.ts';
import type { UsualTime } from '../model/usual-time.ts';
import type { EdgeJson } from './report-json.ts';
import type { CallRow, ChainRow } from './rows.ts';

/** What is drawn of a call beside its `ref`. */
export const CALL_KEYS = [
  'alsoSeenAs', 'time', 'clockAheadMs', 'timeKind', 'durationMs', 'method', 'host', 'path', 'query', 'endpoint', 'status', 'principal', 'principalLabel', 'kind', 'upstream',
  'service', 'tool', 'findings', 'findingSeverity', 'outcome',
] as const; // prettier-ignore
/** What is known of an edge beside its two calls. */
export const EDGE_KEYS = ['kind', 'kinds', 'confidence', 'why', 'fromAt', 'toAt'] as const;

/** What pictures and tables of a chain show of a call; the rest of it is asked for when it is chosen. */
export type DrawnCall = Pick<CallRow, (typeof CALL_KEYS)[number] | 'ref'>;

/** A chain as its screen draws it. */
export interface ChainDrawing {
  readonly chain: ChainRow;
  /** In order of time on the common clock; at most as many as were asked for of `chain.callCount`. */
  readonly calls: readonly DrawnCall[];
  readonly edges: readonly EdgeJson[];
  /** How long its endpoints usually take, where enough calls of the case tell. */
  readonly usual: readonly UsualTime[];
  readonly truncated: boolean;
}

/**
 * The same by columns, as it crosses to the screen: 5,000 calls and their edges take an eighth of what they take row by row.
 * `refs` has the source and the record of each call in place of its `ref`, `edges` the places of both calls.
 */
export interface PackedChain {
  readonly chain: ChainRow;
  readonly refs: PackedRows;
  readonly calls: PackedRows;
  readonly edges: PackedRows;
  readonly usual: readonly UsualTime[];
  readonly truncated: boolean;
}

/** The chain as it is drawn, from how it crossed to the screen. */
export function unpackChain({ chain, refs, calls, edges, usual, truncated }: PackedChain): ChainDrawing {
  // Packed by our own engine from rows of these very types.
  const drawn = unpackRows(calls) as unknown as Writable<DrawnCall>[];
  for (const [index, { source, record }] of unpackRows(refs).entries()) {
    const call = drawn[index];
    if (call !== undefined) call.ref = `${String(source)}#${String(record)}`;
  }
  const joined = unpackRows(edges) as unknown as Writable<Omit<EdgeJson, 'from' | 'to'> & { from: unknown; to: unknown }>[];
  for (const edge of joined) {
    edge.from = drawn[Number(edge.from)]?.ref;
    edge.to = drawn[Number(edge.to)]?.ref;
  }
  return { chain, calls: drawn, edges: joined as unknown as readonly EdgeJson[], usual, truncated };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
