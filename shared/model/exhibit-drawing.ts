import type { ExhibitJson, ExhibitTone } from './exhibit.ts';

/** What a picture is made of; places in CSS pixels from its top left corner. */
export type Shape =
  | { readonly kind: 'line'; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly look: ExhibitTone | 'axis' }
  | { readonly kind: 'mark'; readonly x: number; readonly y: number; readonly tone: ExhibitTone; readonly label: string; readonly call?: string }
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly anchor: 'start' | 'end' | 'middle' }
  | { readonly kind: 'curve'; readonly points: readonly (readonly [x: number, y: number])[] }; // prettier-ignore

/** An exhibit laid out; the same for the screen and for paper. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** As wide as a page of the report. */
const WIDTH = 658;
const LANE = 26;
const LABELS = 130;
const ROW = 20;
/** Where the two columns of names end and begin. */
const LEFT = 230;
const RIGHT = 400;
/** Letters of a name beside a line: more do not fit. */
const NAME = 34;

const shorten = (text: string): string => (text.length <= NAME ? text : `${text.slice(0, NAME / 2 - 1)}…${text.slice(-NAME / 2)}`);
const micros = (time: string | undefined): number => (time === undefined ? NaN : Date.parse(time));
/** `10-01 12:00:05` of a UTC time. */
const clockText = (time: string): string => `${time.slice(5, 10)} ${time.slice(11, 19)}`;

function drawStrip(exhibit: Extract<ExhibitJson, { kind: 'strip' }>): Drawing {
  const times = exhibit.marks.flatMap(({ at }) => (at.time === undefined ? [] : [at.time])).sort();
  const [first] = times;
  const last = times.at(-1);
  const [from, to] = [micros(first), micros(last)];
  const span = Math.max(1, to - from);
  const x = (time: string | undefined): number => LABELS + 8 + ((micros(time) - from) / span) * (WIDTH - LABELS - 16);
  const bottom = exhibit.lanes.length * LANE;
  const lanes = exhibit.lanes.flatMap((lane, index): readonly Shape[] => [
    { kind: 'line', x1: LABELS, y1: index * LANE + LANE / 2, x2: WIDTH, y2: index * LANE + LANE / 2, look: 'axis' },
    { kind: 'text', x: LABELS - 8, y: index * LANE + LANE / 2 + 4, text: lane, anchor: 'end' },
  ]);
  const marks = exhibit.marks
    .filter(({ at }) => at.time !== undefined)
    .map(({ at, lane, tone, label }): Shape => ({ kind: 'mark', x: x(at.time), y: lane * LANE + LANE / 2, tone, label, call: at.call }));
  const ends: readonly Shape[] =
    first === undefined || last === undefined
      ? []
      : [
          { kind: 'text', x: LABELS, y: bottom + 14, text: clockText(first), anchor: 'start' },
          { kind: 'text', x: WIDTH, y: bottom + 14, text: `${clockText(last)} UTC`, anchor: 'end' },
        ];
  return { width: WIDTH, height: bottom + 20, shapes: [...lanes, ...marks, ...ends] };
}

function drawBipartite({ left, right, links }: Extract<ExhibitJson, { kind: 'bipartite' }>): Drawing {
  const rows = Math.max(left.length, right.length, 1);
  const y = (index: number, count: number): number => ((index + 0.5) * rows * ROW) / Math.max(1, count);
  const lines = links.map(({ from, to, tone }): Shape => ({ kind: 'line', x1: LEFT, y1: y(from, left.length), x2: RIGHT, y2: y(to, right.length), look: tone })); // prettier-ignore
  const names = [
    ...left.map((text, index): Shape => ({ kind: 'text', x: LEFT - 10, y: y(index, left.length) + 4, text: shorten(text), anchor: 'end' })),
    ...right.map((text, index): Shape => ({ kind: 'text', x: RIGHT + 10, y: y(index, right.length) + 4, text: shorten(text), anchor: 'start' })), // prettier-ignore
  ];
  const ends = [
    ...left.map((label, index): Shape => ({ kind: 'mark', x: LEFT, y: y(index, left.length), tone: 'plain', label })),
    ...right.map((label, index): Shape => ({ kind: 'mark', x: RIGHT, y: y(index, right.length), tone: 'seen', label })),
  ];
  return { width: WIDTH, height: rows * ROW, shapes: [...lines, ...ends, ...names] };
}

function drawCurve({ x: xName, y: yName, points }: Extract<ExhibitJson, { kind: 'curve' }>): Drawing {
  const [bottom, top] = [120, 12];
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x0, x1, y1] = [Math.min(...xs), Math.max(...xs), Math.max(...ys, 0)];
  const place = ([x, y]: readonly [number, number]): readonly [number, number] => [
    LABELS + ((x - x0) / Math.max(1e-9, x1 - x0)) * (WIDTH - LABELS - 8),
    bottom - (y / Math.max(1e-9, y1)) * (bottom - top),
  ];
  const shapes: readonly Shape[] = [
    { kind: 'line', x1: LABELS, y1: bottom, x2: WIDTH, y2: bottom, look: 'axis' },
    { kind: 'line', x1: LABELS, y1: top, x2: LABELS, y2: bottom, look: 'axis' },
    { kind: 'curve', points: points.map(place) },
    { kind: 'text', x: LABELS - 8, y: top + 8, text: y1.toLocaleString('en-US'), anchor: 'end' },
    { kind: 'text', x: LABELS - 8, y: (top + bottom) / 2, text: yName, anchor: 'end' },
    { kind: 'text', x: LABELS - 8, y: bottom, text: '0', anchor: 'end' },
    { kind: 'text', x: LABELS, y: bottom + 16, text: x0.toLocaleString('en-US'), anchor: 'start' },
    { kind: 'text', x: (LABELS + WIDTH) / 2, y: bottom + 16, text: xName, anchor: 'middle' },
    { kind: 'text', x: WIDTH, y: bottom + 16, text: x1.toLocaleString('en-US'), anchor: 'end' },
  ];
  return { width: WIDTH, height: bottom + 24, shapes: points.length === 0 ? [] : shapes };
}

/** Lays an exhibit out; undefined for those that are a table. */
export function drawExhibit(exhibit: ExhibitJson): Drawing | undefined {
  if (exhibit.kind === 'strip') return drawStrip(exhibit);
  if (exhibit.kind === 'bipartite') return drawBipartite(exhibit);
  return exhibit.kind === 'curve' ? drawCurve(exhibit) : undefined;
}

/** The points of a mark as an SVG path: a square for what is grave, a ring for what was refused, a dot otherwise; never told by colour alone. */
export function markPath({ x, y, tone }: Extract<Shape, { kind: 'mark' }>): string {
  const size = tone === 'plain' ? 2.5 : 4;
  const num = (value: number): string => String(Math.round(value * 100) / 100);
  if (tone === 'grave') return `M${num(x - size)} ${num(y - size)}h${num(2 * size)}v${num(2 * size)}h${num(-2 * size)}z`;
  return `M${num(x - size)} ${num(y)}a${num(size)} ${num(size)} 0 1 0 ${num(2 * size)} 0a${num(size)} ${num(size)} 0 1 0 ${num(-2 * size)} 0z`;
}
