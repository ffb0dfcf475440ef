import type { CallColumns } from '../../columns/call-columns.ts';
import { SLICE } from '../../columns/load-columns.ts';

/** Who called what: each pair of caller and endpoint once, and the pair of every call. Ids are row ids, 0 for none. */
export interface CasePairs {
  readonly principals: readonly number[];
  readonly endpoints: readonly number[];
  /** By ordinal of the call. */
  readonly pairOf: Int32Array;
}

/** Row ids stay far below this. */
const KEY_BASE = 2 ** 26;

/** The pairs of a case; made once and kept with its columns. Cost: one walk over two columns. */
export function casePairs(columns: CallColumns): Promise<CasePairs> {
  return columns.derived('graph pairs', async (breathe) => {
    await columns.need(['f.principal_id', 'f.endpoint_id']);
    const callers = await columns.idsOf('f.principal_id');
    const targets = await columns.idsOf('f.endpoint_id');
    const numbers = new Map<number, number>();
    const pairOf = new Int32Array(callers.length);
    for (let ordinal = 0; ordinal < callers.length; ordinal += 1) {
      if (ordinal % SLICE === 0) await breathe();
      const key = (callers[ordinal] ?? 0) * KEY_BASE + (targets[ordinal] ?? 0);
      let number = numbers.get(key);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(key, number);
      }
      pairOf[ordinal] = number;
    }
    const keys = [...numbers.keys()];
    return { principals: keys.map((key) => Math.floor(key / KEY_BASE)), endpoints: keys.map((key) => key % KEY_BASE), pairOf };
  });
}
