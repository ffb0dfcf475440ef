import type { GraphNode } from './graph-model.ts';

/** Height of a node. Units: CSS px. */
export const NODE_HEIGHT = 24;
/** Advance of one character of JetBrains Mono at 12 px. Units: CSS px. */
const ADVANCE = 7.2;
/** Longest template drawn; the whole one is in the label for screen readers and in the tooltip. Units: characters. */
const MAX_TEMPLATE = 30;
const PADDING = 8;
const SHAPE = 18;

/** What of a node is drawn and where. Units: CSS px from the node's left edge. */
export interface NodeBox {
  readonly width: number;
  readonly methodAt: number;
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
export function nodeBox(node: GraphNode, marked: boolean): NodeBox {
  const template = elideMiddle(node.template === '' ? '/' : node.template, MAX_TEMPLATE);
  const methodAt = PADDING + SHAPE;
  const templateAt = methodAt + (node.method === '' ? 0 : [...node.method].length * ADVANCE + 6);
  const count = node.calls.length > 1 ? `×${String(node.calls.length)}` : '';
  const countAt = templateAt + [...template].length * ADVANCE + (count === '' ? 0 : 8);
  const markAt = countAt + [...count].length * ADVANCE + (marked ? 8 : 0);
  return { width: Math.ceil(markAt + (marked ? 12 : 0) + PADDING), methodAt, templateAt, template, countAt, count, markAt };
}
