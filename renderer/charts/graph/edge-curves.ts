import { toVisibleText } from '#shared/lib/visible-text.ts';
import { edgeLabel } from '../../widgets/edge/edge-words.ts';
import { formatCount } from '../../widgets/format.ts';
import type { GraphEdge, GraphModel } from './model.ts';
import { routeTowards, type Point, type Route } from '#shared/graph/graph-routes.ts';
import type { Direction } from '#shared/graph/layered-layout.ts';
import { placeNames } from '../map/name-places.ts';
import { elideMiddle } from './node-box.ts';
import type { Size } from './placement.ts';

/** An edge as it is drawn. */
export interface EdgeCurve {
  readonly edge: GraphEdge;
  readonly curve: Route;
  /** What is written on it; empty for nothing. */
  readonly text: string;
  /** Where that stands; absent when there is no room. */
  readonly name: Point | undefined;
}

/** Where the nodes of a picture stand, and how lines go between them. */
export interface Stand {
  readonly direction: Direction;
  readonly places: ReadonlyMap<string, Point>;
  readonly boxes: ReadonlyMap<string, Size>;
  /** By edge. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
}

/** Mean advance of Inter at 11 px, for the ground under a name. Units: CSS px. */
const ADVANCE = 6.4;
export const NAME_HEIGHT = 16;

/** Room that the name of an edge takes. Units: CSS px. */
export const nameWidth = (text: string): number => (text === '' ? 0 : [...text].length * ADVANCE + 8);

/** The curves of all edges, each from the side of its cause to the side of its effect, names where there is room. */
export function edgeCurves({ nodes, edges }: GraphModel, { direction, places, boxes, bends }: Stand): readonly EdgeCurve[] {
  const curves = edges.flatMap((edge) => {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    const fromBox = boxes.get(edge.from);
    const toBox = boxes.get(edge.to);
    if (from === undefined || to === undefined || fromBox === undefined || toBox === undefined) return [];
    const [start, end] =
      direction === 'right'
        ? [
            { x: from.x + fromBox.width / 2, y: from.y },
            { x: to.x - toBox.width / 2, y: to.y },
          ]
        : [
            { x: from.x, y: from.y + fromBox.height / 2 },
            { x: to.x, y: to.y - toBox.height / 2 },
          ];
    return [{ edge, text: toVisibleText(labelOf(edge)), curve: routeTowards(direction, start, end, bends.get(edge.id)) }];
  });
  const taken = nodes.flatMap(({ id }) => {
    const [place, box] = [places.get(id), boxes.get(id)];
    return place === undefined || box === undefined ? [] : [{ ...place, width: box.width + 4, height: box.height + 4 }];
  });
  const names = placeNames(
    curves.map(({ text, curve }) => ({ width: nameWidth(text), height: NAME_HEIGHT, spots: curve.spots })),
    taken,
  );
  return curves.map((curve, index) => ({ ...curve, name: names[index] }));
}

function labelOf(edge: GraphEdge): string {
  const [first] = edge.edges;
  const label = first === undefined ? '' : elideMiddle(edgeLabel(first), 16);
  return edge.edges.length > 1 ? `${label} ×${formatCount(edge.edges.length)}`.trim() : label;
}

/** Strokes of a line, the lowest first. Units: CSS px; `ink` says which colour. */
export function strokesOf(
  edge: GraphEdge,
  line: 'solid' | 'double' | 'thin' | 'dotted' | 'dashed',
): readonly { readonly ink: boolean; readonly width: number }[] {
  // Width grows with the logarithm of what the line stands for.
  const more = Math.log10(edge.edges.length);
  if (line === 'double')
    return [
      { ink: true, width: 4.2 + more },
      { ink: false, width: 1.8 + more / 2 },
    ];
  return [{ ink: true, width: (line === 'solid' || line === 'dotted' ? 1.5 : 1) + more }];
}
