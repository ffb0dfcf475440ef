/** Adds a value to the list of its key; makes the list at the first. Cost: constant, where copying the list would be quadratic. */
export function addTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [value]);
  else known.push(value);
}
