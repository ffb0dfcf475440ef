/** Adds items to the end of a list. For data of any length: `push(...items)` fails at some hundred thousand. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
