import { select as d3Select, zoom as d3Zoom, zoomIdentity, zoomTransform, type ZoomBehavior } from 'd3';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { Point } from '#shared/graph/graph-routes.ts';
import type { Size } from './graph/placement.ts';

/** How much can be read of a picture: names may be drawn larger, and fewer of them, the smaller it is. */
export type Detail = 'full' | 'small' | 'middle' | 'far';
/** Below this scale captions of 11 px shrink to less than 10. */
const SMALL = 0.9;
/** Below this scale hosts and the names of links are not readable any more, below the second one templates neither. */
const MIDDLE = 0.62;
const FAR = 0.42;
const detailAt = (scale: number): Detail => (scale < FAR ? 'far' : scale < MIDDLE ? 'middle' : scale < SMALL ? 'small' : 'full');
/** A graph that is too large is not drawn smaller than this at first: names of 8.5 px can still be read. */
const READABLE = 0.7;
/** A small graph may fill its room a little more. */
const LARGEST = 1.15;
const MARGIN = 28;

/** What of a picture is told first: its box, its root and the nodes that findings name. */
export interface View {
  readonly bounds: Size & Point;
  readonly root: Point;
  readonly told: readonly Point[];
  /** True when it is read downwards, like columns of a table: it begins as wide as its room, however long it is. */
  readonly readsDown?: true;
}

export interface Zoom {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly world: RefObject<SVGGElement | null>;
  /** Takes the frame in the little map, which follows without drawing anything again. */
  readonly frame: (element: SVGRectElement | null) => void;
  /** How much can be read at this size. */
  readonly detail: Detail;
  /** True once the analyst moved the picture. */
  readonly isMoved: () => boolean;
  readonly fit: (view: View) => void;
  readonly whole: (bounds: Size & Point) => void;
  readonly scaleBy: (factor: number) => void;
  /** Units: CSS px of the screen. */
  readonly panBy: (x: number, y: number) => void;
  readonly center: (point: Point) => void;
  /** Moves the picture when a place is out of sight. */
  readonly reveal: (point: Point) => void;
}

/** Pan and zoom of a picture by pointer, wheel and from outside. Units: `size` in CSS px. */
export function useZoom(size: Size): Zoom {
  const svg = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const frame = useRef<SVGRectElement>(null);
  const behavior = useRef<ZoomBehavior<SVGSVGElement, unknown> | undefined>(undefined);
  const moved = useRef(false);
  const room = useRef(size);
  const [detail, setDetail] = useState<Detail>('full');
  useEffect(() => {
    room.current = size;
  }, [size]);

  useEffect(() => {
    const element = svg.current;
    if (element === null) return undefined;
    const made = d3Zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.05, 3])
      .on(
        'zoom',
        (event: {
          readonly transform: { toString(): string; readonly x: number; readonly y: number; readonly k: number };
          readonly sourceEvent: unknown;
        }) => {
          const { transform, sourceEvent } = event;
          if (sourceEvent !== null) moved.current = true;
          world.current?.setAttribute('transform', transform.toString());
          setFrame(frame.current, transform, room.current);
          setDetail(detailAt(transform.k));
        },
      );
    behavior.current = made;
    d3Select(element).call(made).on('dblclick.zoom', null);
    return () => {
      d3Select(element).on('.zoom', null);
    };
  }, []);

  const goTo = useCallback((x: number, y: number, k: number) => {
    if (svg.current !== null) behavior.current?.transform(d3Select(svg.current), zoomIdentity.translate(x, y).scale(k));
  }, []);
  const fit = useCallback(
    ({ bounds, root, told, readsDown }: View) => {
      if (size.width === 0) return;
      moved.current = false;
      // A large graph begins in a size that can be read, not as a thumbnail: at its root, with the way to a finding in sight.
      const k = Math.max(Math.min(readsDown === true ? acrossScale(size, bounds) : scaleFor(size, bounds), LARGEST), READABLE);
      const axis = (way: 'x' | 'y', length: 'width' | 'height'): number =>
        begin(
          size[length],
          bounds[way],
          bounds[length],
          k,
          root[way],
          [root, ...told].map((point) => point[way]),
        );
      goTo(axis('x', 'width'), axis('y', 'height'), k);
    },
    [size, goTo],
  );
  const center = useCallback((point: Point): void => {
    moved.current = true;
    if (svg.current !== null) behavior.current?.translateTo(d3Select(svg.current), point.x, point.y);
  }, []);
  const reveal = useCallback(
    (point: Point): void => {
      if (svg.current === null) return;
      const [x, y] = zoomTransform(svg.current).apply([point.x, point.y]);
      if (x < 80 || y < 40 || x > room.current.width - 80 || y > room.current.height - 40) center(point);
    },
    [center],
  );
  const takeFrame = useCallback((element: SVGRectElement | null): void => {
    frame.current = element;
    if (svg.current !== null) setFrame(element, zoomTransform(svg.current), room.current);
  }, []);
  const isMoved = useCallback(() => moved.current, []);
  return {
    svg,
    world,
    frame: takeFrame,
    detail,
    isMoved,
    fit,
    whole: (bounds) => {
      moved.current = true;
      const k = Math.min(1, scaleFor(size, bounds));
      goTo(size.width / 2 - (bounds.x + bounds.width / 2) * k, size.height / 2 - (bounds.y + bounds.height / 2) * k, k);
    },
    scaleBy: (factor) => {
      moved.current = true;
      if (svg.current !== null) behavior.current?.scaleBy(d3Select(svg.current), factor);
    },
    panBy: (x, y) => {
      moved.current = true;
      if (svg.current === null) return;
      const { k } = zoomTransform(svg.current);
      behavior.current?.translateBy(d3Select(svg.current), x / k, y / k);
    },
    center,
    reveal,
  };
}

/** The scale at which all of a picture is in sight. */
const scaleFor = (room: Size, bounds: Size): number =>
  Math.min(acrossScale(room, bounds), (room.height - 2 * MARGIN) / Math.max(1, bounds.height));

/** The scale at which a picture is as wide as its room. */
const acrossScale = (room: Size, bounds: Size): number => (room.width - 2 * MARGIN) / Math.max(1, bounds.width);

/** True when a picture is too large to be read as a whole: a little map helps. */
export const needsMap = (room: Size, bounds: Size): boolean => room.width > 0 && scaleFor(room, bounds) < READABLE;

function setFrame(frame: SVGRectElement | null, { x, y, k }: Point & { readonly k: number }, room: Size): void {
  frame?.setAttribute('x', String(-x / k));
  frame?.setAttribute('y', String(-y / k));
  frame?.setAttribute('width', String(room.width / k));
  frame?.setAttribute('height', String(room.height / k));
}

/**
 * Where a picture begins along one axis: in the middle when it fits; else so that the root and what findings name are in
 * the middle, or the root alone when they are too far apart, and never with empty room beyond an end.
 * Units: CSS px; `from`, `length`, `root` and `told` in the picture's own.
 */
function begin(room: number, from: number, length: number, k: number, root: number, told: readonly number[]): number {
  const free = room - length * k;
  if (free >= 2 * MARGIN) return free / 2 - from * k;
  const low = Math.min(...told);
  const high = Math.max(...told);
  // Half a wide node on both sides, or what is told would be cut at the edge.
  const middle = (high - low) * k + 6 * MARGIN <= room ? (low + high) / 2 : root;
  return Math.min(MARGIN, Math.max(free - MARGIN, room / 2 - (middle - from) * k)) - from * k;
}
