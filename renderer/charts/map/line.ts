import type { GraphLine } from '#shared/contract/graph.ts';
import { EDGE_WORDS, edgeLine } from '../../widgets/edge/edge-words.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';

/** Names a line: there is at most one of each role between two boxes. */
export const lineId = ({ from, to, role }: Pick<GraphLine, 'from' | 'to' | 'role'>): string => JSON.stringify([from, to, role]);

/** A line in words. */
export function describeLine(line: GraphLine): string {
  const how = line.kind === undefined ? 'who called is known by attribution' : `known by ${EDGE_WORDS[line.kind]}`;
  const what = line.role === 'called' ? formatPlural(line.calls, 'call') : `led to ${formatPlural(line.calls, 'call')}`;
  return `${what}${line.failed > 0 ? `, ${formatCount(line.failed)} failed` : ''}, ${how}`;
}

/** How a line is drawn. Units: widths in CSS px. */
export interface LineStroke {
  readonly style: ReturnType<typeof edgeLine>;
  readonly width: number;
  /** Of the ground inside of a double line. */
  readonly core: number | undefined;
}

/** Width grows with the logarithm of the calls; the style says how the line is known. */
export function lineStroke({ kind, calls }: Pick<GraphLine, 'kind' | 'calls'>): LineStroke {
  const style = kind === undefined ? 'thin' : edgeLine(kind);
  const width = (style === 'thin' || style === 'dashed' ? 1 : 1.5) + Math.log10(Math.max(1, calls)) * 0.9;
  return style === 'double' ? { style, width: width + 2.5, core: Math.max(1, width - 0.5) } : { style, width, core: undefined };
}
