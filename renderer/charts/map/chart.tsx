import '../graph/chain-graph.css';
import './chart.css';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { GraphLine, GraphMap, GraphNode } from '#shared/contract/graph.ts';
import { formatCount } from '../../widgets/format.ts';
import { GraphTools } from '../graph/tools.tsx';
import { MapBox } from './boxes.tsx';
import { zoomAction } from '../graph/keys.ts';
import { BOX, type PlacedNode } from './layout.ts';
import { MapCounts, MapLines } from './lines.tsx';
import { goOnAt, litBy, stepFrom } from './steps.ts';
import type { PictureAct, PictureKeys } from '../picture-keys.ts';
import { mapWays, mapWayWords } from './ways.ts';
import { giveFocus } from '../give-focus.ts';
import { Minimap } from '../graph/minimap.tsx';
import { useMapPlaces } from './use-map-places.ts';
import { usePaths } from '../graph/use-paths.tsx';
import { useSize } from '../../widgets/use-size.ts';
import { needsMap, useZoom } from '../use-zoom.ts';

/** What is chosen in the map: a box, or a line by its ends and role. */
export type MapChoice = { readonly kind: 'node'; readonly id: string } | { readonly kind: 'line'; readonly id: string };

/** The map as it stands on the screen. */
export interface DrawnMap {
  readonly boxes: readonly PlacedNode[];
  readonly lines: readonly GraphLine[];
  readonly heads: readonly { readonly title: string; readonly x: number; readonly count: number }[];
  readonly width: number;
  readonly height: number;
}

interface MapChartProps {
  readonly keys: PictureKeys;
  /** All of it: what is hidden keeps its place. */
  readonly map: GraphMap;
  /** What of it is drawn. */
  readonly nodes: readonly GraphNode[];
  readonly lines: readonly GraphLine[];
  readonly label: string;
  readonly choice: MapChoice | undefined;
  readonly onChoose: (choice: MapChoice | undefined) => void;
  /** Takes a host apart, folds it again, leaves a box out. */
  readonly onOpen: (node: GraphNode) => void;
  readonly onFold: (node: GraphNode) => void;
  readonly onHide: (node: GraphNode) => void;
  /** Earlier and later states of the picture; absent where there is none. */
  readonly onBack: (() => void) | undefined;
  readonly onForward: (() => void) | undefined;
  /** Hears where the picture stands, for what saves it. */
  readonly onDrawn: (drawn: DrawnMap | undefined) => void;
}

const centerOf = ({ x, y }: PlacedNode) => ({ x: x + BOX.width / 2, y: y + BOX.height / 2 });

/** Callers, models, tools and operations from left to right; pan, zoom, and arrow keys along columns and lines. */
export function MapChart(props: MapChartProps) {
  const { keys, map, nodes, lines, label, choice, onChoose, onOpen, onFold, onHide, onBack, onForward, onDrawn } = props;
  const [sizeRef, size] = useSize();
  const zoom = useZoom(size);
  const { svg, world, frame, detail, isMoved, fit, whole, center, reveal } = zoom;
  const [{ layout, arrangement }, arrange] = useMapPlaces(map.nodes, map.lines);
  const drawn = useMemo((): DrawnMap => {
    const shown = new Set(nodes.map(({ id }) => id));
    const boxes = layout.nodes.filter(({ node }) => shown.has(node.id));
    const heads = layout.heads.map((head, column) => ({ ...head, count: boxes.filter((box) => box.column === column).length }));
    return { boxes, lines, heads, width: layout.width, height: layout.height };
  }, [layout, nodes, lines]);
  const { boxes } = drawn;
  const places = useMemo(() => new Map(boxes.map((placed) => [placed.node.id, placed])), [boxes]);
  const bounds = useMemo(() => ({ x: 0, y: 0, width: drawn.width, height: drawn.height }), [drawn]);
  const [focused, setFocused] = useState<PlacedNode | undefined>(undefined);
  const current = useMemo(() => goOnAt(boxes, focused), [boxes, focused]);
  const focusTo = (id: string): void => {
    const place = places.get(id);
    if (place === undefined) return;
    setFocused(place);
    giveFocus(svg.current, id);
    reveal(centerOf(place));
  };
  // What the keyboard was on may have been taken apart or hidden: it goes on at what came of it.
  const changed = useRef<typeof boxes>(undefined);
  useEffect(() => {
    if (changed.current === undefined || changed.current === boxes || current === undefined) return;
    changed.current = undefined;
    giveFocus(svg.current, current.node.id);
    reveal(centerOf(current));
  }, [boxes, current, svg, reveal]);
  const ways = useMemo(() => mapWays(nodes, lines), [nodes, lines]);
  const paths = usePaths(ways, mapWayWords, focusTo);
  const lit = useMemo(() => paths.lit ?? litBy(choice?.id, lines), [paths.lit, choice, lines]);

  useEffect(() => {
    onDrawn(drawn);
    return () => {
      onDrawn(undefined);
    };
  }, [onDrawn, drawn]);

  const fitted = useRef<{ readonly arrangement: number; readonly size: typeof size }>(undefined);
  useEffect(() => {
    const [first] = boxes;
    if (first === undefined || size.width === 0) return;
    const last = fitted.current;
    // Only a new picture is fitted, and one that nobody moved when the room changes: what was opened must not move the rest.
    if (last?.arrangement === arrangement && (last.size === size || isMoved())) return;
    fitted.current = { arrangement, size };
    fit({ bounds, root: { x: 0, y: 0 }, told: [], readsDown: true });
  }, [arrangement, boxes, bounds, size, fit, isMoved]);

  const showWhole = (): void => {
    whole(bounds);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = zoomAction(event, { keys, ...zoom, whole: showWhole, onBack, onForward }) ?? actionAt(event);
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const actionAt = (event: KeyboardEvent): (() => void) | undefined => {
    if (current === undefined) return undefined;
    const { node } = current;
    const isHeld = event.ctrlKey || event.metaKey || event.altKey;
    const next = isHeld ? undefined : stepFrom(boxes, lines, current, event.key);
    if (next !== undefined)
      return () => {
        focusTo(next.node.id);
      };
    const changing = (change: (node: GraphNode) => void) => () => {
      changed.current = boxes;
      change(node);
    };
    if (!isHeld && (event.key === 'Enter' || event.key === ' '))
      return () => {
        onChoose({ kind: 'node', id: node.id });
      };
    const actions: Readonly<Partial<Record<PictureAct, () => void>>> = {
      'expand-node': changing(onOpen),
      'collapse-node': changing(onFold),
      'hide-node': changing(onHide),
      'prove-link': () => {
        paths.take(node.id);
      },
    };
    const act = keys.read(event);
    return act === undefined ? undefined : actions[act];
  };
  return (
    <div ref={sizeRef} className={`graph graph-${detail} map`}>
      <svg
        ref={svg}
        className="graph-canvas"
        role="group"
        aria-label={label}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const id = event.target.dataset['node'];
          if (id !== undefined) setFocused(places.get(id));
        }}
      >
        <g ref={world}>
          {drawn.heads.map((head) => (
            <text key={head.x} x={head.x} y={18} className="map-head">
              {head.title} {formatCount(head.count)}
            </text>
          ))}
          <MapLines
            lines={lines}
            places={places}
            chosen={choice?.id}
            lit={lit}
            onChoose={(id) => {
              onChoose({ kind: 'line', id });
            }}
          />
          {boxes.map((placed) => (
            <MapBox
              key={placed.node.id}
              placed={placed}
              detail={detail}
              out={lines.filter((line) => line.from === placed.node.id).length}
              isChosen={choice?.id === placed.node.id}
              hasFocus={placed.node.id === current?.node.id}
              recedes={lit !== undefined && !lit.has(placed.node.id)}
              onChoose={() => {
                setFocused(placed);
                onChoose({ kind: 'node', id: placed.node.id });
              }}
            />
          ))}
          <MapCounts lines={lines} places={places} lit={lit} />
        </g>
      </svg>
      {needsMap(size, bounds) ? (
        <Minimap
          bounds={bounds}
          nodes={boxes.map((placed) => ({
            id: placed.node.id,
            center: centerOf(placed),
            size: BOX,
            isNamed: placed.node.severity !== undefined,
          }))}
          frame={frame}
          onCenter={center}
        />
      ) : null}
      {paths.panel}
      <GraphTools
        keys={keys}
        onBack={onBack}
        onForward={onForward}
        onArrange={arrange}
        isFinding={paths.panel !== undefined}
        onFind={() => {
          paths.take(undefined);
        }}
        onScale={zoom.scaleBy}
        onWhole={showWhole}
      />
    </div>
  );
}
