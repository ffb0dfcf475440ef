import './chain-graph.css';
import { select as d3Select, zoom as d3Zoom, zoomIdentity, zoomTransform, type ZoomBehavior } from 'd3';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { GraphEdges } from './graph-edges.tsx';
import { GraphNodes } from './graph-nodes.tsx';
import { nodeCounts, pathThrough, type GraphModel } from './graph-model.ts';
import { step, type GraphFocus } from './graph-steps.ts';
import type { LayoutInput, LayoutResult } from '#shared/graph/layered-layout.ts';
import { commonHost, nodeBox } from './node-box.ts';
import { useLayout } from './use-layout.ts';
import { useSize } from './use-size.ts';

interface ChainGraphProps {
  readonly model: GraphModel;
  readonly label: string;
  /** What is chosen, by node or edge id. */
  readonly chosen: string | undefined;
  readonly onNode: (id: string) => void;
  readonly onEdge: (id: string) => void;
  /** Takes a folded node apart. */
  readonly onOpen: (id: string) => void;
}

/** Below this scale names are not readable any more. */
const FAR = 0.5;
/** A graph that is too large is not drawn smaller than this at first: names of 8.5 px can still be read. */
const READABLE = 0.7;
/** A small graph may fill its room a little more. */
const LARGEST = 1.15;
const MARGIN = 28;

/** A chain as a graph from left to right, in the order of cause and effect; pan, zoom, and arrow keys along the edges. */
export function ChainGraph({ model, label, chosen, onNode, onEdge, onOpen }: ChainGraphProps) {
  const [sizeRef, size] = useSize();
  const svg = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const behavior = useRef<ZoomBehavior<SVGSVGElement, unknown> | undefined>(undefined);
  const moved = useRef(false);
  const fitted = useRef<LayoutResult>(undefined);
  const [far, setFar] = useState(false);
  const [focus, setFocus] = useState<GraphFocus | undefined>(undefined);
  const boxes = useMemo(() => {
    const usual = commonHost(model.nodes);
    return new Map(model.nodes.map((node) => [node.id, nodeBox(node, nodeCounts(node).findings > 0, node.host !== usual)]));
  }, [model]);
  const input = useMemo((): LayoutInput => {
    const number = new Map(model.nodes.map((node, index) => [node.id, index]));
    return {
      nodes: model.nodes.map((node) => ({ width: boxes.get(node.id)?.width ?? 0, height: boxes.get(node.id)?.height ?? 0 })),
      edges: model.edges.map((edge) => [number.get(edge.from) ?? 0, number.get(edge.to) ?? 0] as const),
    };
  }, [model, boxes]);
  const layout = useLayout(input);
  const named = useMemo(() => new Set(model.nodes.flatMap((node, index) => (nodeCounts(node).findings > 0 ? [index] : []))), [model]);
  // A picture of an earlier graph would put nodes where they are not: it is shown only when it is of this one.
  const placed = layout.of === input ? layout.result : undefined;
  const places = useMemo(
    () => new Map(model.nodes.map((node, index) => [node.id, placed?.points[index] ?? { x: 0, y: 0 }])),
    [model, placed],
  );
  const path = useMemo(() => {
    if (chosen === undefined) return undefined;
    const edge = model.edges.find((candidate) => candidate.id === chosen);
    if (edge !== undefined) return new Set([...pathThrough(model, [edge.from, edge.to]), edge.id]);
    return model.nodes.some((node) => node.id === chosen) ? pathThrough(model, [chosen]) : undefined;
  }, [model, chosen]);

  useEffect(() => {
    const element = svg.current;
    if (element === null) return undefined;
    const made = d3Zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.05, 3])
      .on('zoom', (event: { readonly transform: { toString(): string; readonly k: number }; readonly sourceEvent: unknown }) => {
        if (event.sourceEvent !== null) moved.current = true;
        world.current?.setAttribute('transform', event.transform.toString());
        setFar(event.transform.k < FAR);
      });
    behavior.current = made;
    d3Select(element).call(made).on('dblclick.zoom', null);
    return () => {
      d3Select(element).on('.zoom', null);
    };
  }, []);

  const fit = useCallback(
    (result: LayoutResult) => {
      if (svg.current === null || behavior.current === undefined || size.width === 0) return;
      const scale = Math.min(
        (size.width - 2 * MARGIN) / Math.max(1, result.width),
        (size.height - 2 * MARGIN) / Math.max(1, result.height),
      );
      // A large graph begins in a size that can be read, not as a thumbnail: at its root, with the way to a finding in sight.
      const k = Math.max(Math.min(scale, LARGEST), READABLE);
      const root = result.points[0] ?? { x: 0, y: 0 };
      const told = [root, ...result.points.filter((_, index) => named.has(index))];
      const x = begin(
        size.width,
        result.width,
        k,
        root.x,
        told.map((point) => point.x),
      );
      const y = begin(
        size.height,
        result.height,
        k,
        root.y,
        told.map((point) => point.y),
      );
      behavior.current.transform(d3Select(svg.current), zoomIdentity.translate(x, y).scale(k));
    },
    [size.width, size.height, named],
  );
  useEffect(() => {
    if (placed === undefined) return;
    // A picture that the analyst moved stays where it is when the room changes, and only a new picture is fitted.
    if (fitted.current === placed && moved.current) return;
    fitted.current = placed;
    moved.current = false;
    fit(placed);
  }, [placed, fit]);

  const whole = (): void => {
    if (placed === undefined || svg.current === null || behavior.current === undefined) return;
    const k = Math.min(1, (size.width - 2 * MARGIN) / Math.max(1, placed.width), (size.height - 2 * MARGIN) / Math.max(1, placed.height));
    behavior.current.transform(
      d3Select(svg.current),
      zoomIdentity.translate((size.width - placed.width * k) / 2, (size.height - placed.height * k) / 2).scale(k),
    );
  };
  const zoomBy = (factor: number): void => {
    if (svg.current !== null && behavior.current !== undefined) behavior.current.scaleBy(d3Select(svg.current), factor);
  };

  const current = focus ?? (model.nodes[0] === undefined ? undefined : { kind: 'node', id: model.nodes[0].id });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '0') whole();
    else if (event.key === '+' || event.key === '=') zoomBy(1.25);
    else if (event.key === '-') zoomBy(0.8);
    else if (event.key === 'Enter' || event.key === ' ') (current.kind === 'node' ? onNode : onEdge)(current.id);
    else if ((event.key === 'e' || event.key === 'E') && current.kind === 'node') onOpen(current.id);
    else {
      const next = step(model, places, current, event.key, placed?.direction ?? 'right');
      if (next === undefined) return;
      setFocus(next);
      moveFocus(svg.current, behavior.current, next, places, model, size);
    }
    event.preventDefault();
  };

  return (
    <div ref={sizeRef} className={far ? 'graph graph-far' : 'graph'}>
      <svg
        ref={svg}
        className="graph-canvas"
        role="group"
        aria-label={label}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const id = event.target.dataset['focus'];
          if (id !== undefined) setFocus({ kind: boxes.has(id) ? 'node' : 'edge', id });
        }}
      >
        <defs>
          <marker
            id="edge-head"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 .5 8 4 0 7.5z" className="edge-head" />
          </marker>
        </defs>
        <g ref={world}>
          {placed === undefined ? null : (
            <>
              <GraphEdges
                model={model}
                direction={placed.direction}
                places={places}
                boxes={boxes}
                bends={placed.bends}
                path={path}
                chosen={chosen}
                focus={current}
                onEdge={(id) => {
                  setFocus({ kind: 'edge', id });
                  onEdge(id);
                }}
              />
              <GraphNodes
                model={model}
                places={places}
                boxes={boxes}
                path={path}
                chosen={chosen}
                focus={current}
                onNode={(id) => {
                  setFocus({ kind: 'node', id });
                  onNode(id);
                }}
                onOpen={onOpen}
              />
            </>
          )}
        </g>
      </svg>
      {layout.busy ? (
        <div className="graph-busy" role="status">
          Placing {model.nodes.length} nodes
          <button type="button" className="link" onClick={layout.cancel}>
            Draw the simple picture
          </button>
        </div>
      ) : null}
      <div className="graph-tools">
        <button
          type="button"
          className="icon-button"
          aria-label="Larger"
          title="Larger (+)"
          onClick={() => {
            zoomBy(1.25);
          }}
        >
          <Plus size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Smaller"
          title="Smaller (−)"
          onClick={() => {
            zoomBy(0.8);
          }}
        >
          <Minus size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
        <button type="button" className="icon-button" aria-label="Show the whole graph" title="Whole graph (0)" onClick={whole}>
          <Maximize size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}

/**
 * Where a picture begins along one axis: in the middle when it fits; else so that the root and what findings name are in
 * the middle, or the root alone when they are too far apart, and never with empty room beyond an end.
 * Units: CSS px; `told` and `root` in the picture's own.
 */
function begin(room: number, length: number, k: number, root: number, told: readonly number[]): number {
  const free = room - length * k;
  if (free >= 2 * MARGIN) return free / 2;
  const low = Math.min(...told);
  const high = Math.max(...told);
  // Half a wide node on both sides, or what is told would be cut at the edge.
  const middle = (high - low) * k + 6 * MARGIN <= room ? (low + high) / 2 : root;
  return Math.min(MARGIN, Math.max(free - MARGIN, room / 2 - middle * k));
}

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** Gives the keyboard to what was stepped to, and moves the picture when that is out of sight. */
function moveFocus(
  element: SVGSVGElement | null,
  behavior: ZoomBehavior<SVGSVGElement, unknown> | undefined,
  focus: GraphFocus,
  places: Places,
  model: GraphModel,
  size: { readonly width: number; readonly height: number },
): void {
  if (element === null || behavior === undefined) return;
  const target = [...element.querySelectorAll<SVGGElement>('[data-focus]')].find((candidate) => candidate.dataset['focus'] === focus.id);
  target?.focus({ preventScroll: true });
  const edge = model.edges.find((candidate) => candidate.id === focus.id);
  const place = places.get(edge?.to ?? focus.id);
  if (place === undefined) return;
  const transform = zoomTransform(element);
  const [x, y] = transform.apply([place.x, place.y]);
  if (x < 80 || y < 40 || x > size.width - 80 || y > size.height - 40) behavior.translateTo(d3Select(element), place.x, place.y);
}
