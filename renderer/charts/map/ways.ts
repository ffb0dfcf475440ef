import type { GraphLine, GraphNode } from '#shared/contract/graph.ts';
import { formatPlural } from '../../widgets/format.ts';
import type { WayGraph } from '../graph/paths.ts';
import { lineId } from './line.ts';
import type { WayWords } from '../graph/path-finder.tsx';

/** The map as ways are looked for in it; a line is as strong as the calls on it. */
export const mapWays = (nodes: readonly GraphNode[], lines: readonly GraphLine[]): WayGraph => ({
  nodes: nodes.map(({ id, label, host = '' }) => ({ id, name: label, host: host === label ? '' : host })),
  edges: lines.map((line) => ({ id: lineId(line), from: line.from, to: line.to, strength: line.calls })),
});

/** How ways through the map are told. */
export const mapWayWords: WayWords = {
  // A line stands for many calls at many times: whether one of them came before one of another, chains tell.
  earliest: undefined,
  weakest: (calls) => `thinnest line ${formatPlural(calls, 'call')}`,
  unfound: 'No line in sight leads from the first to the second. Hidden kinds of lines and hidden boxes are not looked at.',
  note: 'Lines are counts. That one and the same piece of work went along a whole way is shown by its chain.',
};
