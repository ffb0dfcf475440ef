/** A graph to be placed. Units: CSS px; edges are pairs of node numbers, cause first. */
export interface LayoutInput {
  readonly nodes: readonly { readonly width: number; readonly height: number }[];
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/** Centres of the nodes, and the size of the whole. Units: CSS px. */
export interface LayoutResult {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Where an edge goes between its ends, so that it passes beside the nodes of the layers that it crosses; in the order of the edges. */
  readonly bends: readonly (readonly { readonly x: number; readonly y: number }[])[];
  readonly width: number;
  readonly height: number;
  /** Which way time and cause run. */
  readonly direction: Direction;
  /** Which way the picture was made. */
  readonly by: 'sugiyama' | 'layers';
}

/** `right`: causes on the left; `down`: causes on top. */
export type Direction = 'right' | 'down';

export interface Gaps {
  /** Between two layers, which must have room for the name of a value. Units: CSS px. */
  readonly layer: number;
  /** Between two nodes of a layer, which may have a host written above them. Units: CSS px. */
  readonly node: number;
}

export const GAPS: Readonly<Record<Direction, Gaps>> = { right: { layer: 96, node: 22 }, down: { layer: 48, node: 20 } };
const SWEEPS = 2;

/** Edges without those that close a circle, found by a walk in node order; a layered picture has no circles. */
export function withoutCircles({ nodes, edges }: LayoutInput): readonly (readonly [number, number])[] {
  const out: (readonly [number, number])[][] = nodes.map(() => []);
  for (const edge of edges) if (edge[0] !== edge[1]) out[edge[0]]?.push(edge);
  const state = new Uint8Array(nodes.length); // 0 new, 1 on the way, 2 done
  const kept: (readonly [number, number])[] = [];
  for (let root = 0; root < nodes.length; root += 1) {
    if (state[root] !== 0) continue;
    const stack: { readonly node: number; next: number }[] = [{ node: root, next: 0 }];
    state[root] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = out[top.node]?.[top.next];
      top.next += 1;
      if (edge === undefined) {
        state[top.node] = 2;
        stack.pop();
      } else if (state[edge[1]] !== 1) {
        kept.push(edge);
        if (state[edge[1]] === 0) {
          state[edge[1]] = 1;
          stack.push({ node: edge[1], next: 0 });
        }
      }
    }
  }
  return kept;
}

/** The column of each node: one more than the longest way to it. Source: longest-path layering; linear. */
export function longestPathLayers(count: number, edges: readonly (readonly [number, number])[]): readonly number[] {
  const layers = Array.from({ length: count }, () => 0);
  const waiting = Array.from({ length: count }, () => 0);
  const out: number[][] = layers.map(() => []);
  for (const [from, to] of edges) {
    out[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  }
  const ready = layers.flatMap((_, node) => (waiting[node] === 0 ? [node] : []));
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const to of out[node] ?? []) {
      layers[to] = Math.max(layers[to] ?? 0, (layers[node] ?? 0) + 1);
      waiting[to] = (waiting[to] ?? 1) - 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  return layers;
}

/** A layout as an algorithm makes it: columns from left to right. */
export type Columns = Pick<LayoutResult, 'points' | 'bends' | 'width' | 'height'>;

/**
 * Places a graph in columns from left to right; always finishes, and the same graph gives the same picture.
 * Source: longest-path layers and two barycentre sweeps (Sugiyama, Tagawa and Toda 1981), without dummy nodes.
 * Cost:   linear in nodes and edges but for the sorting inside a column.
 */
export function layeredLayout(input: LayoutInput, gaps: Gaps): Columns {
  const { nodes } = input;
  const edges = withoutCircles(input);
  const layers = longestPathLayers(nodes.length, edges);
  const columns: number[][] = [];
  for (const [node, layer] of layers.entries()) (columns[layer] ??= []).push(node);
  const before: number[][] = nodes.map(() => []);
  const after: number[][] = nodes.map(() => []);
  for (const [from, to] of edges) {
    before[to]?.push(from);
    after[from]?.push(to);
  }
  const rank = new Float64Array(nodes.length);
  for (const column of columns) for (const [position, node] of column.entries()) rank[node] = position;
  const centre = (near: readonly number[], node: number): number =>
    near.length === 0 ? (rank[node] ?? 0) : near.reduce((sum, other) => sum + (rank[other] ?? 0), 0) / near.length;
  const sweep = (order: readonly number[][], near: readonly (readonly number[])[]): void => {
    for (const column of order) {
      const keys = new Map(column.map((node) => [node, centre(near[node] ?? [], node)]));
      column.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0) || a - b);
      for (const [position, node] of column.entries()) rank[node] = position;
    }
  };
  for (let round = 0; round < SWEEPS; round += 1) {
    sweep(columns, before);
    sweep(columns.toReversed(), after);
  }
  return place(input, columns, before, gaps);
}

/** Columns as wide as their widest node; a node stands beside the middle of its causes where there is room. */
function place(
  { nodes }: LayoutInput,
  columns: readonly (readonly number[])[],
  before: readonly (readonly number[])[],
  gaps: Gaps,
): Columns {
  const points = nodes.map(() => ({ x: 0, y: 0 }));
  let left = 0;
  for (const column of columns) {
    const width = column.reduce((max, node) => Math.max(max, nodes[node]?.width ?? 0), 0);
    const wanted = column.map((node) => {
      const causes = before[node] ?? [];
      return causes.length === 0 ? 0 : causes.reduce((sum, cause) => sum + (points[cause]?.y ?? 0), 0) / causes.length;
    });
    const tops: number[] = [];
    let bottom = -Infinity;
    for (const [position, node] of column.entries()) {
      const height = nodes[node]?.height ?? 0;
      const y = Math.max(bottom + gaps.node + height / 2, wanted[position] ?? 0);
      tops.push(y);
      bottom = y + height / 2;
    }
    // Pushing down only would let a column drift: it moves back by the mean of what it was pushed.
    const drift = tops.reduce((sum, y, position) => sum + y - (wanted[position] ?? 0), 0) / Math.max(1, tops.length);
    for (const [position, node] of column.entries())
      points[node] = { x: left + (nodes[node]?.width ?? 0) / 2, y: (tops[position] ?? 0) - drift };
    left += width + gaps.layer;
  }
  const top = points.reduce((min, point, node) => Math.min(min, point.y - (nodes[node]?.height ?? 0) / 2), Infinity);
  const low = points.reduce((max, point, node) => Math.max(max, point.y + (nodes[node]?.height ?? 0) / 2), -Infinity);
  const empty = points.length === 0;
  return {
    points: points.map((point) => ({ x: point.x, y: point.y - top })),
    bends: [],
    width: empty ? 0 : left - gaps.layer,
    height: empty ? 0 : low - top,
  };
}
