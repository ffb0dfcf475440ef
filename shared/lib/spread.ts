/** Up to `limit` (2 or more) of the items, evenly spread, first and last included, so that a long run does not hide what follows it. */
export function spreadOver<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, index) => items[Math.round((index * (items.length - 1)) / (limit - 1))]).filter(
    (item) => item !== undefined,
  );
}
