import type { Direction } from './layered-layout.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How an edge is drawn. */
export interface Route {
  readonly d: string;
  /** Places on it where its name may stand, the best first. */
  readonly spots: readonly Point[];
}

/** Shares of a curve at which a name may stand: its middle before its ends. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8] as const;

const text = (point: Point): string => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;

/** A curve that leaves to the right, goes through the bends and arrives from the left; an edge back in time goes around below. */
export function route(from: Point, to: Point, bends: readonly Point[] = []): Route {
  if (to.x <= from.x + 8) {
    const low = Math.max(from.y, to.y) + 40;
    const d = `M${text(from)}C${text({ x: from.x + 60, y: low })} ${text({ x: to.x - 60, y: low })} ${text(to)}`;
    return { d, spots: [{ x: (from.x + to.x) / 2, y: low - 10 }] };
  }
  const points = [from, ...bends, to];
  const legs = points.slice(1).map((end, index) => legOf(points[index] ?? from, end));
  const middle = (legs.length - 1) / 2;
  return {
    d: `M${text(from)}${legs.map(({ end, out, back }) => `C${text(out)} ${text(back)} ${text(end)}`).join('')}`,
    spots: legs
      .map((leg, index) => ({ leg, away: Math.abs(index - middle) }))
      .toSorted((a, b) => a.away - b.away)
      .flatMap(({ leg }) => SHARES.map((share) => pointOf(leg, share))),
  };
}

/** One piece of a curve, with its two control points. */
interface Leg {
  readonly start: Point;
  readonly out: Point;
  readonly back: Point;
  readonly end: Point;
}

function legOf(start: Point, end: Point): Leg {
  const bend = (end.x - start.x) / 2;
  return { start, end, out: { x: start.x + bend, y: start.y }, back: { x: end.x - bend, y: end.y } };
}

/** The point of a cubic Bézier curve at a share of it. */
function pointOf({ start, out, back, end }: Leg, share: number): Point {
  const rest = 1 - share;
  const mix = (axis: 'x' | 'y'): number =>
    rest ** 3 * start[axis] + 3 * rest * rest * share * out[axis] + 3 * rest * share * share * back[axis] + share ** 3 * end[axis];
  return { x: mix('x'), y: mix('y') };
}

const swap = ({ x, y }: Point): Point => ({ x: y, y: x });

/** The same in the direction of the picture; downwards an edge back in time goes around to the right. */
export function routeTowards(direction: Direction, from: Point, to: Point, bends: readonly Point[] = []): Route {
  if (direction === 'right') return route(from, to, bends);
  const turned = route(swap(from), swap(to), bends.map(swap));
  return { d: turned.d.replace(/(-?[\d.]+) (-?[\d.]+)/g, '$2 $1'), spots: turned.spots.map(swap) };
}
