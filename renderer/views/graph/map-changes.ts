import type { GraphNode } from '#shared/contract/graph.ts';
import type { GraphView } from '../../charts/graph/groups.ts';

/** What the analyst did to the map: hosts that stand open, boxes that are hidden. */
export type MapView = Partial<Pick<GraphView, 'opened' | 'hidden'>>;

/** Hosts that stand open at once, as many as the engine takes; the one opened first is folded again. */
const MAX_OPEN = 50;

/** Takes a host apart into its operations; `undefined` where the box stands for none. */
export function openHost({ opened }: GraphView, { id, host }: GraphNode): MapView | undefined {
  if (host === undefined || !id.startsWith('host:') || opened.has(host)) return undefined;
  return { opened: new Set([...opened, host].slice(-MAX_OPEN)) };
}

/** Puts the operations of a host back into one box; `undefined` where its host does not stand open. */
export function foldHost({ opened }: GraphView, { host }: GraphNode): MapView | undefined {
  if (host === undefined || !opened.has(host)) return undefined;
  return { opened: new Set([...opened].filter((each) => each !== host)) };
}

/** Leaves a box out, with its lines. */
export const hideBox = ({ hidden }: GraphView, { id }: GraphNode): MapView => ({ hidden: new Set([...hidden, id]) });
