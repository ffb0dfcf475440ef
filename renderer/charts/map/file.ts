import type { GraphNode } from '#shared/contract/graph.ts';
import { SEVERITY_SHAPES } from '../../widgets/severity-mark.tsx';
import { EDGE_WORDS } from '../../widgets/edge/edge-words.ts';
import { formatCount } from '../../widgets/format.ts';
import { drawKind, lineDashes } from '../graph/picture.ts';
import { boxLabel, boxUnder } from './box.ts';
import type { DrawnMap } from './chart.tsx';
import { BOX, linePath, type PlacedNode } from './layout.ts';
import { lineStroke } from './line.ts';
import { framePicture, monoFont, uiFont, type Picture, type PictureWords, type Token } from '../picture-frame.ts';
import { svg, type SvgPart } from '../svg-text.ts';
import { ADVANCE } from '../graph/node-box.ts';

const LEGEND = 28;

/** What stands for the names of callers in a file that leaves the case: their kind and a number, in the order of the picture. */
export function safeNames(boxes: readonly PlacedNode[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    boxes.map(({ node }) => {
      if (node.layer !== 'caller' || node.kind === undefined) return [node.id, node.label];
      const count = (counts.get(node.kind) ?? 0) + 1;
      counts.set(node.kind, count);
      return [node.id, node.kind === 'unknown' ? `principal ${String(count)}` : `${node.kind} ${String(count)}`];
    }),
  );
}

/** The map as a file: as it stands, in the light theme, with its legend, and without names of callers. */
export function mapPicture({ boxes, lines, heads, width, height }: DrawnMap, words: PictureWords, token: Token): Picture {
  const places = new Map(boxes.map((placed) => [placed.node.id, placed]));
  const names = safeNames(boxes);
  const drawing = [
    ...heads.map(({ title, x, count }) =>
      svg('text', { x, y: 18, ...uiFont(token, 12, 500), fill: token('muted') }, `${title} ${formatCount(count)}`),
    ),
    ...lines.flatMap((line) => {
      const [from, to] = [places.get(line.from), places.get(line.to)];
      return from === undefined || to === undefined ? [] : drawLine(linePath(from, to), line, token);
    }),
    ...boxes.map(({ node, x, y }) =>
      svg('g', { transform: `translate(${String(x)} ${String(y)})` }, drawBox(node, names.get(node.id) ?? '', token)),
    ),
    ...drawLegend(lines, height + LEGEND / 2, token),
  ];
  return framePicture(words, drawing, { width, height: height + LEGEND + 12 }, token);
}

function drawLine(d: string, line: Pick<DrawnMap['lines'][number], 'kind' | 'calls'>, token: Token): readonly SvgPart[] {
  const { style, width, core } = lineStroke(line);
  const ink = { d, fill: 'none', stroke: token(style === 'dashed' ? 'faint' : 'muted'), 'stroke-width': width, ...lineDashes(style) };
  return [svg('path', ink), ...(core === undefined ? [] : [svg('path', { d, fill: 'none', stroke: token('bg'), 'stroke-width': core })])];
}

function drawBox(node: GraphNode, name: string, token: Token): readonly SvgPart[] {
  const frame = { width: BOX.width, height: BOX.height, rx: 4, fill: token('raised'), stroke: token('line-strong') };
  const left = node.kind === undefined ? 8 : 28;
  const label = boxLabel(node, name);
  const hasFailed = node.calls > 0 && node.failed === node.calls;
  return [
    ...(node.members > 1 ? [svg('rect', { ...frame, x: 3, y: 3 })] : []),
    svg('rect', frame),
    ...(node.kind === undefined ? [] : [svg('g', { transform: 'translate(0 6)' }, [drawKind(node.kind, token)])]),
    svg('text', { x: left, y: 15, ...monoFont(token, 12, [...label].length * ADVANCE), fill: token('text') }, label),
    svg('text', { x: left, y: 30, ...uiFont(token, 11, 400), fill: token(hasFailed ? 'high' : 'muted') }, boxUnder(node)),
    ...(node.severity === undefined
      ? []
      : [
          svg('path', {
            d: SEVERITY_SHAPES[node.severity],
            transform: `translate(${String(BOX.width - 20)} 12)`,
            fill: token(node.severity),
          }),
        ]),
  ];
}

/** How each kind of line in the picture is drawn, in one row under it. */
function drawLegend(lines: DrawnMap['lines'], y: number, token: Token): readonly SvgPart[] {
  const kinds = [...new Set(lines.map(({ kind }) => kind))];
  let x = 0;
  return kinds.flatMap((kind) => {
    const words = kind === undefined ? 'principal by attribution' : EDGE_WORDS[kind];
    const at = x;
    x += 60 + words.length * 6.4;
    const line = { calls: 1, ...(kind === undefined ? {} : { kind }) };
    return [
      ...drawLine(`M${String(at)} ${String(y)}h32`, line, token),
      svg('text', { x: at + 40, y: y + 4, ...uiFont(token, 11, 400), fill: token('text') }, words),
    ];
  });
}
