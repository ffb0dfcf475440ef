import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';

/** How an edge is known, strongest first, in the words of the legend. */
export const EDGE_WORDS: Readonly<Record<EdgeKind, string>> = {
  trace: 'trace id',
  rpc: 'message id',
  nesting: 'call within a call',
  redirect: 'redirect',
  pagination: 'next page',
  credential: 'credential',
  initiator: 'initiator',
  value: 'value',
  adjacent: 'order only',
};

/** Kinds of edge in the order of the legend. */
export const EDGE_KINDS: readonly EdgeKind[] = [
  'trace',
  'rpc',
  'value',
  'credential',
  'redirect',
  'pagination',
  'initiator',
  'nesting',
  'adjacent',
];

export type EdgeLine = 'solid' | 'double' | 'thin' | 'dotted' | 'dashed';

/** How an edge of this kind is drawn: the line says how it is known. */
export function edgeLine(kind: EdgeKind): EdgeLine {
  if (kind === 'trace' || kind === 'rpc') return 'solid';
  if (kind === 'value') return 'double';
  if (kind === 'nesting') return 'dotted';
  return kind === 'adjacent' ? 'dashed' : 'thin';
}

/** The label that an edge carries in the graph: the value's name, or how sure an inferred edge is. */
export function edgeLabel(edge: EdgeJson): string {
  if (edge.kinds.includes('value')) return valueName(edge);
  if (edge.kind === 'nesting') return `${String(Math.round(edge.confidence * 100))} %`;
  return '';
}

/** The name of the value that went over an edge: the last key of its pointer, `id` of `response $.items[*].id`. */
export function valueName(edge: EdgeJson): string {
  const pointer = edge.fromAt ?? edge.toAt ?? '';
  const keys = pointer.match(/[A-Za-z_][\w-]*/g);
  return keys?.at(-1) ?? 'value';
}
