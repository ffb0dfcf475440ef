import type { Block, FigureEdge, FigureNode } from '../blocks.ts';
import { escapeAttribute } from './escape.ts';
import { severityShape } from './inline.ts';

type ChainBlock = Extract<Block, { kind: 'chain' }>;

/** Height of a node's box. Units: CSS pixels, as everything here. */
export const NODE_HEIGHT = 24;
/** Advance of one character of the picture's mono type at 10.5 px: 0.6 em. */
const CHAR_WIDTH = 6.3;
/** Half the gap between the two strokes of an edge proved by value flow. */
const DOUBLE_GAP = 1.6;

/** `text` in at most `limit` characters, the middle left out. Example: ("abcdefgh", 5) gives "ab…gh". */
export function elideMiddle(text: string, limit: number): string {
  const chars = [...text];
  if (chars.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  return `${chars.slice(0, head).join('')}…${chars.slice(chars.length - (limit - 1 - head)).join('')}`;
}

const num = (value: number): string => String(Math.round(value * 10) / 10);

/** Person circle, service square, agent hexagon, unknown dashed circle: who made the call. */
const KINDS: Readonly<Record<FigureNode['shape'], string>> = {
  human: '<circle cx="5" cy="5" r="4"/>',
  service: '<rect x="1" y="1" width="8" height="8"/>',
  agent: '<path d="M5 .4l4 2.3v4.6L5 9.6 1 7.3V2.7z"/>',
  unknown: '<circle cx="5" cy="5" r="4" stroke-dasharray="2 1.5"/>',
};

function nodeSvg(node: FigureNode): string {
  const room = Math.floor((node.width - 26 - (node.severity === undefined ? 6 : 22)) / CHAR_WIDTH);
  const mark = node.severity === undefined ? '' : severityShape(node.severity, node.x + node.width - 18, node.y + 6);
  return (
    `<g><rect class="node${node.severity === undefined ? '' : ' hot'}" x="${num(node.x)}" y="${num(node.y)}" width="${num(node.width)}" height="${String(NODE_HEIGHT)}" rx="4"/>` +
    `<g class="kind" transform="translate(${num(node.x + 8)} ${num(node.y + 7)})">${KINDS[node.shape]}</g>` +
    `<text class="mono" x="${num(node.x + 23)}" y="${num(node.y + 15.8)}">${escapeAttribute(elideMiddle(node.label, room))}</text>${mark}` +
    `<text class="small" x="${num(node.x + 2)}" y="${num(node.y + NODE_HEIGHT + 11)}">${escapeAttribute(elideMiddle(node.detail, Math.floor(node.width / 5.2)))}</text></g>`
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where an edge leaves and enters: bottom to top; a caption below the box stays clear of a straight line down its right part. */
function ends(from: FigureNode, to: FigureNode): readonly [Point, Point] {
  const share = from.x === to.x ? 0.72 : 0.5;
  return [
    { x: from.x + from.width * share, y: from.y + NODE_HEIGHT },
    { x: to.x + to.width * share, y: to.y - 1 },
  ];
}

function edgeSvg(edge: FigureEdge, nodes: readonly FigureNode[]): { readonly line: string; readonly label: string } {
  const from = nodes[edge.from];
  const to = nodes[edge.to];
  if (from === undefined || to === undefined) return { line: '', label: '' };
  const [start, end] = ends(from, to);
  const bend = Math.max(14, (end.y - start.y) / 2);
  // An edge that passes over other steps swings out to the right, so that it does not run through their boxes.
  const skips = Math.abs(edge.to - edge.from) > 1 && from.x === to.x;
  const swing = skips ? from.width * 0.28 - 2 : 0;
  const path = (shift: number): string =>
    skips
      ? `M${num(start.x + shift)} ${num(start.y)}C${num(start.x + swing + 26 + shift)} ${num(start.y + 30)} ${num(end.x + swing + 26 + shift)} ${num(end.y - 30)} ${num(end.x + shift)} ${num(end.y)}`
      : `M${num(start.x + shift)} ${num(start.y)}C${num(start.x + shift)} ${num(start.y + bend)} ${num(end.x + shift)} ${num(end.y - bend)} ${num(end.x + shift)} ${num(end.y)}`;
  const strokes = edge.style === 'value' ? [path(-DOUBLE_GAP), path(DOUBLE_GAP)] : [path(0)];
  const arrow = `<path class="arrow" d="M${num(end.x)} ${num(end.y + 1)}l-3.6 -6.4h7.2z"/>`;
  const middle = { x: (start.x + end.x) / 2 + (skips ? swing * 0.75 + 18 : 0), y: (start.y + end.y) / 2 + 3 };
  const shown = elideMiddle(edge.label, 40);
  const width = [...shown].length * 5.4 + 8;
  return {
    line: `<g class="edge ${edge.style}">${strokes.map((d) => `<path d="${d}"/>`).join('')}${arrow}</g>`,
    label:
      shown === ''
        ? ''
        : `<g class="edge-label"><rect x="${num(middle.x - width / 2)}" y="${num(middle.y - 9)}" width="${num(width)}" height="13" rx="3"/><text x="${num(middle.x)}" y="${num(middle.y + 1)}" text-anchor="middle">${escapeAttribute(shown)}</text></g>`,
  };
}

/** A chain as a picture: time goes down, one column a host, the line of an edge says how it is known. */
export function chainSvg(block: ChainBlock, id: string): string {
  const lanes = block.lanes
    .map(
      (lane, index) =>
        `<rect class="lane${index % 2 === 0 ? '' : ' odd'}" x="${num(lane.x)}" y="0" width="${num(lane.width)}" height="${num(block.height)}"/>` +
        `<text class="lane-name" x="${num(lane.x + 10)}" y="16">${escapeAttribute(elideMiddle(lane.label, Math.floor((lane.width - 20) / 6.2)))}</text>`,
    )
    .join('');
  const edges = block.edges.map((edge) => edgeSvg(edge, block.nodes));
  return (
    `<svg class="chain" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${num(block.width)} ${num(block.height)}" width="${num(block.width)}" height="${num(block.height)}">` +
    `<title id="${id}-t">${escapeAttribute(block.caption)}</title><desc id="${id}-d">${escapeAttribute(block.alternative)}</desc>` +
    `${lanes}${edges.map((edge) => edge.line).join('')}${block.nodes.map(nodeSvg).join('')}${edges.map((edge) => edge.label).join('')}</svg>`
  );
}
