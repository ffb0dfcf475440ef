import type { GraphModel } from './model.ts';
import { GAPS, type Direction } from '#shared/graph/layered-layout.ts';

export interface GraphFocus {
  readonly kind: 'node' | 'edge';
  readonly id: string;
}

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/**
 * Where an arrow key leads. Along the direction of the picture: from a node to an edge that leaves it and on to its
 * effect, or back; across it: among the nodes of a layer or the edges of a node. `undefined` when there is nothing.
 */
export function step(model: GraphModel, places: Places, at: GraphFocus, key: string, direction: Direction): GraphFocus | undefined {
  const [forward, back, next, previous] =
    direction === 'right' ? ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'] : ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft'];
  const along = (id: string): number => (direction === 'right' ? places.get(id)?.x : places.get(id)?.y) ?? 0;
  const across = (id: string): number => (direction === 'right' ? places.get(id)?.y : places.get(id)?.x) ?? 0;
  const move = key === next ? 1 : key === previous ? -1 : 0;
  if (at.kind === 'edge') {
    const edge = model.edges.find((candidate) => candidate.id === at.id);
    if (edge === undefined) return undefined;
    if (key === forward) return { kind: 'node', id: edge.to };
    if (key === back) return { kind: 'node', id: edge.from };
    const siblings = model.edges.filter((candidate) => candidate.from === edge.from).toSorted((a, b) => across(a.to) - across(b.to));
    return beside(
      siblings.map((sibling) => sibling.id),
      edge.id,
      move,
      'edge',
    );
  }
  if (key === forward || key === back) {
    const [first] = model.edges
      .filter((edge) => (key === forward ? edge.from : edge.to) === at.id)
      .toSorted((a, b) => (key === forward ? across(a.to) - across(b.to) : across(a.from) - across(b.from)));
    return first === undefined ? undefined : { kind: 'edge', id: first.id };
  }
  // Nodes of one column have different widths and so different centres; half a gap tells layers apart.
  const near = model.nodes
    .filter((node) => Math.abs(along(node.id) - along(at.id)) < GAPS[direction].layer / 2)
    .toSorted((a, b) => across(a.id) - across(b.id));
  return beside(
    near.map((node) => node.id),
    at.id,
    move,
    'node',
  );
}

function beside(ids: readonly string[], id: string, move: number, kind: GraphFocus['kind']): GraphFocus | undefined {
  const next = move === 0 ? undefined : ids[ids.indexOf(id) + move];
  return next === undefined ? undefined : { kind, id: next };
}
