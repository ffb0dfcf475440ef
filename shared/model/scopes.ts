/**
 * True when one of the granted scopes gives what is needed: itself, a wildcard over it, or its stronger form.
 * Example: `orders:*`, `orders:write` and `orders` each cover `orders:read`.
 */
export function isCovered(needed: string, granted: readonly string[]): boolean {
  const [family, action] = splitScope(needed);
  return granted.some((scope) => {
    if (scope === needed || (scope.endsWith('*') && needed.startsWith(scope.slice(0, -1)))) return true;
    const [grantedFamily, grantedAction] = splitScope(scope);
    if (grantedFamily !== family) return false;
    return grantedAction === '*' || grantedAction === '' || (action === 'read' && /^(?:write|admin|manage|full)$/.test(grantedAction));
  });
}

/** Family and action of a scope, whichever side the action stands on: `orders:read`, `read:orders`, `orders.read`. */
function splitScope(scope: string): readonly [family: string, action: string] {
  const parts = scope.toLowerCase().split(/[:.]/);
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return [scope.toLowerCase(), ''];
  const isAction = (word: string): boolean => /^(?:\*|read|write|admin|manage|full|create|update|delete|list|export)$/.test(word);
  const first = parts[0] ?? '';
  if (!isAction(last) && isAction(first)) return [parts.slice(1).join(':'), first];
  return [parts.slice(0, -1).join(':'), last];
}
