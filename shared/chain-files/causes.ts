import type { EdgeJson } from '../contract/report-json.ts';
import { numberAt } from '../lib/numbers.ts';
import { findCauses, ROOT } from '../model/chain-tree.ts';

/**
 * The one edge that each call of a chain stands under where a format knows one parent only, as `findCauses` chooses it; pages of a list stand
 * under the page before.
 * Shape: `refs` in order of time; by reference of the effect.
 */
export function bestCauses(refs: readonly string[], edges: readonly EdgeJson[]): ReadonlyMap<string, EdgeJson> {
  const at = new Map(refs.map((ref, index) => [ref, index]));
  const inside = edges.flatMap((edge) => {
    const [from, to] = [at.get(edge.from), at.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ from, to, kind: edge.kind, confidence: edge.confidence, edge }];
  });
  const causes = findCauses(refs.length, inside, () => false);
  const chosen = new Map<string, EdgeJson>();
  for (const { from, to, edge } of inside)
    if (numberAt(causes, to) === from && from !== ROOT && edge.kind !== 'adjacent' && !chosen.has(edge.to)) chosen.set(edge.to, edge);
  return chosen;
}
