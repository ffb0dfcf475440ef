import { coordSimplex, decrossTwoLayer, graph, layeringLongestPath, sugiyama, type GraphNode } from 'd3-dag';
import {
  GAPS,
  layeredLayout,
  withoutCircles,
  type Columns,
  type Direction,
  type Gaps,
  type LayoutInput,
  type LayoutResult,
} from './layered-layout.ts';

/** Largest graph that d3-dag gets: its time grows faster than the graph, and ours is linear. */
export const SUGIYAMA_NODES = 120;

/** Shape of the picture that a layout should fill: a fixed one, so that the same chain always looks the same. */
const SHAPE = { width: 900, height: 600 };

/**
 * Places a graph, the fine way up to 120 nodes, the linear way above; from left to right or from top to bottom,
 * whichever can be drawn larger: names are wide, so deep chains read better downwards and wide fans to the right.
 * What becomes part of a picture is given its `towards`; many nodes without a link are then a block of rows.
 */
export function layoutGraph(input: LayoutInput, fine: boolean, towards?: Direction): LayoutResult {
  if (towards !== undefined) return input.edges.length === 0 ? layoutBlock(input, towards) : layoutTowards(input, towards, fine);
  const right = layoutTowards(input, 'right', fine);
  const down = layoutTowards(input, 'down', fine);
  return scaleOf(down) > scaleOf(right) ? down : right;
}

/** Nodes that nothing links, in rows from left to right, in their order: one long line of them would not be seen. */
function layoutBlock({ nodes }: LayoutInput, direction: Direction): LayoutResult {
  const gap = GAPS[direction].node;
  const area = nodes.reduce((sum, node) => sum + (node.width + gap) * (node.height + gap), 0);
  const room = Math.sqrt((area * SHAPE.width) / SHAPE.height);
  const widest = nodes.reduce((max, node) => Math.max(max, node.width), 0);
  const tallest = nodes.reduce((max, node) => Math.max(max, node.height), 0);
  const columns = Math.max(1, Math.floor(room / (widest + gap)));
  const points = nodes.map((node, index) => ({
    x: (index % columns) * (widest + gap) + node.width / 2,
    y: Math.floor(index / columns) * (tallest + gap) + tallest / 2,
  }));
  const rows = Math.ceil(nodes.length / columns);
  return { points, bends: [], width: columns * (widest + gap) - gap, height: rows * (tallest + gap) - gap, direction, by: 'layers' };
}

const scaleOf = (layout: LayoutResult): number =>
  Math.min(1, SHAPE.width / Math.max(1, layout.width), SHAPE.height / Math.max(1, layout.height));

/** A downward picture is a picture to the right with both axes swapped. */
export function layoutTowards(input: LayoutInput, direction: Direction, fine: boolean): LayoutResult {
  const isFine = fine && input.nodes.length > 0 && input.nodes.length <= SUGIYAMA_NODES;
  const place = isFine ? sugiyamaLayout : layeredLayout;
  const by = isFine ? 'sugiyama' : 'layers';
  if (direction === 'right') return { ...place(input, GAPS.right), direction, by };
  const turned = place({ ...input, nodes: input.nodes.map((node) => ({ width: node.height, height: node.width })) }, GAPS.down);
  const turn = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: y, y: x });
  return {
    points: turned.points.map(turn),
    bends: turned.bends.map((bends) => bends.map(turn)),
    width: turned.height,
    height: turned.width,
    direction,
    by,
  };
}

/** d3-dag draws from top to bottom; sizes and places are swapped to give columns. */
function sugiyamaLayout(input: LayoutInput, gaps: Gaps): Columns {
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
    .gap([gaps.node, gaps.layer]);
  const { width, height } = layout(dag);
  // Nodes of one column begin at the same place: ragged beginnings are hard to scan.
  const lefts = new Map<number, number>();
  for (const [index, node] of made.entries()) {
    const left = node.y - (input.nodes[index]?.width ?? 0) / 2;
    lefts.set(node.y, Math.min(lefts.get(node.y) ?? left, left));
  }
  const points = made.map((node, index) => ({ x: (lefts.get(node.y) ?? 0) + (input.nodes[index]?.width ?? 0) / 2, y: node.x }));
  const bendsOf = new Map(
    [...dag.links()].map((link) => [
      `${String(link.source.data)} ${String(link.target.data)}`,
      link.points.slice(1, -1).map(([across, along]) => ({ x: along, y: across })),
    ]),
  );
  const bends = input.edges.map(([from, to]) => bendsOf.get(`${String(from)} ${String(to)}`) ?? []);
  return { points, bends, width: height, height: width };
}
