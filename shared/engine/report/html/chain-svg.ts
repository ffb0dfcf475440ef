import type { Block, FigureEdge, FigureNode } from '../blocks.ts';
import { escapeAttribute } from './escape.ts';
import { severityShape } from './inline.ts';

type ChainBlock = Extract<Block, { kind: 'chain' }>;

/** Height of a node's box. Units: CSS pixels, as everything here. */
const NODE_HEIGHT = 24;
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

/**
 * `METHOD /a/long/path` in at most `limit` characters: the method and the end of the path, which tells operations apart.
 * Example: ("GET /v1/customers/{id}/cards", 16) gives "GET …/{id}/cards".
 */
export function elideOperation(text: string, limit: number): string {
  const chars = [...text];
  if (chars.length <= limit) return text;
  const space = text.indexOf(' ');
  const head = space < 0 || space > 8 ? '' : text.slice(0, space + 1);
  const room = Math.max(1, limit - head.length - 1);
  const tail = chars.slice(chars.length - room).join('');
  const slash = tail.indexOf('/');
  // Whole segments read better, unless that would leave next to nothing.
  return `${head}…${slash > 0 && tail.length - slash > room / 2 ? tail.slice(slash) : tail}`;
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
    `<text class="mono" x="${num(node.x + 23)}" y="${num(node.y + 15.8)}">${escapeAttribute(elideOperation(node.label, room))}</text>${mark}` +
    `<text class="small" x="${num(node.x + 2)}" y="${num(node.y + NODE_HEIGHT + 11)}">${escapeAttribute(elideMiddle(node.detail, Math.floor(node.width / 5.2)))}</text></g>`
  );
}

interface Route {
  /** Path of the line, moved sideways by `shift` for the second stroke of a double line. */
  readonly path: (shift: number) => string;
  readonly tip: { readonly x: number; readonly y: number; readonly turn: number };
  readonly label: { readonly x: number; readonly y: number };
}

/** To the next step of the same host: straight down, right of the caption. */
function routeDown(from: FigureNode, to: FigureNode): Route {
  const x = from.x + from.width * 0.72;
  const start = from.y + NODE_HEIGHT;
  return {
    path: (shift) => `M${num(x + shift)} ${num(start)}V${num(to.y - 4)}`,
    tip: { x, y: to.y, turn: 0 },
    label: { x, y: (start + to.y) / 2 },
  };
}

/** Past other steps of the same host: round them on the right, where the column leaves room. */
function routeAround(from: FigureNode, to: FigureNode): Route {
  const x = from.x + from.width;
  // Ends above the middle, where an edge to another host would begin.
  const [start, end] = [from.y + NODE_HEIGHT / 2, to.y + NODE_HEIGHT * 0.32];
  const bulge = Math.min(44, 22 + (end - start) / 16);
  return {
    path: (shift) => {
      const out = num(x + bulge - shift * 1.4);
      return `M${num(x)} ${num(start + shift)}C${out} ${num(start + shift)} ${out} ${num(end - shift)} ${num(x + 4)} ${num(end - shift)}`;
    },
    tip: { x, y: end, turn: 90 },
    label: { x: x + bulge * 0.4, y: to.y - 11 },
  };
}

/** Room between the boxes of two columns, in which lines go down past the boxes of a column. */
const GUTTER = 20;

/** To another host: out at the side, then down onto the step; edges that end there side by side do not cross. */
function routeAcross(from: FigureNode, to: FigureNode, place: number, places: number): Route {
  const right = to.x > from.x;
  const startX = right ? from.x + from.width : from.x;
  const startY = from.y + NODE_HEIGHT * 0.6;
  const endX = to.x + to.width / 2 + (right ? 1 : -1) * (place - (places - 1) / 2) * Math.min(18, to.width / (places + 1));
  const corner = Math.min(startY + 30, to.y - 8);
  return {
    path: (shift) =>
      `M${num(startX)} ${num(startY - shift)}C${num(startX + (endX - startX) * 0.7)} ${num(startY - shift)} ${num(endX + (right ? shift : -shift))} ${num(startY - shift)} ${num(endX + (right ? shift : -shift))} ${num(corner)}V${num(to.y - 4)}`,
    tip: { x: endX, y: to.y, turn: 0 },
    label: { x: startX + (endX - startX) * 0.42, y: startY + 1 },
  };
}

/** To another host past other steps of it: out at the side, down between the columns, and into the side of the step. */
function routeBeside(from: FigureNode, to: FigureNode, place: number, places: number): Route {
  const right = to.x > from.x;
  const sign = right ? 1 : -1;
  const startX = right ? from.x + from.width : from.x;
  const endX = right ? to.x : to.x + to.width;
  const startY = from.y + NODE_HEIGHT * 0.6;
  const endY = to.y + NODE_HEIGHT * ((place + 1) / (places + 1));
  const down = endX - sign * (GUTTER / 2) * ((places - place) / (places + 1)) - sign * 4;
  const round = 5;
  return {
    path: (shift) =>
      `M${num(startX)} ${num(startY - shift)}H${num(down - sign * round)}Q${num(down + sign * shift)} ${num(startY - shift)} ${num(down + sign * shift)} ${num(startY + round)}V${num(endY - round)}Q${num(down + sign * shift)} ${num(endY - shift)} ${num(down + sign * round)} ${num(endY - shift)}H${num(endX - sign * 4)}`,
    tip: { x: endX, y: endY, turn: right ? -90 : 90 },
    label: { x: startX + (down - startX) * 0.42, y: startY + 1 },
  };
}

function routeOf(edge: FigureEdge, from: FigureNode, to: FigureNode, block: ChainBlock): Route {
  if (from.x === to.x) return edge.to - edge.from === 1 ? routeDown(from, to) : routeAround(from, to);
  // The highest start goes furthest out, so that its line passes beyond the others.
  const beside = block.edges.filter(
    (other) => other.to === edge.to && Math.sign((block.nodes[other.from]?.x ?? 0) - to.x) === Math.sign(from.x - to.x),
  );
  const place = beside.filter((other) => other.from > edge.from).length;
  const inTheWay = block.nodes.some((node, index) => index > edge.from && index < edge.to && node.x === to.x);
  return (inTheWay ? routeBeside : routeAcross)(from, to, place, beside.length);
}

/** Where the middle of a label stands: of a link to another host past the border of the box that it leaves, whose name and mark it would cover. */
function besideBox(x: number, width: number, from: FigureNode, to: FigureNode): number {
  if (to.x > from.x) return Math.max(x, from.x + from.width + width / 2 + 3);
  return to.x < from.x ? Math.min(x, from.x - width / 2 - 3) : x;
}

function edgeSvg(edge: FigureEdge, block: ChainBlock): { readonly line: string; readonly label: string } {
  const from = block.nodes[edge.from];
  const to = block.nodes[edge.to];
  if (from === undefined || to === undefined) return { line: '', label: '' };
  const route = routeOf(edge, from, to, block);
  const strokes = edge.style === 'value' ? [-DOUBLE_GAP, DOUBLE_GAP] : [0];
  const arrow = `<path class="arrow" transform="translate(${num(route.tip.x)} ${num(route.tip.y)}) rotate(${String(route.tip.turn)})" d="M0 0l-3.8 -6.6h7.6z"/>`;
  const shown = elideMiddle(edge.label, 28);
  const width = [...shown].length * 5.5 + 8;
  const x = Math.min(Math.max(besideBox(route.label.x, width, from, to), width / 2 + 1), block.width - width / 2 - 1);
  return {
    line: `<g class="edge ${edge.style}">${strokes.map((shift) => `<path d="${route.path(shift)}"/>`).join('')}${arrow}</g>`,
    label:
      shown === ''
        ? ''
        : `<g class="edge-label"><rect x="${num(x - width / 2)}" y="${num(route.label.y - 7)}" width="${num(width)}" height="13" rx="3"/><text x="${num(x)}" y="${num(route.label.y + 2.8)}" text-anchor="middle">${escapeAttribute(shown)}</text></g>`,
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
  const edges = block.edges.map((edge) => edgeSvg(edge, block));
  return (
    `<svg class="chain" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${num(block.width)} ${num(block.height)}" width="${num(block.width)}" height="${num(block.height)}">` +
    `<title id="${id}-t">${escapeAttribute(block.caption)}</title><desc id="${id}-d">${escapeAttribute(block.alternative)}</desc>` +
    `${lanes}${edges.map((edge) => edge.line).join('')}${block.nodes.map(nodeSvg).join('')}${edges.map((edge) => edge.label).join('')}</svg>`
  );
}
