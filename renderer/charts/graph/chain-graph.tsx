import './chain-graph.css';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { chainWays, chainWayWords } from './chain-ways.ts';
import { giveFocus } from '../give-focus.ts';
import { GraphEdges } from './edges.tsx';
import { GraphNodes } from './nodes.tsx';
import { zoomAction } from './keys.ts';
import { nodeCounts, pathThrough, type GraphModel } from './model.ts';
import type { DrawnGraph } from './picture.ts';
import { step, type GraphFocus } from './steps.ts';
import { GraphTools } from './tools.tsx';
import { Minimap } from './minimap.tsx';
import { nodeBoxes } from './node-box.ts';
import type { PictureKeys } from '../picture-keys.ts';
import { boundsOf } from './placement.ts';
import { useLayout } from './use-layout.ts';
import { usePaths } from './use-paths.tsx';
import { useSize } from '../../widgets/use-size.ts';
import { needsMap, useZoom } from '../use-zoom.ts';

interface ChainGraphProps {
  readonly keys: PictureKeys;
  readonly model: GraphModel;
  readonly label: string;
  /** What is chosen, by node or edge id. */
  readonly chosen: string | undefined;
  readonly onNode: (id: string) => void;
  readonly onEdge: (id: string) => void;
  /** Takes a node apart, puts it or its effects away, leaves it out. */
  readonly onOpen: (id: string) => void;
  readonly onCollapse: (id: string) => void;
  readonly onHide: (id: string) => void;
  /** Earlier and later states of the picture; absent where there is none. */
  readonly onBack: (() => void) | undefined;
  readonly onForward: (() => void) | undefined;
  /** Hears where the picture stands, for what saves it. */
  readonly onDrawn: (drawn: DrawnGraph | undefined) => void;
}

/** A chain as a graph from left to right, in the order of cause and effect; pan, zoom, and arrow keys along the edges. */
export function ChainGraph(props: ChainGraphProps) {
  const { keys, model, label, chosen, onNode, onEdge, onOpen, onCollapse, onHide, onBack, onForward, onDrawn } = props;
  const [sizeRef, size] = useSize();
  const { svg, world, frame, detail, isMoved, fit, whole, scaleBy, panBy, center, reveal } = useZoom(size);
  const [focus, setFocus] = useState<GraphFocus | undefined>(undefined);
  const boxes = useMemo(() => nodeBoxes(model), [model]);
  const layout = useLayout(model, boxes);
  const { placed } = layout;
  const picture = useMemo(() => {
    if (placed === undefined) return undefined;
    const nodes = model.nodes.flatMap((node) => {
      const [center, box] = [placed.places.get(node.id), boxes.get(node.id)];
      return center === undefined || box === undefined ? [] : [{ id: node.id, center, size: box, isNamed: nodeCounts(node).findings > 0 }];
    });
    return { nodes, bounds: boundsOf(nodes) };
  }, [placed, model, boxes]);
  const places = useMemo(() => new Map(picture?.nodes.map(({ id, center }) => [id, center])), [picture]);
  const focusTo = (id: string): void => {
    setFocus({ kind: 'node', id });
    giveFocus(svg.current, id);
    const place = places.get(id);
    if (place !== undefined) reveal(place);
  };
  const ways = useMemo(() => ({ graph: chainWays(model), words: chainWayWords(model) }), [model]);
  const paths = usePaths(ways.graph, ways.words, focusTo);
  const path = useMemo(() => {
    if (paths.lit !== undefined) return paths.lit;
    if (chosen === undefined) return undefined;
    const edge = model.edges.find((candidate) => candidate.id === chosen);
    if (edge !== undefined) return new Set([...pathThrough(model, [edge.from, edge.to]), edge.id]);
    return model.nodes.some((node) => node.id === chosen) ? pathThrough(model, [chosen]) : undefined;
  }, [model, chosen, paths.lit]);

  useEffect(() => {
    onDrawn(placed === undefined ? undefined : { model, boxes, placed });
  }, [onDrawn, model, boxes, placed]);

  const fitted = useRef<{ readonly arrangement: number; readonly size: typeof size }>(undefined);
  useEffect(() => {
    const root = picture?.nodes[0]?.center;
    if (placed === undefined || picture === undefined || root === undefined || size.width === 0) return;
    const last = fitted.current;
    // Only a new picture is fitted, and one that nobody moved when the room changes: what was opened must not move the rest.
    if (last?.arrangement === placed.arrangement && (last.size === size || isMoved())) return;
    fitted.current = { arrangement: placed.arrangement, size };
    fit({ bounds: picture.bounds, root, told: picture.nodes.flatMap(({ center, isNamed }) => (isNamed ? [center] : [])) });
  }, [placed, picture, size, fit, isMoved]);

  const current = useMemo(() => currentFocus(model, focus), [model, focus]);
  // What the keyboard was on may have been taken apart or put away: it goes on at what came of it.
  const refocus = useRef(false);
  useEffect(() => {
    const place = current === undefined ? undefined : places.get(current.id);
    if (!refocus.current || layout.waiting > 0 || current === undefined || place === undefined) return;
    refocus.current = false;
    giveFocus(svg.current, current.id);
    reveal(place);
  }, [layout.waiting, current, places, svg, reveal]);

  const showWhole = (): void => {
    if (picture !== undefined) whole(picture.bounds);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = actionFor(event);
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const actionFor = (event: KeyboardEvent): (() => void) | undefined => {
    const moving = zoomAction(event, { keys, scaleBy, panBy, onBack, onForward, whole: showWhole });
    if (moving !== undefined) return moving;
    if (current === undefined) return undefined;
    const changing = (change: (id: string) => void) =>
      current.kind === 'node'
        ? () => {
            refocus.current = true;
            change(current.id);
          }
        : undefined;
    const isHeld = event.ctrlKey || event.metaKey || event.altKey;
    if (!isHeld && (event.key === 'Enter' || event.key === ' '))
      return () => {
        (current.kind === 'node' ? onNode : onEdge)(current.id);
      };
    switch (keys.read(event)) {
      case 'expand-node':
        return changing(onOpen);
      case 'collapse-node':
        return changing(onCollapse);
      case 'hide-node':
        return changing(onHide);
      case 'prove-link':
        return () => {
          paths.take(current.kind === 'node' ? current.id : undefined);
        };
      default: {
        const next = isHeld ? undefined : step(model, places, current, event.key, placed?.direction ?? 'right');
        return next === undefined
          ? undefined
          : () => {
              moveTo(next);
            };
      }
    }
  };
  const moveTo = (next: GraphFocus): void => {
    setFocus(next);
    giveFocus(svg.current, next.id);
    const place = places.get(model.edges.find((edge) => edge.id === next.id)?.to ?? next.id);
    if (place !== undefined) reveal(place);
  };

  return (
    <div ref={sizeRef} className={`graph graph-${detail}`}>
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
        <ArrowHead />
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
                onOpen={(id) => {
                  setFocus({ kind: 'node', id });
                  refocus.current = true;
                  onOpen(id);
                }}
              />
            </>
          )}
        </g>
      </svg>
      {layout.waiting > 0 ? <Busy nodes={layout.waiting} onCancel={layout.cancel} /> : null}
      {picture !== undefined && needsMap(size, picture.bounds) ? (
        <Minimap bounds={picture.bounds} nodes={picture.nodes} frame={frame} onCenter={center} />
      ) : null}
      {paths.panel}
      <GraphTools
        keys={keys}
        onBack={onBack}
        onForward={onForward}
        onArrange={layout.arrange}
        isFinding={paths.panel !== undefined}
        onFind={() => {
          paths.take(undefined);
        }}
        onScale={scaleBy}
        onWhole={showWhole}
      />
    </div>
  );
}

function Busy({ nodes, onCancel }: { readonly nodes: number; readonly onCancel: () => void }) {
  return (
    <div className="graph-busy" role="status">
      Placing {nodes} nodes
      <button type="button" className="link" onClick={onCancel}>
        Draw the simple picture
      </button>
    </div>
  );
}

function ArrowHead() {
  return (
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
  );
}

/** What the keyboard is on; when that is gone, what it was taken apart into, or what took it back, or else the first node. */
function currentFocus(model: GraphModel, focus: GraphFocus | undefined): GraphFocus | undefined {
  const { nodes, edges } = model;
  if (focus?.kind === 'edge' && edges.some(({ id }) => id === focus.id)) return focus;
  const id = focus?.id;
  const node =
    nodes.find((each) => each.id === id) ??
    nodes.find(({ home }) => home !== undefined && home === id) ??
    nodes.find(({ calls, below }) => id !== undefined && [...calls, ...below].some(({ ref }) => ref === id || `fold ${ref}` === id)) ??
    nodes[0];
  return node === undefined ? undefined : { kind: 'node', id: node.id };
}
