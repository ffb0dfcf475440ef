export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A curve that leaves to the right and arrives from the left; an edge back in time goes around below. */
export function route(from: Point, to: Point): { readonly d: string; readonly middle: Point } {
  const text = (point: Point): string => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
  if (to.x > from.x + 8) {
    const bend = Math.max(20, (to.x - from.x) / 2);
    const d = `M${text(from)}C${text({ x: from.x + bend, y: from.y })} ${text({ x: to.x - bend, y: to.y })} ${text(to)}`;
    return { d, middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } };
  }
  const low = Math.max(from.y, to.y) + 40;
  const d = `M${text(from)}C${text({ x: from.x + 60, y: low })} ${text({ x: to.x - 60, y: low })} ${text(to)}`;
  return { d, middle: { x: (from.x + to.x) / 2, y: low - 10 } };
}

/** The same downwards; an edge back in time goes around to the right. */
export function routeDown(from: Point, to: Point): { readonly d: string; readonly middle: Point } {
  const swap = ({ x, y }: Point): Point => ({ x: y, y: x });
  const turned = route(swap(from), swap(to));
  const d = turned.d.replace(/(-?[\d.]+) (-?[\d.]+)/g, '$2 $1');
  return { d, middle: swap(turned.middle) };
}
