/**
 * True when a granted scope lets its holder do what a needed one says: the same, a wildcard, or a parent ending in `*`.
 * Example: `orders:*` covers `orders:read`; `orders` does not.
 */
export function coversScope(scope: string, needed: string): boolean {
  if (scope === needed || scope === '*') return true;
  return scope.endsWith('*') && scope.length > 1 && needed.startsWith(scope.slice(0, -1));
}
