/** A bounded memory of what was computed for a text. */
export interface Recent<Value> {
  /** The value for the text: remembered, or computed now. */
  get(text: string): Value;
}

/**
 * Remembers results by text, at most about `2 × limit` of them: two generations, of which the older is dropped when the
 * younger is full. A true least-recently-used order was dropped: re-inserting on every hit cost more than the hit saved.
 */
export function createRecent<Value>(limit: number, compute: (text: string) => Value): Recent<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return {
    get(text) {
      let value = young.get(text);
      if (value !== undefined) return value;
      value = old.get(text) ?? compute(text);
      if (young.size >= limit) {
        old = young;
        young = new Map();
      }
      young.set(text, value);
      return value;
    },
  };
}
