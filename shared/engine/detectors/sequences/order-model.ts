/** Symbols beyond this many share one: the rarest operations of a very large estate. 13 bits, so that four fit a number exactly. */
export const MAX_SYMBOLS = 8_000;
const BASE = 8_192;
/** Longest context. Source: detection 41. */
const ORDER = 3;
/** Taken from each count for what was never seen. Source: Chen and Goodman (1998), absolute discounting, 3.1.4. */
const DISCOUNT = 0.75;

interface Context {
  total: number;
  kinds: number;
}

/**
 * A model of variable order of what follows what, of up to three steps before: interpolated absolute discounting,
 * the back-off of Kneser and Ney with plain counts at the lowest order. Source: Chen and Goodman (1998), "An empirical study of smoothing techniques", section 3.
 */
export interface OrderModel {
  /** Counts one sequence in, or with −1 out again: so that a sequence is judged by the others. */
  readonly count: (sequence: readonly number[], by: 1 | -1) => void;
  /** Bits of each step of a sequence: how unlikely it is after those before it. */
  readonly bits: (sequence: readonly number[]) => readonly number[];
  /** The most frequent next step after the one at `at - 1`; undefined where nothing is known. */
  readonly usualNext: (sequence: readonly number[], at: number) => number | undefined;
}

/** An empty model. Memory: one number for each kind of four steps in a row. */
export function createOrderModel(symbols: number): OrderModel {
  const grams: readonly Map<number, number>[] = Array.from({ length: ORDER + 1 }, () => new Map<number, number>());
  const contexts: readonly Map<number, Context>[] = Array.from({ length: ORDER + 1 }, () => new Map<number, Context>());
  const followers = new Map<number, Map<number, number>>();
  /** The context of `length` steps before `at` as a number. */
  const contextAt = (sequence: readonly number[], at: number, length: number): number => {
    let key = 0;
    for (let place = at - length; place < at; place += 1) key = key * BASE + (sequence[place] ?? 0) + 1;
    return key;
  };
  const add = (order: number, context: number, symbol: number, by: 1 | -1): void => {
    const gram = context * BASE + symbol;
    const counts = grams[order];
    const known = contexts[order];
    if (counts === undefined || known === undefined) return;
    const before = counts.get(gram) ?? 0;
    const after = before + by;
    if (after === 0) counts.delete(gram);
    else counts.set(gram, after);
    const own = known.get(context) ?? { total: 0, kinds: 0 };
    known.set(context, own);
    own.total += by;
    own.kinds += Number(after > 0) - Number(before > 0);
  };
  return {
    count: (sequence, by) => {
      for (const [at, symbol] of sequence.entries()) {
        for (let order = 0; order <= Math.min(ORDER, at); order += 1) add(order, contextAt(sequence, at, order), symbol, by);
        if (at === 0) continue;
        const previous = sequence[at - 1] ?? 0;
        const next = followers.get(previous) ?? new Map<number, number>();
        followers.set(previous, next.set(symbol, (next.get(symbol) ?? 0) + by));
      }
    },
    bits: (sequence) =>
      sequence.map((symbol, at) => {
        let chance = 1 / Math.max(1, symbols);
        for (let order = 0; order <= Math.min(ORDER, at); order += 1) {
          const context = contextAt(sequence, at, order);
          const own = contexts[order]?.get(context);
          if (own === undefined || own.total <= 0) break;
          const count = grams[order]?.get(context * BASE + symbol) ?? 0;
          chance = Math.max(count - DISCOUNT, 0) / own.total + ((DISCOUNT * own.kinds) / own.total) * chance;
        }
        return -Math.log2(Math.max(chance, 1e-12));
      }),
    usualNext: (sequence, at) => [...(followers.get(sequence[at - 1] ?? -1) ?? [])].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0],
  };
}
