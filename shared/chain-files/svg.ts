import type { EdgeJson, EdgeKind } from '../contract/report-json.ts';
import { answerWord, hasFailed } from '../model/call-outcome.ts';
import type { CallRow, ChainDetail } from '../contract/rows.ts';
import { routeTowards, type Point } from '../graph/graph-routes.ts';
import type { LayoutResult } from '../graph/layered-layout.ts';
import { layoutGraph } from '../graph/sugiyama-layout.ts';
import { toVisibleText } from '../lib/visible-text.ts';
import { commonTime, movedWords } from '../model/common-time.ts';
import { elide, stepName } from './step-name.ts';

/** Most calls drawn; a picture of more is not read. */
export const MAX_DRAWN = 400;
/** Sizes of a box. Units: px; the advance is that of a monospaced face at 12 px. */
const ADVANCE = 7.3;
const PADDING = 10;
const HEIGHT = 40;
const MARGIN = 24;
/** Room above the picture for its title. Units: px. */
const HEAD = 44;
const MAX_STEP = 34;
const MAX_HOST = 38;
/** Colours of the report's print style: dark ink on white, whatever shows the file. */
const INK = { text: '#1b1f24', muted: '#5b6571', line: '#98a2ad', bad: '#b42318', ground: '#ffffff' } as const;

/** Dashes of a line: what only time or order shows is broken. */
const DASHES: Readonly<Partial<Record<EdgeKind, string>>> = { nesting: '2 4', adjacent: '6 5' };

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Evidence as text of XML: nothing unseen, nothing that ends or begins markup. */
const escape = (text: string): string => toVisibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const number = (value: number): string => value.toFixed(1);

interface Box {
  readonly call: CallRow;
  readonly step: string;
  readonly host: string;
  readonly width: number;
}

function boxOf(call: CallRow): Box {
  const answer = answerWord(call);
  const step = `${elide(stepName(call), MAX_STEP)}${answer === undefined ? '' : ` ${answer}`}`;
  const host = elide(toVisibleText(`${call.host ?? ''} ${call.ref}`.trim()), MAX_HOST);
  return { call, step, host, width: Math.ceil(Math.max([...step].length * ADVANCE, [...host].length * ADVANCE * 0.84) + 2 * PADDING) };
}

/** When a call was on the clock of the chain, and what its record says where that was moved. */
function timeText(call: CallRow): string {
  const moved = movedWords(call);
  const at = commonTime(call);
  if (at === undefined) return '';
  return moved === undefined ? `, ${at}` : `, ${at} (${moved}, stamped ${call.time ?? ''})`;
}

function drawBox({ call, step, host, width }: Box, { x, y }: Point): string {
  const failed = hasFailed(call);
  return [
    `<g transform="translate(${number(x - width / 2)} ${number(y - HEIGHT / 2)})">`,
    `<title>${escape(`${call.ref}: ${call.method ?? ''} ${call.host ?? ''}${call.path ?? ''}${timeText(call)}`)}</title>`,
    `<rect width="${String(width)}" height="${String(HEIGHT)}" rx="4" fill="${INK.ground}" stroke="${failed ? INK.bad : INK.line}"/>`,
    `<text x="${String(PADDING)}" y="17" font-size="12" fill="${failed ? INK.bad : INK.text}">${escape(step)}</text>`,
    `<text x="${String(PADDING)}" y="32" font-size="10" fill="${INK.muted}">${escape(host)}</text>`,
    '</g>',
  ].join('');
}

/** Where an edge leaves its cause and reaches its effect. */
function endsOf(layout: LayoutResult, boxes: readonly Box[], from: number, to: number): readonly [Point, Point] | undefined {
  const [start, end, first, second] = [layout.points[from], layout.points[to], boxes[from], boxes[to]];
  if (start === undefined || end === undefined || first === undefined || second === undefined) return undefined;
  return layout.direction === 'right'
    ? [{ x: start.x + first.width / 2, y: start.y }, { x: end.x - second.width / 2, y: end.y }]
    : [{ x: start.x, y: start.y + HEIGHT / 2 }, { x: end.x, y: end.y - HEIGHT / 2 }];
} // prettier-ignore

function drawEdge(edge: EdgeJson, d: string): string {
  const dash = DASHES[edge.kind];
  const sure = `${String(Math.round(edge.confidence * 100))} %`;
  return `<path d="${d}" fill="none" stroke="${INK.line}" stroke-width="${edge.kinds.includes('value') ? '2.5' : '1.3'}"${dash === undefined ? '' : ` stroke-dasharray="${dash}"`} marker-end="url(#head)"><title>${escape(`${edge.kinds.join(', ')}, ${sure}: ${edge.why}`)}</title></path>`;
}

/**
 * A chain as a picture that stands alone: no script, no style sheet, no font, no link and nothing to load; every text of the evidence escaped.
 * Shape: the first `MAX_DRAWN` calls by time, placed as the screen's graph is; the title says so when there are more.
 */
export function toSvg({ chain, calls, edges }: ChainDetail): string {
  const boxes = calls.slice(0, MAX_DRAWN).map(boxOf);
  const at = new Map(boxes.map(({ call }, index) => [call.ref, index]));
  const links = edges.flatMap((edge) => {
    const [from, to] = [at.get(edge.from), at.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ edge, from, to }];
  });
  const layout = layoutGraph(
    { nodes: boxes.map(({ width }) => ({ width, height: HEIGHT })), edges: links.map(({ from, to }) => [from, to] as const) },
    true,
  );
  const shown = boxes.length < chain.callCount ? `, the first ${String(boxes.length)} of them by time` : '';
  const title = `${chain.title}${shown}`;
  const lines = links.flatMap(({ edge, from, to }, index) => {
    const ends = endsOf(layout, boxes, from, to);
    return ends === undefined ? [] : [drawEdge(edge, routeTowards(layout.direction, ends[0], ends[1], layout.bends[index]).d)];
  });
  const nodes = boxes.flatMap((box, index) => {
    const point = layout.points[index];
    return point === undefined ? [] : [drawBox(box, point)];
  });
  const [width, height] = [Math.max(320, layout.width + 2 * MARGIN), layout.height + HEAD + 2 * MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}" role="img" font-family="ui-monospace, monospace">`,
    `<title>${escape(title)}</title>`,
    `<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0L8 4L0 8Z" fill="${INK.line}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="${INK.ground}"/>`,
    `<text x="${String(MARGIN)}" y="28" font-size="14" fill="${INK.text}">${escape(elide(title, 110))}</text>`,
    `<g transform="translate(${String(MARGIN)} ${String(HEAD + MARGIN / 2)})">`,
    ...lines,
    ...nodes,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
