import type { GraphLine, GraphNode } from '#shared/contract/graph.ts';
import { drawColumns, mapLayout, type MapLayout, type Seat } from './layout.ts';

/** A map as it stands, and where boxes stood that are not in it now: what comes back comes back to its place. */
export interface MapPlaces {
  readonly nodes: readonly GraphNode[];
  readonly lines: readonly GraphLine[];
  readonly layout: MapLayout;
  readonly seats: ReadonlyMap<string, Pick<Seat, 'column' | 'row'>>;
  /** Another one for each picture that was laid out from nothing. */
  readonly arrangement: number;
}

/** Below this share of boxes with a place it is another picture, which is laid out from nothing. */
const SHARED = 0.5;

/** Lays a map out from nothing. */
export function arrangeMap(nodes: readonly GraphNode[], lines: readonly GraphLine[], before?: MapPlaces): MapPlaces {
  const layout = mapLayout(nodes, lines);
  const seats = new Map(layout.nodes.map(({ node, column, row }) => [node.id, { column, row }]));
  return { nodes, lines, layout, seats, arrangement: (before?.arrangement ?? 0) + 1 };
}

/**
 * The map after a change: boxes keep their places, new ones take the free rows of their column that are nearest to what they came out of
 * or went into. A map that shares little with the one before, or has other columns, is laid out from nothing.
 */
export function placeMap(before: MapPlaces, nodes: readonly GraphNode[], lines: readonly GraphLine[]): MapPlaces {
  const fresh = mapLayout(nodes, lines);
  const titles = fresh.heads.map(({ title }) => title);
  const isSame = titles.join('\n') === before.layout.heads.map(({ title }) => title).join('\n');
  const staying = nodes.filter(({ id }) => before.seats.has(id)).length;
  if (!isSame || staying < nodes.length * SHARED) return arrangeMap(nodes, lines, before);
  const taken = titles.map(() => new Set<number>());
  const seats = new Map(before.seats);
  const placed = new Map<string, Seat>();
  const sit = (node: GraphNode, column: number, wish: number): void => {
    const row = nearestFree(taken[column] ?? new Set(), wish);
    taken[column]?.add(row);
    seats.set(node.id, { column, row });
    placed.set(node.id, { node, column, row });
  };
  const inSight = new Set(before.nodes.map(({ id }) => id));
  // Those in sight first: what comes back may find its place taken, what stayed may not.
  for (const node of nodes.toSorted((a, b) => Number(inSight.has(b.id)) - Number(inSight.has(a.id)))) {
    const seat = before.seats.get(node.id);
    if (seat !== undefined) sit(node, seat.column, seat.row);
  }
  for (const { node, column, row } of fresh.nodes) if (!placed.has(node.id)) sit(node, column, homeRow(before, node) ?? row);
  return {
    nodes,
    lines,
    layout: drawColumns(
      titles,
      nodes.flatMap(({ id }) => placed.get(id) ?? []),
    ),
    seats,
    arrangement: before.arrangement,
  };
}

/** Where the box of a host stood that an operation came out of, or the operations that went into it. */
function homeRow({ layout }: MapPlaces, { host, layer }: GraphNode): number | undefined {
  if (host === undefined || layer !== 'operation') return undefined;
  return layout.nodes.find(({ node }) => node.layer === 'operation' && node.host === host)?.row;
}

/** The free row that is nearest to the one wished for, below it first. */
function nearestFree(taken: ReadonlySet<number>, wish: number): number {
  for (let away = 0; ; away += 1) {
    if (!taken.has(wish + away)) return wish + away;
    if (wish - away >= 0 && !taken.has(wish - away)) return wish - away;
  }
}
