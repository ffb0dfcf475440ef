import type { GraphLayer, GraphNode } from '#shared/contract/graph.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { elideMiddle } from '../graph/node-box.ts';

/** Characters of a name that fit a box beside its marks: JetBrains Mono at 12 px. */
const LABEL = 22;
const UNDER = 32;

/** What a box stands for, as it is said. */
export const LAYER_WORDS: Readonly<Record<GraphLayer, string>> = {
  caller: 'principal',
  model: 'model',
  tool: 'tool',
  operation: 'endpoint',
};

/** The name of a box as it is drawn. */
export const boxLabel = ({ kind, severity }: GraphNode, name: string): string =>
  elideMiddle(toVisibleText(name), LABEL + (kind === undefined ? 3 : 0) - (severity === undefined ? 0 : 2));

/** What stands below the name: how many calls, of how many, and where. */
export function boxUnder(node: GraphNode): string {
  const members = node.members > 1 ? `${formatCount(node.members)} ${node.layer === 'caller' ? 'principals' : 'endpoints'}, ` : '';
  const host = node.host === undefined || node.host === '' || node.host === node.label ? '' : ` · ${node.host}`;
  return elideMiddle(toVisibleText(`${members}${formatPlural(node.calls, 'call')}${host}`), UNDER);
}

/** Said of a box that can be taken apart. */
export const opensInto = ({ id }: GraphNode): string => (id.startsWith('host:') ? 'E shows its endpoints' : '');
