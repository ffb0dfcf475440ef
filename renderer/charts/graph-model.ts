import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { foldKeyOf, groupAlike, toForest, type TreeNode } from './chain-tree.ts';

/** Most nodes drawn; above, whole endpoints become one node. Layout and legibility both end here. */
export const MAX_NODES = 400;

export interface GraphNode {
  readonly id: string;
  /** In time order; several when folded. */
  readonly calls: readonly CallRow[];
  readonly method: string;
  /** Path template, elided when drawn. */
  readonly template: string;
  readonly host: string;
  /** True when the node can be taken apart by the analyst. */
  readonly opens: boolean;
}

/** All edges between two nodes, drawn as one line. */
export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The strongest kind among them. */
  readonly kind: EdgeKind;
  /** Strongest first. */
  readonly edges: readonly EdgeJson[];
}

export interface GraphModel {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly calls: number;
  /** Why there are fewer nodes than calls; absent when every call is a node. */
  readonly why: string | undefined;
}

/**
 * What the graph draws: one node a call, alike siblings folded, edges between the same two nodes as one.
 * Shape: every call is in exactly one node; edges inside a node are not drawn.
 * Above `MAX_NODES` nodes calls are grouped by endpoint, above that again by host.
 */
export function toGraph(calls: readonly CallRow[], edges: readonly EdgeJson[], opened: ReadonlySet<string>): GraphModel {
  const folded = foldNodes(toForest(calls, edges), opened);
  if (folded.length <= MAX_NODES)
    return assemble(calls.length, folded, edges, folded.length < calls.length ? 'alike calls of one cause are folded' : undefined);
  const byEndpoint = groupBy(calls, (call) => call.endpoint ?? `${call.method ?? ''} ${call.host ?? ''}${call.path ?? ''}`);
  const limit = `more than ${String(MAX_NODES)} nodes cannot be read`;
  if (byEndpoint.length <= MAX_NODES) return assemble(calls.length, byEndpoint, edges, `${limit}, so each endpoint is one node`);
  const byHost = groupBy(calls, (call) => call.host ?? 'unknown host').map((node) => ({ ...node, method: '', template: node.host }));
  return assemble(calls.length, byHost.slice(0, MAX_NODES), edges, `${limit}, so each host is one node`);
}

/** Groups from the top down: children of a folded node are folded together, whichever of its calls they hang under. */
function foldNodes(forest: readonly TreeNode[], opened: ReadonlySet<string>): readonly GraphNode[] {
  const nodes: GraphNode[] = [];
  const work: (readonly TreeNode[])[] = [forest];
  for (let siblings = work.pop(); siblings !== undefined; siblings = work.pop()) {
    for (const group of groupAlike(siblings)) {
      const id = foldKeyOf(group);
      if (group.length > 1 && !opened.has(id)) {
        nodes.push(
          toNode(
            id,
            group.map((node) => node.call),
            true,
          ),
        );
        work.push(group.flatMap((node) => node.children));
      } else {
        for (const node of group) {
          const alone = toNode(node.call.ref, [node.call], false);
          // Taken apart, alike calls differ by what stands in their paths.
          nodes.push(group.length > 1 && node.call.path !== undefined ? { ...alone, template: node.call.path } : alone);
          work.push(node.children);
        }
      }
    }
  }
  return nodes;
}

function groupBy(calls: readonly CallRow[], keyOf: (call: CallRow) => string): readonly GraphNode[] {
  const groups = new Map<string, CallRow[]>();
  for (const call of calls) {
    const key = keyOf(call);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [call]);
    else group.push(call);
  }
  return [...groups].map(([key, group]) => toNode(key, group, false));
}

function toNode(id: string, calls: readonly CallRow[], opens: boolean): GraphNode {
  const first = calls[0];
  const endpoint = first?.endpoint;
  return {
    id,
    calls,
    method: first?.method ?? '',
    template: endpoint === undefined ? (first?.path ?? '') : endpoint.slice(Math.max(0, endpoint.indexOf('/'))),
    host: first?.host ?? '',
    opens,
  };
}

function assemble(calls: number, nodes: readonly GraphNode[], edges: readonly EdgeJson[], why: string | undefined): GraphModel {
  const nodeOf = new Map(nodes.flatMap((node) => node.calls.map((call) => [call.ref, node.id] as const)));
  const groups = new Map<string, { from: string; to: string; edges: EdgeJson[] }>();
  for (const edge of edges) {
    const from = nodeOf.get(edge.from);
    const to = nodeOf.get(edge.to);
    if (from === undefined || to === undefined || from === to) continue;
    const id = `${from} → ${to}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { from, to, edges: [edge] });
    else group.edges.push(edge);
  }
  const drawn = [...groups].map(([id, group]): GraphEdge => {
    const sorted = group.edges.toSorted((a, b) => b.confidence - a.confidence);
    // A line that a value proves shows the value: that is what an analyst must be able to point at.
    const shown = sorted.find((edge) => edge.kinds.includes('value')) ?? sorted.find((edge) => edge.kind !== 'adjacent') ?? sorted[0];
    return {
      id,
      from: group.from,
      to: group.to,
      kind: shown === undefined ? 'adjacent' : shown.kinds.includes('value') ? 'value' : shown.kind,
      edges: shown === undefined ? sorted : [shown, ...sorted.filter((edge) => edge !== shown)],
    };
  });
  const linked = new Set(drawn.filter((edge) => edge.kind !== 'adjacent').map((edge) => edge.to));
  const kept = drawn.filter((edge) => {
    if (edge.kind !== 'adjacent') return true;
    // Order alone is drawn once, and only to what nothing better leads to; else it hides what is known.
    if (linked.has(edge.to)) return false;
    linked.add(edge.to);
    return true;
  });
  const reasons = [why, kept.length < drawn.length ? 'order alone is drawn only where nothing better leads to a node' : undefined].filter(
    (reason) => reason !== undefined,
  );
  return { nodes, edges: kept, calls, why: reasons.length === 0 ? undefined : reasons.join('; ') };
}

/** Nodes and edges that lead to a node or that it leads to: what stays in full ink when it is chosen. */
export function pathThrough(model: GraphModel, ids: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>(ids);
  const walk = (start: readonly string[], forward: boolean): void => {
    const seen = new Set(start);
    const work = [...start];
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      for (const edge of model.edges) {
        if ((forward ? edge.from : edge.to) !== at) continue;
        const next = forward ? edge.to : edge.from;
        reached.add(edge.id);
        reached.add(next);
        if (seen.has(next)) continue;
        seen.add(next);
        work.push(next);
      }
    }
  };
  walk(ids.slice(-1), true);
  walk(ids.slice(0, 1), false);
  return reached;
}

/** How many calls of a node failed and how many a finding names. */
export function nodeCounts({ calls }: GraphNode): { readonly failed: number; readonly findings: number } {
  return {
    failed: calls.filter((call) => call.status !== undefined && call.status >= 400).length,
    findings: calls.filter((call) => call.findings > 0).length,
  };
}
