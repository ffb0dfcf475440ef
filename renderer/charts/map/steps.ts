import type { GraphLine } from '#shared/contract/graph.ts';
import type { PlacedNode } from './layout.ts';
import { lineId } from './line.ts';

/** What stays in full ink: a chosen box with its lines and their ends, or a chosen line with its ends. */
export function litBy(chosen: string | undefined, lines: readonly GraphLine[]): ReadonlySet<string> | undefined {
  if (chosen === undefined) return undefined;
  const touched = lines.filter((line) => lineId(line) === chosen || line.from === chosen || line.to === chosen);
  return new Set([chosen, ...touched.flatMap((line) => [lineId(line), line.from, line.to])]);
}

/** Where an arrow key goes: within the column, or along the widest line to a column beside it. */
export function stepFrom(boxes: readonly PlacedNode[], lines: readonly GraphLine[], at: PlacedNode, key: string): PlacedNode | undefined {
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const column = boxes.filter((placed) => placed.column === at.column);
    return column[column.indexOf(at) + (key === 'ArrowDown' ? 1 : -1)];
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const isRight = key === 'ArrowRight';
  const ends = lines
    .filter((line) => line.from === at.node.id || line.to === at.node.id)
    .sort((a, b) => b.calls - a.calls)
    .map((line) => (line.from === at.node.id ? line.to : line.from));
  const joined = ends.flatMap((id) => boxes.find((placed) => placed.node.id === id) ?? []);
  return joined.find((placed) => (isRight ? placed.column > at.column : placed.column < at.column));
}

/**
 * Where the keyboard goes on when its box is not in the picture any more: at another one of the same host, which came of it or took it
 * back, else at the nearest one of its column, else at the first.
 */
export function goOnAt(boxes: readonly PlacedNode[], last: PlacedNode | undefined): PlacedNode | undefined {
  if (last === undefined) return boxes[0];
  const { host, layer } = last.node;
  const column = boxes
    .filter((box) => box.column === last.column)
    .toSorted((a, b) => Math.abs(a.row - last.row) - Math.abs(b.row - last.row));
  return (
    boxes.find(({ node }) => node.id === last.node.id) ??
    column.find(({ node }) => host !== undefined && node.host === host && node.layer === layer) ??
    column[0] ??
    boxes[0]
  );
}
