import type { GraphLayer, GraphNode } from '#shared/contract/graph.ts';
import { toVisibleLabel } from '#shared/lib/visible-text.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { elideMiddle } from '../graph/node-box.ts';
import type { Detail } from '../use-zoom.ts';

/** How the two lines of a box are set. Units: CSS px of the picture; characters that fit beside the marks of the box. */
export interface BoxText {
  readonly label: { readonly size: number; readonly y: number; readonly length: number };
  /** Absent where there is no room for a second line that could be read. */
  readonly under: { readonly size: number; readonly y: number; readonly length: number } | undefined;
}

/** What the box holds of JetBrains Mono at 12 px and Inter at 11 px. */
const FULL = { label: { size: 12, y: 15, length: 22 }, under: { size: 11, y: 30, length: 32 } } as const satisfies BoxText;

/**
 * Text keeps its size on the screen while the picture shrinks: it is drawn larger and cut shorter, and what does not fit is left out.
 * Source: ux.md 2.10, semantic zoom.
 */
const TEXT: Readonly<Record<Detail, BoxText | undefined>> = {
  full: FULL,
  small: { label: { size: 15, y: 16, length: 17 }, under: { size: 13.5, y: 31, length: 25 } },
  middle: { label: { size: 20, y: 25, length: 13 }, under: undefined },
  far: undefined,
};

/** The lines of a box at a size of the picture; `undefined` where only shapes and marks are drawn. */
export const boxText = (detail: Detail): BoxText | undefined => TEXT[detail];

/** What a box stands for, as it is said. */
export const LAYER_WORDS: Readonly<Record<GraphLayer, string>> = {
  caller: 'principal',
  model: 'model',
  tool: 'tool',
  operation: 'endpoint',
};

/** The name of a box as it is drawn. */
export const boxLabel = ({ kind, severity }: GraphNode, name: string, { label }: Pick<BoxText, 'label'> = FULL): string =>
  elideMiddle(toVisibleLabel(name), label.length + (kind === undefined ? 3 : 0) - (severity === undefined ? 0 : 2));

/** What stands below the name: how many calls, of how many, and where. */
export function boxUnder(node: GraphNode, length: number = FULL.under.length): string {
  const members = node.members > 1 ? `${formatCount(node.members)} ${node.layer === 'caller' ? 'principals' : 'endpoints'}, ` : '';
  const host = node.host === undefined || node.host === '' || node.host === node.label ? '' : ` · ${node.host}`;
  return elideMiddle(toVisibleLabel(`${members}${formatPlural(node.calls, 'call')}${host}`), length);
}

/** Said of a box that can be taken apart. */
export const opensInto = ({ id }: GraphNode): string => (id.startsWith('host:') ? 'E shows its endpoints' : '');
