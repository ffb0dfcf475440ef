import { toVisibleLabel } from '#shared/lib/visible-text.ts';
import { nodeCount, nodeCounts, type GraphModel, type GraphNode } from './model.ts';

/** Height of a node of one line, and of one that names its host on a second. Units: CSS px. */
const NODE_HEIGHT = 24;
const TALL_HEIGHT = 38;
/** Advance of one character of JetBrains Mono at 12 px. Units: CSS px. */
export const ADVANCE = 7.2;
/** The same at 11 px, for hosts. Units: CSS px. */
export const SMALL_ADVANCE = 6.6;
/** Longest template drawn; the whole one is in the label for screen readers and in the tooltip. Units: characters. */
const MAX_TEMPLATE = 28;
const MAX_HOST = 32;
const PADDING = 8;
const SHAPE = 18;

/** What of a node is drawn and where. Units: CSS px from the node's left edge. */
export interface NodeBox {
  readonly width: number;
  readonly height: number;
  readonly methodAt: number;
  /** The host, on a line of its own, when it is not the one of most nodes; else empty. */
  readonly host: string;
  readonly templateAt: number;
  readonly template: string;
  readonly countAt: number;
  readonly count: string;
  readonly markAt: number;
}

/** Elides a text in the middle, on whole characters: `/v1/customers/{id}/pay…methods`. */
export function elideMiddle(text: string, longest: number): string {
  const points = [...text];
  if (points.length <= longest) return text;
  const tail = Math.floor((longest - 1) * 0.4);
  return `${points.slice(0, longest - 1 - tail).join('')}…${points.slice(points.length - tail).join('')}`;
}

/** Lays out the inside of a node: shape of the caller, method, template, count when folded, severity mark. */
export function nodeBox(node: GraphNode, marked: boolean, showHost: boolean): NodeBox {
  const template = elideMiddle(node.template === '' ? '/' : node.template, MAX_TEMPLATE);
  const methodAt = PADDING + SHAPE;
  const templateAt = methodAt + (node.method === '' ? 0 : [...node.method].length * ADVANCE + 6);
  const host = showHost ? elideMiddle(toVisibleLabel(node.host), MAX_HOST) : '';
  const count = nodeCount(node);
  const countAt = templateAt + [...template].length * ADVANCE + (count === '' ? 0 : 8);
  const markAt = countAt + [...count].length * ADVANCE + (marked ? 8 : 0);
  const width = Math.ceil(Math.max(markAt + (marked ? 12 : 0), methodAt + [...host].length * SMALL_ADVANCE) + PADDING);
  return { width, height: host === '' ? NODE_HEIGHT : TALL_HEIGHT, methodAt, host, templateAt, template, countAt, count, markAt };
}

/** The boxes of all nodes; a host is named where it is not the one of most calls. */
export function nodeBoxes(model: GraphModel): ReadonlyMap<string, NodeBox> {
  return new Map(model.nodes.map((node) => [node.id, nodeBox(node, nodeCounts(node).findings > 0, node.host !== model.usualHost)]));
}
