import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import { answerWord, hasFailed } from '#shared/model/call-outcome.ts';
import { formatCount, formatDuration } from '../../widgets/format.ts';
import { elideMiddle } from '../graph/node-box.ts';
import type { TreeRow } from '../graph/chain-tree.ts';
import { foldTemplate, templateOf } from '../graph/fold-facts.ts';
import { framePicture, monoFont, uiFont, type Picture, type PictureWords, type Token } from '../picture-frame.ts';
import { niceTicks } from './nice-ticks.ts';
import { svg, type SvgPart } from '../svg-text.ts';
import type { CriticalPath } from '../graph/critical-path.ts';
import { barsOf, frameOf, mergeBars, stretchesOf } from './frame.ts';

/** Rows in a file at most: about ten pages. */
const MAX_ROWS = 400;
const ROW = 20;
const RULER = 24;
const NAMES = 460;
const STATUS = 52;
const BARS = 560;
const INDENT = 14;
const MAX_INDENT = 8;
const ADVANCE = 7.2;

/** Colours of bars by class of status, as on the screen. */
const FILLS: Readonly<Record<string, string>> = {
  'wbar-2': 'step-4',
  'wbar-3': 'step-2',
  'wbar-4': 'category-2',
  'wbar-5': 'high',
  'wbar-none': 'line-strong',
};

/** The rows of a waterfall that are in sight as a file: light theme, without callers' names and values in paths. */
export function waterfallPicture(
  rows: readonly TreeRow[],
  calls: readonly DrawnCall[],
  words: PictureWords,
  token: Token,
  path: CriticalPath = new Map(),
): Picture {
  const shown = rows.slice(0, MAX_ROWS);
  const frame = frameOf(calls);
  const left = NAMES + STATUS;
  const ticks = frame === undefined ? [] : niceTicks(frame.span, 6).map((tick) => ({ tick, x: left + (tick / frame.span) * BARS }));
  const drawing = [
    ...ticks.map(({ tick, x }) =>
      svg(
        'text',
        { x, y: 12, ...uiFont(token, 11, 400), fill: token('muted'), 'text-anchor': tick === 0 ? 'start' : 'end' },
        tick === 0 ? 'start' : `+${formatDuration(tick)}`,
      ),
    ),
    ...ticks.map(({ x }) => svg('line', { x1: x, x2: x, y1: 16, y2: RULER, stroke: token('line-strong') })),
    ...shown.flatMap((row, index) => {
      const y = RULER + index * ROW;
      return [
        svg('line', { x1: 0, x2: left + BARS, y1: y, y2: y, stroke: token('line') }),
        ...drawRow(row, y + ROW / 2, token),
        ...(frame === undefined
          ? []
          : mergeBars(barsOf(row.calls, frame, BARS)).map((bar) =>
              svg('rect', {
                x: left + bar.x,
                y: y + 5,
                width: bar.width,
                height: ROW - 10,
                fill: token(FILLS[bar.status] ?? 'line-strong'),
              }),
            )),
        ...(frame === undefined
          ? []
          : stretchesOf(
              row.calls.flatMap(({ ref }) => path.get(ref) ?? []),
              frame,
              BARS,
            ).map((bar) => svg('rect', { x: left + bar.x, y: y + ROW - 4, width: bar.width, height: 3, fill: token('text') }))),
      ];
    }),
  ];
  const lines =
    shown.length < rows.length
      ? [...words.lines, `The first ${formatCount(shown.length)} of ${formatCount(rows.length)} rows.`]
      : words.lines;
  return framePicture({ ...words, lines }, drawing, { width: left + BARS, height: RULER + shown.length * ROW }, token);
}

function drawRow(row: TreeRow, middle: number, token: Token): readonly SvgPart[] {
  const [first] = row.calls;
  const indent = Math.min(row.depth, MAX_INDENT) * INDENT;
  const template = row.kind === 'fold' ? foldTemplate(row.fold, () => '/…') : templateOf(first, '/…');
  const count = row.kind === 'fold' ? ` ×${formatCount(row.calls.length)}` : '';
  const depth = row.depth > MAX_INDENT ? `…${String(row.depth)} ` : '';
  const room = Math.floor((NAMES - indent) / ADVANCE) - 1;
  const name = elideMiddle(`${depth}${first.method ?? ''} ${template}${count} ${first.host ?? ''}`, room);
  const answers = new Set(row.calls.map(answerWord));
  const answer = answers.size > 1 ? 'mixed' : (answerWord(first) ?? '');
  return [
    svg('text', { x: indent, y: middle + 4, ...monoFont(token, 12, [...name].length * ADVANCE), fill: token('text') }, name),
    svg(
      'text',
      {
        x: NAMES + STATUS - 12,
        y: middle + 4,
        'text-anchor': 'end',
        ...uiFont(token, 12, 400),
        fill: token(row.calls.some(hasFailed) ? 'high' : 'text'),
      },
      answer,
    ),
  ];
}
