import { EDGE_WORDS, valueName } from '../../widgets/edge/edge-words.ts';
import { nodeName, type GraphEdge, type GraphModel } from './model.ts';
import { findEarliestPath, type WayGraph } from './paths.ts';
import type { WayWords } from './path-finder.tsx';

/** The graph of a chain as ways are looked for in it; a line is as strong as its surest link. Units: 0 to 1. */
export const chainWays = ({ nodes, edges }: GraphModel): WayGraph => ({
  nodes: nodes.map((node) => ({ id: node.id, name: nodeName(node), host: node.host })),
  edges: edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, strength: edge.edges[0]?.confidence ?? 0, ...knownBy(edge) })),
});

/** How the surest link of a line is known. Example: `value id, 93 %`. */
function knownBy({ edges: [first] }: GraphEdge): { readonly known?: string } {
  if (first === undefined) return {};
  const kind = first.kinds.includes('value') ? 'value' : first.kind;
  const name = kind === 'value' ? ` ${valueName(first)}` : '';
  return { known: `${EDGE_WORDS[kind]}${name}, ${String(Math.round(first.confidence * 100))} %` };
}

/** How ways through a chain are told. */
export const chainWayWords = (model: GraphModel): WayWords => ({
  earliest: (from, to) => findEarliestPath(model, from, to),
  weakest: (strength) => `weakest link ${String(Math.round(strength * 100))} %`,
  unfound: 'No link in sight leads from the first to the second. Hidden kinds of links and hidden nodes are not looked at.',
  note: undefined,
});
