/** Marks of a strip: more than three a millimetre cannot be told apart. */
export const STRIP_MARKS = 200;
/** Rows of a ledger: a screen of them; the evidence has the rest. */
export const LEDGER_ROWS = 40;
/** Lines of a graph of owners: more are a ball of wool. */
export const GRAPH_LINKS = 30;

/** At most `most` items, evenly picked, the first and the last among them. */
export function fewOf<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * step)]).filter((item) => item !== undefined);
}
