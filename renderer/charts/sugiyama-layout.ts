import { coordSimplex, decrossTwoLayer, graph, layeringLongestPath, sugiyama, type GraphNode } from 'd3-dag';
import { COLUMN_GAP, layeredLayout, ROW_GAP, withoutCircles, type LayoutInput, type LayoutResult } from './layered-layout.ts';

/** Largest graph that d3-dag gets: its time grows faster than the graph, and ours is linear. */
export const SUGIYAMA_NODES = 120;

/** Places a graph: the fine way up to 120 nodes, the linear way above. */
export function layoutGraph(input: LayoutInput, fine: boolean): LayoutResult {
  return fine && input.nodes.length > 0 && input.nodes.length <= SUGIYAMA_NODES ? sugiyamaLayout(input) : layeredLayout(input);
}

/** d3-dag draws from top to bottom; sizes and places are swapped so that time reads from left to right. */
function sugiyamaLayout(input: LayoutInput): LayoutResult {
  const dag = graph<number, undefined>();
  const made = input.nodes.map((_, index) => dag.node(index));
  const seen = new Set<string>();
  for (const [from, to] of withoutCircles(input)) {
    const key = `${String(from)} ${String(to)}`;
    const source = made[from];
    const target = made[to];
    if (source === undefined || target === undefined || seen.has(key)) continue;
    seen.add(key);
    dag.link(source, target, undefined);
  }
  const layout = sugiyama()
    .layering(layeringLongestPath())
    .decross(decrossTwoLayer())
    .coord(coordSimplex())
    .nodeSize((node: GraphNode<number, undefined>) => {
      const size = input.nodes[node.data];
      return [size?.height ?? 1, size?.width ?? 1] as const;
    })
    .gap([ROW_GAP, COLUMN_GAP]);
  const { width, height } = layout(dag);
  // Nodes of one column begin at the same place: ragged beginnings are hard to scan.
  const lefts = new Map<number, number>();
  for (const [index, node] of made.entries()) {
    const left = node.y - (input.nodes[index]?.width ?? 0) / 2;
    lefts.set(node.y, Math.min(lefts.get(node.y) ?? left, left));
  }
  const points = made.map((node, index) => ({ x: (lefts.get(node.y) ?? 0) + (input.nodes[index]?.width ?? 0) / 2, y: node.x }));
  return { points, width: height, height: width, by: 'sugiyama' };
}
