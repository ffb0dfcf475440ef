import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EDGE_WORDS, edgeLabel, edgeLine } from '../widgets/edge-words.ts';
import { formatCount } from '../widgets/format.ts';
import type { GraphEdge, GraphModel } from './graph-model.ts';
import type { GraphFocus } from './graph-steps.ts';
import { elideMiddle, type NodeBox } from './node-box.ts';

interface GraphEdgesProps {
  readonly model: GraphModel;
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly boxes: ReadonlyMap<string, NodeBox>;
  readonly path: ReadonlySet<string> | undefined;
  readonly chosen: string | undefined;
  readonly focus: GraphFocus | undefined;
  readonly onEdge: (id: string) => void;
}

/** The edges of a chain graph; each line says how the edge is known, and its width how many calls it stands for. */
export function GraphEdges({ model, places, boxes, path, chosen, focus, onEdge }: GraphEdgesProps) {
  return model.edges.map((edge) => {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    if (from === undefined || to === undefined) return null;
    const curve = route({ x: from.x + (boxes.get(edge.from)?.width ?? 0) / 2, y: from.y }, { x: to.x - (boxes.get(edge.to)?.width ?? 0) / 2, y: to.y });
    const classes = ['edge', edge.id === chosen ? 'chosen' : '', path !== undefined && !path.has(edge.id) ? 'recede' : ''];
    const words = describeEdge(edge);
    const label = labelOf(edge);
    return (
      <g
        key={edge.id}
        className={classes.filter((name) => name !== '').join(' ')}
        role="button"
        aria-label={words}
        aria-pressed={edge.id === chosen}
        tabIndex={focus?.id === edge.id ? 0 : -1}
        data-focus={edge.id}
        onClick={() => { onEdge(edge.id); }}
      >
        <title>{words}</title>
        <path d={curve.d} className="edge-hit" />
        <Line d={curve.d} edge={edge} />
        {label === '' ? null : <text x={curve.middle.x} y={curve.middle.y + 4} className="edge-text">{toVisibleText(label)}</text>}
      </g>
    );
  });
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

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A curve that leaves to the right and arrives from the left; an edge back in time goes around below. */
export function route(from: Point, to: Point): { readonly d: string; readonly middle: Point } {
  const text = (point: Point): string => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
  if (to.x > from.x + 8) {
    const bend = Math.max(24, (to.x - from.x) / 2);
    const d = `M${text(from)}C${text({ x: from.x + bend, y: from.y })} ${text({ x: to.x - bend, y: to.y })} ${text(to)}`;
    return { d, middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } };
  }
  const low = Math.max(from.y, to.y) + 40;
  const d = `M${text(from)}C${text({ x: from.x + 60, y: low })} ${text({ x: to.x - 60, y: low })} ${text(to)}`;
  return { d, middle: { x: (from.x + to.x) / 2, y: low - 10 } };
}

function labelOf(edge: GraphEdge): string {
  const [first] = edge.edges;
  const label = first === undefined ? '' : elideMiddle(edgeLabel(first), 16);
  return edge.edges.length > 1 ? `${label} ×${formatCount(edge.edges.length)}`.trim() : label;
}

/** An edge in words, as a screen reader says it and a tooltip shows it. */
export function describeEdge(edge: GraphEdge): string {
  const [first] = edge.edges;
  if (first === undefined) return '';
  const many = edge.edges.length > 1 ? `${formatCount(edge.edges.length)} links, the surest: ` : '';
  return toVisibleText(`${many}${EDGE_WORDS[first.kind]}, ${String(Math.round(first.confidence * 100))} %: ${first.why}. Enter shows the proof.`);
}
