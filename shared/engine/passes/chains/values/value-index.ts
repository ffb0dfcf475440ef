import { numberAt } from '../../../../lib/numbers.ts';
import { sortIndices } from '../../../../lib/sort-indices.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { pageValues } from '../../../store/read/calls/values.ts';
import { NONE, type CallColumns } from '../call-columns.ts';

/** Entries held at once, about 20 bytes each; past it the values with the fewest bits are left out. */
export const MAX_ENTRIES = 6_000_000;
/** From this many answers on, the share below is meaningful. */
const MANY_ANSWERS = 1_000;
/** Values in more than this share of the answers are furniture: tenant, currency, version. */
const MAX_SHARE = 0.001;
/** In small cases a value may stand in this many answers: a list, its pages and a few details of the same thing. */
const FLOOR = 20;

/** Values that left in responses, by fingerprint and then by time. */
export interface ValueIndex {
  readonly entries: number;
  /** Calls with any value in their answer. */
  readonly answers: number;
  /** Entries of one fingerprint, as a range; undefined when unknown or too common to prove anything. */
  find(fingerprint: number): { readonly from: number; readonly to: number; readonly answers: number } | undefined;
  callAt(entry: number): number;
  fingerprintAt(entry: number): number;
  pointerAt(entry: number): number;
  bitsAt(entry: number): number;
}

/** The lowest number of bits with which the entries fit into memory, and how many they are then. */
async function leastBits(db: SqlDriver, breathe: () => Promise<void>): Promise<{ readonly bits: number; readonly total: number }> {
  const counts = new Map<number, number>();
  for (const page of pageValues(db, 1)) {
    for (const { values } of page) for (const { bits } of values) counts.set(bits, (counts.get(bits) ?? 0) + 1);
    await breathe();
  }
  let total = 0;
  for (const [bits, count] of [...counts].sort((a, b) => b[0] - a[0])) {
    if (total + count > MAX_ENTRIES) return { bits: bits + 1, total };
    total += count;
  }
  return { bits: 0, total };
}

/** Reads what left in responses. Undefined when no response body was kept. Cost: 20 bytes a value, one sort. */
export async function readValueIndex(
  db: SqlDriver,
  calls: CallColumns,
  indexOf: (id: number) => number,
  breathe: () => Promise<void>,
): Promise<ValueIndex | undefined> {
  const { bits, total } = await leastBits(db, breathe);
  if (total === 0) return undefined;
  const fingerprint = new Float64Array(total);
  const call = new Int32Array(total);
  const pointer = new Int32Array(total);
  const entropy = new Uint16Array(total);
  const answering = new Set<number>();
  let size = 0;
  for (const page of pageValues(db, 1)) {
    for (const { callId, values } of page) {
      const at = indexOf(callId);
      if (at === NONE || Number.isNaN(numberAt(calls.start, at))) continue;
      for (const value of values) {
        if (value.bits < bits) continue;
        fingerprint[size] = value.fingerprint;
        call[size] = at;
        pointer[size] = value.pointerId;
        entropy[size] = value.bits;
        answering.add(at);
        size += 1;
      }
    }
    await breathe();
  }
  // Rows of one call stand in evidence order, so the row's place decides among several places of one answer.
  const order = Uint32Array.from({ length: size }, (_, index) => index);
  await sortIndices(
    order,
    (a, b) => numberAt(fingerprint, a) - numberAt(fingerprint, b) || numberAt(call, a) - numberAt(call, b) || a - b,
    breathe,
  );
  const limit = answering.size >= MANY_ANSWERS ? Math.max(FLOOR, MAX_SHARE * answering.size) : FLOOR;
  const fingerprintOf = (place: number): number => numberAt(fingerprint, numberAt(order, place));

  return {
    entries: size,
    answers: answering.size,
    find(wanted) {
      let low = 0;
      let high = size;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (fingerprintOf(middle) < wanted) low = middle + 1;
        else high = middle;
      }
      const from = low;
      let answers = 0;
      let last = NONE;
      while (low < size && fingerprintOf(low) === wanted) {
        const at = numberAt(call, numberAt(order, low));
        if (at !== last) answers += 1;
        last = at;
        low += 1;
        if (answers > limit) return undefined;
      }
      return from === low ? undefined : { from, to: low, answers };
    },
    fingerprintAt: fingerprintOf,
    callAt: (entry) => numberAt(call, numberAt(order, entry)),
    pointerAt: (entry) => numberAt(pointer, numberAt(order, entry)),
    bitsAt: (entry) => numberAt(entropy, numberAt(order, entry)),
  };
}
