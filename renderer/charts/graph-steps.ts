import type { GraphModel } from './graph-model.ts';

export interface GraphFocus {
  readonly kind: 'node' | 'edge';
  readonly id: string;
}

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/**
 * Where an arrow key leads: right from a node to an edge that leaves it and on to its effect, left the other way;
 * up and down among the nodes of a column or the edges of a node. `undefined` when there is nothing that way.
 */
export function step(model: GraphModel, places: Places, at: GraphFocus, key: string): GraphFocus | undefined {
  const heightOf = (id: string): number => places.get(id)?.y ?? 0;
  if (at.kind === 'edge') {
    const edge = model.edges.find((candidate) => candidate.id === at.id);
    if (edge === undefined) return undefined;
    if (key === 'ArrowRight') return { kind: 'node', id: edge.to };
    if (key === 'ArrowLeft') return { kind: 'node', id: edge.from };
    const siblings = model.edges.filter((candidate) => candidate.from === edge.from).toSorted((a, b) => heightOf(a.to) - heightOf(b.to));
    return beside(siblings.map((sibling) => sibling.id), edge.id, key, 'edge');
  }
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    const along = model.edges
      .filter((edge) => (key === 'ArrowRight' ? edge.from : edge.to) === at.id)
      .toSorted((a, b) => (key === 'ArrowRight' ? heightOf(a.to) - heightOf(b.to) : heightOf(a.from) - heightOf(b.from)));
    const [first] = along;
    return first === undefined ? undefined : { kind: 'edge', id: first.id };
  }
  const column = places.get(at.id)?.x ?? 0;
  // Nodes of one column have different widths and so different centres; half a gap tells columns apart.
  const near = model.nodes.filter((node) => Math.abs((places.get(node.id)?.x ?? 0) - column) < 48).toSorted((a, b) => heightOf(a.id) - heightOf(b.id));
  return beside(near.map((node) => node.id), at.id, key, 'node');
}

function beside(ids: readonly string[], id: string, key: string, kind: GraphFocus['kind']): GraphFocus | undefined {
  const move = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  const next = move === 0 ? undefined : ids[ids.indexOf(id) + move];
  return next === undefined ? undefined : { kind, id: next };
}
