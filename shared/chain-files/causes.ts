import type { EdgeJson, EdgeKind } from '../contract/report-json.ts';

/** Kinds from the surest cause to the weakest, as `kind` of an edge is chosen; order alone is no cause. */
const STRENGTH: readonly EdgeKind[] = ['trace', 'rpc', 'nesting', 'redirect', 'pagination', 'credential', 'initiator', 'value'];

/**
 * The one cause that each call of a chain is drawn under where a format knows one parent only: by the strongest kind, then the surest.
 * Shape: by reference of the effect; no circles.
 */
export function bestCauses(edges: readonly EdgeJson[]): ReadonlyMap<string, EdgeJson> {
  const causes = new Map<string, EdgeJson>();
  const isCircle = (from: string, to: string): boolean => {
    for (let at: string | undefined = from; at !== undefined; at = causes.get(at)?.from) if (at === to) return true;
    return false;
  };
  const rank = ({ kind }: EdgeJson): number => STRENGTH.indexOf(kind);
  const real = edges.filter((edge) => rank(edge) >= 0);
  for (const edge of real.toSorted((a, b) => rank(a) - rank(b) || b.confidence - a.confidence))
    if (!causes.has(edge.to) && !isCircle(edge.from, edge.to)) causes.set(edge.to, edge);
  return causes;
}
