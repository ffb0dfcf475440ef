import type { GraphView } from './groups.ts';
import type { GraphNode } from './model.ts';

const withId = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> => new Set([...ids, id]);
const withoutId = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> => new Set([...ids].filter((each) => each !== id));

/** Takes a fold, a group or a branch apart, or shows effects again that were put away; `undefined` when there is nothing to open. */
export function openNode(view: GraphView, node: GraphNode): GraphView | undefined {
  if (node.isClosed) return { ...view, closed: withoutId(view.closed, node.id) };
  return node.opens ? { ...view, opened: withId(view.opened, node.id) } : undefined;
}

/** Puts a node back where it was taken out of; else puts its effects away in it. `undefined` when there is neither. */
export function closeNode(view: GraphView, node: GraphNode): GraphView | undefined {
  if (view.opened.has(node.id)) return { ...view, opened: withoutId(view.opened, node.id) };
  if (node.hasEffects && node.below.length === 0) return { ...view, closed: withId(view.closed, node.id) };
  if (node.home !== undefined && view.opened.has(node.home)) return { ...view, opened: withoutId(view.opened, node.home) };
  return undefined;
}

export const hideNode = (view: GraphView, node: GraphNode): GraphView => ({ ...view, hidden: withId(view.hidden, node.id) });
