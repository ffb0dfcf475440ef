import type { GraphLayer, GraphLine, GraphNode } from '#shared/contract/graph.ts';

/** Size of a box and the room between boxes. Units: CSS px. */
export const BOX = { width: 208, height: 36, gap: 8, between: 88, margin: 12, head: 28 } as const;

const LAYERS: readonly GraphLayer[] = ['caller', 'model', 'tool', 'operation'];
/** Operations that operations call stand in further columns, so that a call goes to the right; more are not told apart. */
const MAX_STEPS = 3;
/** Rounds of ordering: the picture does not get better after these. */
const SWEEPS = 4;

/** A box with its place. Units: CSS px, the upper left corner. */
export interface PlacedNode extends Seat {
  readonly x: number;
  readonly y: number;
}

export interface MapLayout {
  readonly nodes: readonly PlacedNode[];
  /** Titles of the columns. */
  readonly heads: readonly { readonly title: string; readonly x: number; readonly count: number }[];
  readonly width: number;
  readonly height: number;
}

const TITLES: Readonly<Record<GraphLayer, string>> = { caller: 'Principals', model: 'Models', tool: 'Tools', operation: 'Endpoints' };

/**
 * Places the map in columns from left to right: callers, models, tools, operations, and operations that operations call.
 * Shape: the same map gives the same picture; a column that nothing stands in is left out.
 * Source: barycentre ordering as in `layered-layout.ts`, over columns that the layers give.
 * Cost:   linear in boxes and lines but for the sorting inside a column.
 */
export function mapLayout(nodes: readonly GraphNode[], lines: readonly GraphLine[]): MapLayout {
  const steps = operationSteps(nodes, lines);
  const columns = LAYERS.flatMap((layer) => {
    const own = nodes.filter((node) => node.layer === layer);
    if (layer !== 'operation') return [{ title: TITLES[layer], nodes: own }];
    return Array.from({ length: MAX_STEPS }, (_, step) => ({
      title: step === 0 ? TITLES.operation : 'Called by endpoints',
      nodes: own.filter((node) => (steps.get(node.id) ?? 0) === step),
    }));
  })
    .filter((column) => column.nodes.length > 0)
    .map((column) => ({ ...column, nodes: [...column.nodes].sort(byWeight) }));
  order(
    columns.map((column) => column.nodes),
    lines,
  );
  return drawColumns(
    columns.map(({ title }) => title),
    columns.flatMap((column, index) => column.nodes.map((node, row) => ({ node, column: index, row }))),
  );
}

/** A box in a grid of columns and rows. */
export interface Seat {
  readonly node: GraphNode;
  readonly column: number;
  readonly row: number;
}

/** The picture of boxes that have their seats; a row may be empty. */
export function drawColumns(titles: readonly string[], seats: readonly Seat[]): MapLayout {
  const x = (column: number): number => BOX.margin + column * (BOX.width + BOX.between);
  const rows = seats.reduce((most, { row }) => Math.max(most, row + 1), 0);
  return {
    nodes: seats.map(({ node, column, row }) => ({ node, column, row, x: x(column), y: BOX.head + row * (BOX.height + BOX.gap) })),
    heads: titles.map((title, column) => ({ title, x: x(column), count: seats.filter((seat) => seat.column === column).length })),
    width: titles.length === 0 ? 0 : 2 * BOX.margin + titles.length * (BOX.width + BOX.between) - BOX.between,
    height: BOX.head + rows * (BOX.height + BOX.gap) + BOX.margin,
  };
}

const RANKS = ['critical', 'high', 'medium', 'low', 'info'];
const rankOf = ({ severity }: GraphNode): number => (severity === undefined ? RANKS.length : RANKS.indexOf(severity));

/** What findings name first, then the busiest, then by id. */
const byWeight = (a: GraphNode, b: GraphNode): number => rankOf(a) - rankOf(b) || b.calls - a.calls || (a.id < b.id ? -1 : 1);

/**
 * How many operations stand before each one, along the shortest way from one that is mostly called by others than operations; an operation
 * that none of these reach begins a way itself.
 */
function operationSteps(nodes: readonly GraphNode[], lines: readonly GraphLine[]): ReadonlyMap<string, number> {
  const operations = new Set(nodes.filter((node) => node.layer === 'operation').map((node) => node.id));
  const inner = new Map<string, number>();
  for (const { from, to, role, calls } of lines)
    if (role === 'called') inner.set(to, (inner.get(to) ?? 0) + (operations.has(from) ? calls : -calls));
  const steps = new Map([...operations].filter((id) => (inner.get(id) ?? 0) <= 0).map((id) => [id, 0]));
  for (let step = 1; step < MAX_STEPS; step += 1) {
    const reached = lines.filter(
      (line) => line.role === 'called' && operations.has(line.to) && !steps.has(line.to) && steps.get(line.from) === step - 1,
    );
    for (const { to } of reached) steps.set(to, step);
  }
  return steps;
}

/** Orders each column by where the boxes that its own are joined to stand in the columns beside it. */
function order(columns: readonly GraphNode[][], lines: readonly GraphLine[]): void {
  const rows = new Map(columns.flatMap((column) => column.map((node, row) => [node.id, row / column.length] as const)));
  const near = new Map<string, { readonly id: string; readonly weight: number }[]>();
  for (const { from, to, calls } of lines) {
    const weight = 1 + Math.log10(Math.max(1, calls));
    near.set(from, [...(near.get(from) ?? []), { id: to, weight }]);
    near.set(to, [...(near.get(to) ?? []), { id: from, weight }]);
  }
  for (let round = 0; round < SWEEPS; round += 1)
    for (const column of columns) {
      const centres = new Map(
        column.map((node) => {
          const others = near.get(node.id) ?? [];
          const sum = others.reduce((all, other) => all + other.weight, 0);
          return [
            node.id,
            sum === 0 ? (rows.get(node.id) ?? 0) : others.reduce((all, { id, weight }) => all + (rows.get(id) ?? 0) * weight, 0) / sum,
          ];
        }),
      );
      column.sort((a, b) => (centres.get(a.id) ?? 0) - (centres.get(b.id) ?? 0) || byWeight(a, b));
      for (const [row, node] of column.entries()) rows.set(node.id, row / column.length);
    }
}

/** The curve of a line between two boxes: rightwards from side to side, back over the left, or around the right within a column. */
export function linePath(from: PlacedNode, to: PlacedNode): string {
  const y1 = from.y + BOX.height / 2;
  const y2 = to.y + BOX.height / 2;
  const [x1, x2] =
    to.column > from.column
      ? [from.x + BOX.width, to.x]
      : to.column < from.column
        ? [from.x, to.x + BOX.width]
        : [from.x + BOX.width, to.x + BOX.width];
  const bend = to.column === from.column ? BOX.between * 0.7 : (x2 - x1) / 2;
  const c2 = to.column === from.column ? x2 + bend : x2 - bend;
  return `M${String(x1)} ${String(y1)}C${String(x1 + bend)} ${String(y1)} ${String(c2)} ${String(y2)} ${String(x2)} ${String(y2)}`;
}
