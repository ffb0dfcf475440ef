import type { GraphModel } from './model.ts';
import { startOf } from '../time/frame.ts';

/** A way from one node to another, along the direction of cause and effect. */
export interface GraphPath {
  /** Shape: one more than `edges`. */
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  /** How much the weakest of its lines says, in what the picture measures by. */
  readonly weakest: number;
}

/** Ways listed at most: more cannot be compared by eye. */
export const MAX_PATHS = 20;
/** Partial ways looked at before the search ends with what it has; a dense graph has more than can be counted. */
const MAX_LOOKED = 20_000;

/** A picture in which ways are looked for: boxes, and lines in the direction of cause and effect. */
export interface WayGraph {
  readonly nodes: readonly WayNode[];
  readonly edges: readonly WayEdge[];
}

interface WayNode {
  readonly id: string;
  readonly name: string;
  readonly host: string;
}

interface WayEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** How much the line says, in what the picture measures by: a way says as much as its weakest. */
  readonly strength: number;
  /** How it is known, for the steps of a way; left out where the picture's lines say the same of all. */
  readonly known?: string;
}

/** All ways from a node to another without a circle, the shortest first, at most `MAX_PATHS`. */
export function listPaths(model: WayGraph, from: string, to: string): readonly GraphPath[] {
  const out = new Map<string, WayEdge[]>();
  for (const edge of model.edges) out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
  const away = distancesTo(model, to);
  const found: GraphPath[] = [];
  // Best first: a way and what is at least left of it. Equal ones stay in the order of the links, so the answer is always the same.
  const waiting: GraphPath[][] = [];
  const put = (path: GraphPath): void => {
    const left = away.get(path.nodes.at(-1) ?? '');
    if (left !== undefined) (waiting[path.edges.length + left] ??= []).push(path);
  };
  put({ nodes: [from], edges: [], weakest: Infinity });
  let looked = 0;
  // No way is longer than all nodes.
  for (let length = 0; length <= model.nodes.length; length += 1) {
    // The longest of equal ones first, or a dense graph would fill the room before any way is whole.
    for (let path = waiting[length]?.pop(); path !== undefined; path = waiting[length]?.pop()) {
      const at = path.nodes.at(-1) ?? '';
      if (at === to) found.push(path);
      looked += 1;
      if (found.length >= MAX_PATHS || looked > MAX_LOOKED) return found;
      if (at === to) continue;
      for (const edge of (out.get(at) ?? []).toReversed()) {
        if (path.nodes.includes(edge.to)) continue;
        const weakest = Math.min(path.weakest, edge.strength);
        put({ nodes: [...path.nodes, edge.to], edges: [...path.edges, edge.id], weakest });
      }
    }
  }
  return found;
}

/** Links from each node to `to`, at the least; nodes that cannot reach it are left out. */
function distancesTo(model: WayGraph, to: string): ReadonlyMap<string, number> {
  const into = new Map<string, string[]>();
  for (const edge of model.edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge.from]);
  const away = new Map([[to, 0]]);
  const work = [to];
  for (const at of work) {
    for (const before of into.get(at) ?? []) {
      if (away.has(before)) continue;
      away.set(before, (away.get(at) ?? 0) + 1);
      work.push(before); // the loop sees what it adds
    }
  }
  return away;
}

/**
 * The way that arrives first and never goes back in time: each link leaves a node after it was reached.
 * Source: earliest arrival in temporal graphs, one pass over the links by time (Wu et al., VLDB 2014, section 4).
 */
export function findEarliestPath(model: GraphModel, from: string, to: string): GraphPath | undefined {
  const starts = new Map(model.nodes.flatMap((node) => [...node.calls, ...node.below]).map((call) => [call.ref, startOf(call)]));
  const links = model.edges
    .flatMap((edge) =>
      edge.edges.flatMap((link) => {
        const [leaves, arrives] = [starts.get(link.from), starts.get(link.to)];
        return leaves === undefined || arrives === undefined ? [] : [{ edge, leaves, arrives, confidence: link.confidence }];
      }),
    )
    .toSorted((a, b) => a.arrives - b.arrives);
  const reached = new Map<string, { readonly at: number; readonly by: (typeof links)[number] | undefined }>([
    [from, { at: -Infinity, by: undefined }],
  ]);
  for (const link of links) {
    const before = reached.get(link.edge.from);
    if (before === undefined || before.at > link.leaves || reached.has(link.edge.to)) continue;
    reached.set(link.edge.to, { at: link.arrives, by: link });
  }
  if (from === to || !reached.has(to)) return undefined;
  const nodes = [to];
  const edges: string[] = [];
  let weakest = 1;
  for (let by = reached.get(to)?.by; by !== undefined; by = reached.get(by.edge.from)?.by) {
    nodes.unshift(by.edge.from);
    edges.unshift(by.edge.id);
    weakest = Math.min(weakest, by.confidence);
  }
  return { nodes, edges, weakest };
}
