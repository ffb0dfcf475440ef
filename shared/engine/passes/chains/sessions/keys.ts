import { numberAt } from '../../../../lib/numbers.ts';
import type { SessionKey } from '../../../../model/session-key.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { NONE } from '../call-columns.ts';
import { visitKeyValues } from '../values/key-values.ts';

/** No key on the call. */
export const NO_KEY = 0;
/** Hops that are walked up; longer ways are circles of a broken log. */
const MAX_HOPS = 16;
/** Values of two keys never meet: the place of the key goes into the hash. A prime, so that places spread. */
const SPREAD = 1_000_003;

/** One number for a value of a key. */
export const keyedHash = (place: number, hash: number): number => hash + (place + 1) * SPREAD;

/**
 * The value of the first key that each call carries, as a number; NO_KEY without any. `indexOf` gives the call that stands for a record.
 * Cost: 9 bytes a call, and what `visitKeyValues` costs.
 */
export async function readCallKeys(
  db: SqlDriver,
  codec: CodecPort,
  keys: readonly SessionKey[],
  count: number,
  indexOf: (id: number) => number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const keyOf = new Float64Array(count);
  const placeOf = new Uint8Array(count).fill(keys.length);
  await visitKeyValues(
    db,
    codec,
    keys,
    (callId, place, hash) => {
      const at = indexOf(callId);
      if (at === NONE || numberAt(placeOf, at) <= place) return;
      placeOf[at] = place;
      keyOf[at] = keyedHash(place, hash);
    },
    breathe,
  );
  return keyOf;
}

/** Gives the key of an inner hop to the calls that led to it and have none: a gateway often logs less than what stands behind it. */
export function spreadKeys(keyOf: Float64Array, parentOf: Int32Array): void {
  for (let at = 0; at < keyOf.length; at += 1) {
    const key = numberAt(keyOf, at);
    if (key === NO_KEY) continue;
    let up = numberAt(parentOf, at);
    for (let hop = 0; up !== NONE && hop < MAX_HOPS; hop += 1) {
      if (numberAt(keyOf, up) === NO_KEY) keyOf[up] = key;
      up = numberAt(parentOf, up);
    }
  }
}
