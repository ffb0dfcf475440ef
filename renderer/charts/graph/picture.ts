import { hasFailed } from '#shared/model/call-outcome.ts';
import { SEVERITY_SHAPES, worstSeverity } from '../../widgets/severity-mark.tsx';
import { EDGE_KINDS, EDGE_WORDS, edgeLine } from '../../widgets/edge/edge-words.ts';
import { edgeCurves, NAME_HEIGHT, nameWidth, strokesOf, type EdgeCurve } from './edge-curves.ts';
import { callsIn, type GraphModel, type GraphNode } from './model.ts';
import { ADVANCE, elideMiddle, SMALL_ADVANCE, type NodeBox } from './node-box.ts';
import { framePicture, monoFont, uiFont, type Picture, type PictureWords, type Token } from '../picture-frame.ts';
import { boundsOf, type Pinned } from './placement.ts';
import { svg, type SvgPart } from '../svg-text.ts';

/** A graph as it stands on the screen. */
export interface DrawnGraph {
  readonly model: GraphModel;
  readonly boxes: ReadonlyMap<string, NodeBox>;
  readonly placed: Pinned;
}

const LEGEND = 28;

/** The path template alone: what stands in a path may name a person, and without a template nothing tells what does. */
function safeTemplate(node: Pick<GraphNode, 'calls' | 'isGroup' | 'template' | 'method'>): string {
  if (node.isGroup && node.method === '') return node.template;
  const endpoint = node.calls[0]?.endpoint;
  return endpoint === undefined ? '/…' : endpoint.slice(Math.max(0, endpoint.indexOf('/')));
}

/** The graph as a file: as it stands, in the light theme, with its legend, and without callers' names and values in paths. */
export function graphPicture({ model, boxes, placed }: DrawnGraph, words: PictureWords, token: Token): Picture {
  const nodes = model.nodes.flatMap((node) => {
    const [center, box] = [placed.places.get(node.id), boxes.get(node.id)];
    return center === undefined || box === undefined ? [] : [{ node, box, center, size: box }];
  });
  const bounds = boundsOf(nodes);
  const places = new Map(nodes.map(({ node, center }) => [node.id, center]));
  const curves = edgeCurves(model, { direction: placed.direction, places, boxes, bends: placed.bends });
  const drawing = [
    svg('g', { transform: `translate(${String(-bounds.x)} ${String(-bounds.y)})` }, [
      ...curves.flatMap((curve) => drawLine(curve, token)),
      ...curves.flatMap((curve) => drawName(curve, token)),
      ...nodes.map(({ node, box, center }) =>
        svg(
          'g',
          { transform: `translate(${(center.x - box.width / 2).toFixed(1)} ${(center.y - box.height / 2).toFixed(1)})` },
          drawNode(node, box, token),
        ),
      ),
    ]),
    ...drawLegend(model, bounds.height + LEGEND, token),
  ];
  const head = svg('defs', {}, [
    svg(
      'marker',
      { id: 'head', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto' },
      [svg('path', { d: 'M0 .5 8 4 0 7.5z', fill: token('muted') })],
    ),
  ]);
  return framePicture(words, [head, ...drawing], { width: bounds.width, height: bounds.height + LEGEND + 12 }, token);
}

/** How a line is broken, as on the screen. */
const DASHES: Readonly<Partial<Record<ReturnType<typeof edgeLine>, Readonly<Record<string, string>>>>> = {
  dotted: { 'stroke-dasharray': '1.5 4', 'stroke-linecap': 'round' },
  dashed: { 'stroke-dasharray': '6 5' },
};

/** Attributes of a line by how it is broken. */
export const lineDashes = (line: ReturnType<typeof edgeLine>): Readonly<Record<string, string>> => DASHES[line] ?? {};

function drawLine({ edge, curve }: EdgeCurve, token: Token): readonly SvgPart[] {
  const line = edgeLine(edge.kind);
  return strokesOf(edge, line).map(({ ink, width }) =>
    svg('path', {
      d: curve.d,
      fill: 'none',
      stroke: ink ? token(line === 'dashed' ? 'faint' : 'muted') : token('bg'),
      'stroke-width': width,
      ...(ink ? { 'marker-end': 'url(#head)', ...lineDashes(line) } : {}),
    }),
  );
}

function drawName({ name, text }: EdgeCurve, token: Token): readonly SvgPart[] {
  if (name === undefined || text === '') return [];
  const width = nameWidth(text);
  return [
    svg('rect', { x: name.x - width / 2, y: name.y - NAME_HEIGHT / 2, width, height: NAME_HEIGHT, rx: 3, fill: token('bg') }),
    svg('text', { x: name.x, y: name.y + 4, 'text-anchor': 'middle', ...uiFont(token, 11, 500), fill: token('text') }, text),
  ];
}

const lengthOf = (text: string, advance: number): number => [...text].length * advance;

function drawNode(node: GraphNode, box: NodeBox, token: Token): readonly SvgPart[] {
  const severity = worstSeverity(callsIn(node));
  const failed = callsIn(node).every(hasFailed);
  const stroke = token(failed ? 'high' : 'line-strong');
  const frame = { width: box.width, height: box.height, rx: 4, fill: token('raised'), stroke };
  const template = elideMiddle(safeTemplate(node), Math.max(6, [...box.template].length));
  const mono = (x: number, y: number, text: string, fill: string, advance = ADVANCE, size = 12): readonly SvgPart[] =>
    text === '' ? [] : [svg('text', { x, y, ...monoFont(token, size, lengthOf(text, advance)), fill: token(fill) }, text)];
  return [
    ...(box.count === '' ? [] : [svg('rect', { ...frame, x: 3, y: 3 })]),
    svg('rect', frame),
    drawKind(node.calls[0]?.kind ?? 'unknown', token),
    ...mono(box.methodAt, 16, node.method, 'muted'),
    ...mono(box.templateAt, 16, template, 'text'),
    ...mono(box.countAt, 16, box.count, 'accent'),
    ...mono(box.methodAt, 31, box.host, 'muted', SMALL_ADVANCE, 11),
    ...(severity === undefined ? [] : [drawSeverity(severity, box.markAt, token)]),
  ];
}

/** Shapes of kinds of callers, as on the screen; the kind is not a name. */
export function drawKind(kind: string, token: Token): SvgPart {
  const ink = { fill: 'none', stroke: token('muted'), 'stroke-width': 1.2, transform: 'translate(8 6)' };
  if (kind === 'service') return svg('rect', { ...ink, x: 1.5, y: 1.5, width: 9, height: 9, rx: 1 });
  if (kind === 'agent') return svg('path', { ...ink, d: 'M6 .75 10.6 3.4v5.2L6 11.25 1.4 8.6V3.4z' });
  return svg('circle', { ...ink, cx: 6, cy: 6, r: 4.75, ...(kind === 'human' ? {} : { 'stroke-dasharray': '2 2' }) });
}

const drawSeverity = (severity: keyof typeof SEVERITY_SHAPES, x: number, token: Token): SvgPart =>
  svg('path', { d: SEVERITY_SHAPES[severity], transform: `translate(${String(x)} 6)`, fill: token(severity) });

/** How each kind of link in the picture is drawn, in one row under it. */
function drawLegend({ edges }: GraphModel, y: number, token: Token): readonly SvgPart[] {
  const parts: SvgPart[] = [];
  let x = 0;
  for (const kind of EDGE_KINDS) {
    const edge = edges.find((each) => each.kind === kind);
    if (edge === undefined) continue;
    const one = { ...edge, edges: edge.edges.slice(0, 1) };
    parts.push(
      ...drawLine({ edge: one, curve: { d: `M${String(x)} ${String(y)}h32`, spots: [] }, text: '', name: undefined }, token),
      svg('text', { x: x + 40, y: y + 4, ...uiFont(token, 11, 400), fill: token('text') }, EDGE_WORDS[kind]),
    );
    x += 60 + EDGE_WORDS[kind].length * 6.4;
  }
  return parts;
}
