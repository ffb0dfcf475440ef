import { useMemo } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EDGE_WORDS, edgeLine } from '../../widgets/edge/edge-words.ts';
import { formatCount } from '../../widgets/format.ts';
import { edgeCurves, NAME_HEIGHT, nameWidth, strokesOf } from './edge-curves.ts';
import type { GraphEdge, GraphModel } from './model.ts';
import type { Point } from '#shared/graph/graph-routes.ts';
import type { GraphFocus } from './steps.ts';
import type { Direction } from '#shared/graph/layered-layout.ts';
import type { NodeBox } from './node-box.ts';

interface GraphEdgesProps {
  readonly model: GraphModel;
  readonly direction: Direction;
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly boxes: ReadonlyMap<string, NodeBox>;
  /** By edge. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
  readonly path: ReadonlySet<string> | undefined;
  readonly chosen: string | undefined;
  readonly focus: GraphFocus | undefined;
  readonly onEdge: (id: string) => void;
}

/** The edges of a chain graph; each line says how the edge is known, and its width how many calls it stands for. */
export function GraphEdges({ model, direction, places, boxes, bends, path, chosen, focus, onEdge }: GraphEdgesProps) {
  const routed = useMemo(() => edgeCurves(model, { direction, places, boxes, bends }), [model, places, boxes, bends, direction]);
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
  const width = nameWidth(text);
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
  return strokesOf(edge, line).map(({ ink, width }) =>
    ink ? (
      <path key="ink" d={d} className={`edge-ink ${line}`} strokeWidth={width} markerEnd="url(#edge-head)" />
    ) : (
      <path key="core" d={d} className="edge-core" strokeWidth={width} />
    ),
  );
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
