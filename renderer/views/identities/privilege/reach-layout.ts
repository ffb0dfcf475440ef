import type { PrivilegeScope } from '#shared/contract/privilege.ts';

/** Scopes drawn; the table has them all. */
export const MAX_DRAWN = 24;
/** Units: CSS px. */
const ROW = 28;
const TOP = 24;

/** How a scope stands: used in the window, used in an incident only, or never used. */
export type ScopeUse = 'used' | 'incident' | 'unused';

/** A scope of the picture with the line to it from the caller and the bar of its operations. Units: CSS px. */
export interface ReachNode {
  readonly scope: string;
  readonly use: ScopeUse;
  readonly y: number;
  /** Length of the bar of all operations that the scope opens, and of those used. */
  readonly reach: number;
  readonly used: number;
  readonly reaches: number;
  readonly usedCount: number;
  /** Ids of the endpoints of the operations that it was used for. */
  readonly endpoints: readonly string[];
}

/** What of a scope was used. */
export const standingOf = ({ used, incident }: PrivilegeScope): ScopeUse => (used > 0 ? 'used' : incident > 0 ? 'incident' : 'unused');

const RANK: Readonly<Record<ScopeUse, number>> = { used: 0, incident: 1, unused: 2 };

/**
 * Places scopes one below the other: used ones, those of incidents, unused ones; each with a bar of the operations that it opens.
 * Shape: at most `MAX_DRAWN`, the widest of each kind first; `width` is the room of the longest bar.
 */
export function layReach(
  scopes: readonly PrivilegeScope[],
  width: number,
): { readonly nodes: readonly ReachNode[]; readonly height: number } {
  const sorted = scopes
    .toSorted((a, b) => RANK[standingOf(a)] - RANK[standingOf(b)] || b.reaches - a.reaches || (a.scope < b.scope ? -1 : 1))
    .slice(0, MAX_DRAWN);
  const most = Math.max(1, ...sorted.map(({ reaches }) => reaches));
  const nodes = sorted.map((scope, index) => ({
    scope: scope.scope,
    use: standingOf(scope),
    y: TOP + index * ROW,
    reach: (scope.reaches / most) * width,
    used: (scope.used / most) * width,
    reaches: scope.reaches,
    usedCount: scope.used,
    endpoints: scope.opened.flatMap(({ used, endpoints }) => (used ? endpoints : [])),
  }));
  return { nodes, height: TOP + sorted.length * ROW };
}
