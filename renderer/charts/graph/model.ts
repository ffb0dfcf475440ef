import { placeOf } from '#shared/model/call-place.ts';
import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { hasFailed } from '#shared/model/call-outcome.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { toForest } from './chain-tree.ts';
import { namedPaths, toBranches, type Branch } from './branches.ts';
import { groupBranches, type GraphView, type Shown, type Wished } from './groups.ts';

/** Nodes up to which nothing is grouped by the picture itself: more is hard to read. */
export const SOFT_NODES = 120;
/** Most nodes drawn, however much is taken apart. Layout and legibility both end here. */
export const MAX_NODES = 400;
/** Most lines drawn; above, the ones that say least are left out. */
const MAX_EDGES = 1600;

export interface GraphNode {
  readonly id: string;
  /** In time order; several when folded. */
  readonly calls: readonly DrawnCall[];
  /** Calls that these led to and that are put away in this node. */
  readonly below: readonly DrawnCall[];
  readonly method: string;
  /** Path template, elided when drawn; of a group how many operations it holds. */
  readonly template: string;
  readonly host: string;
  /** True for a fan of different calls of one cause. */
  readonly isGroup: boolean;
  /** True when the node can be taken apart by the analyst. */
  readonly opens: boolean;
  /** True when the analyst put its effects away. */
  readonly isClosed: boolean;
  /** True when it led to something, in sight or not. */
  readonly hasEffects: boolean;
  /** The node that it was taken out of. */
  readonly home: string | undefined;
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
  /** The host of most calls, which nodes need not name; the same however much is taken apart. */
  readonly usualHost: string;
  /** Why there are fewer nodes than calls; absent when every call is a node. */
  readonly why: string | undefined;
}

/**
 * What the graph draws: one node a call, alike siblings folded, edges between the same two nodes as one; above
 * `SOFT_NODES` nodes fans and branches are grouped, but for what findings name and the way to it.
 * Shape: every call is in exactly one node, or in one that the analyst hid; edges inside a node are not drawn.
 */
export function toGraph(calls: readonly DrawnCall[], edges: readonly EdgeJson[], view: GraphView): GraphModel {
  const forest = toForest(calls, edges);
  const plain = toBranches(forest, new Set());
  const touched = view.opened.size === 0 ? plain : toBranches(forest, view.opened);
  const { branches, shown, reasons } = groupBranches(wishesOf(plain, edges), wishesOf(touched, edges), view, {
    soft: SOFT_NODES,
    hard: MAX_NODES,
  });
  const nodes = shown.map((each) => toNode(each, branches));
  const visible = nodes.filter(({ id }) => !view.hidden.has(id));
  const folds = nodes.filter((node) => !node.isGroup && node.calls.length > 1);
  const folded =
    folds.length === 0 ? [] : [folds.some(({ method }) => method === '') ? 'alike calls and rounds folded' : 'alike calls folded'];
  const hidden = nodes.length === visible.length ? [] : [`${formatPlural(nodes.length - visible.length, 'node')} hidden`];
  return assemble(calls, visible, edges, [...folded, ...reasons, ...hidden]);
}

const wishesOf = (branches: readonly Branch[], edges: readonly EdgeJson[]): Wished => ({
  branches,
  keeps: [() => namedPaths(branches, edges, true), () => namedPaths(branches, edges, false), () => branches.map(() => false)],
});

function toNode({ id, own, below, isGroup, isCut, home }: Shown, branches: readonly Branch[]): GraphNode {
  const callsOf = (indexes: readonly number[]): readonly DrawnCall[] => indexes.flatMap((index) => branches[index]?.calls ?? []);
  const [calls, inside] = [callsOf(own), callsOf(below)];
  const [first] = calls;
  const branch = branches[own[0] ?? -1];
  const routes = new Set((isGroup ? [...calls, ...inside] : calls).map((call) => call.endpoint ?? `${call.method ?? ''} ${placeOf(call)}`));
  // A fan of ends, or rounds of several calls; alike ones have one route.
  const isFan = routes.size > 1;
  const hosts = new Set(calls.map((call) => call.host));
  const endpoint = first?.endpoint;
  const place = first === undefined ? '' : placeOf(first);
  const template = endpoint === undefined ? place : endpoint.slice(Math.max(0, endpoint.indexOf('/')));
  return {
    id,
    calls,
    below: inside,
    method: isFan ? '' : (first?.method ?? ''),
    // Taken apart, alike calls differ by what stands in their paths.
    template: isFan ? `${formatCount(routes.size)} endpoints` : branch?.home === undefined ? template : place,
    host: hosts.size > 1 ? formatPlural(hosts.size, 'host') : (first?.host ?? ''),
    isGroup,
    opens: isGroup || isCut || (own.length === 1 && calls.length > 1),
    isClosed: below.length > 0 && !isCut,
    hasEffects: !isGroup && (branch?.children.length ?? 0) > 0,
    home,
  };
}

function assemble(
  calls: readonly DrawnCall[],
  nodes: readonly GraphNode[],
  edges: readonly EdgeJson[],
  reasons: readonly string[],
): GraphModel {
  const nodeOf = new Map(nodes.flatMap((node) => [...node.calls, ...node.below].map((call) => [call.ref, node.id] as const)));
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
  const told = kept.length > MAX_EDGES ? kept.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MAX_EDGES) : kept;
  const why = [
    ...reasons,
    ...(kept.length < drawn.length ? ['order alone is drawn only where nothing else links'] : []),
    ...(told.length < kept.length ? [`${formatPlural(kept.length - told.length, 'link')} that say least are not drawn`] : []),
  ];
  return { nodes, edges: told, calls: calls.length, usualHost: commonHost(calls), why: why.length === 0 ? undefined : why.join('; ') };
}

/** How much a line says: real links before order alone, many before few, sure before unsure. */
const weightOf = ({ kind, edges }: GraphEdge): number => (kind === 'adjacent' ? 0 : edges.length) + (edges[0]?.confidence ?? 0);

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

/** The host of most calls. */
function commonHost(calls: readonly DrawnCall[]): string {
  const counts = new Map<string, number>();
  for (const { host = '' } of calls) counts.set(host, (counts.get(host) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** All the calls of a node, those that are put away in it too. */
export const callsIn = ({ calls, below }: GraphNode): readonly DrawnCall[] => (below.length === 0 ? calls : [...calls, ...below]);

/** How many calls a node stands for, and how many it holds that these led to; of a group all of them. */
export function nodeCount({ calls, below, isGroup }: GraphNode): string {
  if (isGroup) return `×${String(calls.length + below.length)}`;
  const parts = [calls.length > 1 ? `×${String(calls.length)}` : '', below.length > 0 ? `+${String(below.length)}` : ''];
  return parts.filter((part) => part !== '').join(' ');
}

/** A node in few words: `GET /v1/items ×3`. */
export const nodeName = (node: GraphNode): string =>
  toVisibleText([node.method, node.template, nodeCount(node)].filter((part) => part !== '').join(' '));

/** How many calls of a node failed and how many a finding names. */
export function nodeCounts(node: GraphNode): { readonly failed: number; readonly findings: number } {
  const calls = callsIn(node);
  return {
    failed: calls.filter(hasFailed).length,
    findings: calls.filter((call) => call.findings > 0).length,
  };
}
