import { useMemo } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EDGE_WORDS, edgeLabel, edgeLine } from '../widgets/edge-words.ts';
import { formatCount } from '../widgets/format.ts';
import type { GraphEdge, GraphModel } from './graph-model.ts';
import { routeTowards, type Point } from '#shared/graph/graph-routes.ts';
import type { GraphFocus } from './graph-steps.ts';
import type { Direction } from '#shared/graph/layered-layout.ts';
import { placeNames } from './name-places.ts';
import { elideMiddle, type NodeBox } from './node-box.ts';

interface GraphEdgesProps {
  readonly model: GraphModel;
  readonly direction: Direction;
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly boxes: ReadonlyMap<string, NodeBox>;
  /** In the order of the model's edges. */
  readonly bends: readonly (readonly Point[])[];
  readonly path: ReadonlySet<string> | undefined;
  readonly chosen: string | undefined;
  readonly focus: GraphFocus | undefined;
  readonly onEdge: (id: string) => void;
}

/** The edges of a chain graph; each line says how the edge is known, and its width how many calls it stands for. */
export function GraphEdges({ model, direction, places, boxes, bends, path, chosen, focus, onEdge }: GraphEdgesProps) {
  const routed = useMemo(() => {
    const curves = model.edges.flatMap((edge, index) => {
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
      return [{ edge, text: toVisibleText(labelOf(edge)), curve: routeTowards(direction, start, end, bends[index]) }];
    });
    const nodes = [...boxes].flatMap(([id, { width, height }]) => {
      const place = places.get(id);
      return place === undefined ? [] : [{ ...place, width: width + 4, height: height + 4 }];
    });
    const names = placeNames(
      curves.map(({ text, curve }) => ({ width: widthOf(text), height: NAME_HEIGHT, spots: curve.spots })),
      nodes,
    );
    return curves.map((curve, index) => ({ ...curve, name: names[index] }));
  }, [model, places, boxes, bends, direction]);
  const drawn = routed.map((each) => ({ ...each, recede: path !== undefined && !path.has(each.edge.id) ? ' recede' : '' }));
  return (
    <>
      {drawn.map(({ edge, curve, recede }) => (
        <g
          key={edge.id}
          className={`edge${edge.id === chosen ? ' chosen' : ''}${recede}`}
          role="button"
          aria-label={describeEdge(edge)}
          aria-pressed={edge.id === chosen}
          tabIndex={focus?.id === edge.id ? 0 : -1}
          data-focus={edge.id}
          onClick={() => {
            onEdge(edge.id);
          }}
        >
          <title>{describeEdge(edge)}</title>
          <path d={curve.d} className="edge-hit" />
          <Line d={curve.d} edge={edge} />
        </g>
      ))}
      {/* Names stand above all lines, or a neighbour's line would strike them through. */}
      {drawn.map(({ edge, text, name, recede }) =>
        name === undefined ? null : (
          <Name
            key={edge.id}
            text={text}
            at={name}
            className={recede}
            onClick={() => {
              onEdge(edge.id);
            }}
          />
        ),
      )}
    </>
  );
}

/** Mean advance of Inter at 11 px, for the ground under a name. Units: CSS px. */
const ADVANCE = 6.4;
const NAME_HEIGHT = 16;
const widthOf = (text: string): number => (text === '' ? 0 : [...text].length * ADVANCE + 8);

function Name({
  text,
  at,
  className,
  onClick,
}: {
  readonly text: string;
  readonly at: Point;
  readonly className: string;
  readonly onClick: () => void;
}) {
  const width = widthOf(text);
  return (
    <g className={`edge-name${className}`} aria-hidden="true" onClick={onClick}>
      <rect x={at.x - width / 2} y={at.y - 8} width={width} height={NAME_HEIGHT} rx={3} className="edge-ground" />
      <text x={at.x} y={at.y + 4} className="edge-text">
        {text}
      </text>
    </g>
  );
}

function Line({ d, edge }: { readonly d: string; readonly edge: GraphEdge }) {
  const line = edgeLine(edge.kind);
  // Width grows with the logarithm of what the line stands for.
  const more = Math.log10(edge.edges.length);
  const base = line === 'solid' || line === 'dotted' ? 1.5 : 1;
  if (line === 'double') {
    return (
      <>
        <path d={d} className="edge-ink" strokeWidth={4.2 + more} markerEnd="url(#edge-head)" />
        <path d={d} className="edge-core" strokeWidth={1.8 + more / 2} />
      </>
    );
  }
  return <path d={d} className={`edge-ink ${line}`} strokeWidth={base + more} markerEnd="url(#edge-head)" />;
}

function labelOf(edge: GraphEdge): string {
  const [first] = edge.edges;
  const label = first === undefined ? '' : elideMiddle(edgeLabel(first), 16);
  return edge.edges.length > 1 ? `${label} ×${formatCount(edge.edges.length)}`.trim() : label;
}

/** An edge in words, as a screen reader says it and a tooltip shows it. */
function describeEdge(edge: GraphEdge): string {
  const [first] = edge.edges;
  if (first === undefined) return '';
  const many = edge.edges.length > 1 ? `${formatCount(edge.edges.length)} links, the surest: ` : '';
  return toVisibleText(
    `${many}${EDGE_WORDS[first.kind]}, ${String(Math.round(first.confidence * 100))} %: ${first.why}. Enter shows the proof.`,
  );
}
