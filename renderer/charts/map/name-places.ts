import type { Point } from '#shared/graph/graph-routes.ts';

/** A box by its centre. Units: CSS px. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Box, b: Box): boolean => Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height;

/**
 * Where the names of edges stand: each at the first of its spots that is free of nodes and of the names before it.
 * Shape: one answer a name, `undefined` when it has no room; its edge still has it in its tooltip and in the table.
 */
export function placeNames(
  names: readonly { readonly width: number; readonly height: number; readonly spots: readonly Point[] }[],
  nodes: readonly Box[],
): readonly (Point | undefined)[] {
  const taken = [...nodes];
  return names.map(({ width, height, spots }) => {
    if (width === 0) return undefined;
    const spot = spots.find(({ x, y }) => !taken.some((box) => overlap(box, { x, y, width, height })));
    if (spot !== undefined) taken.push({ ...spot, width, height });
    return spot;
  });
}
