import { scaleLinear, scaleUtc } from 'd3';
import type { Activity, ActivityBin } from '#shared/contract/rows.ts';

/** Height of the axis under the bars. Units: CSS px. */
export const AXIS = 20;
/** Room for the labels of the axis of counts. Units: CSS px. */
export const LEFT = 56;

/** About the width of a figure of the labels of the axis. Units: CSS px. */
const CHARACTER = 6.5;
/** How much of a label stands before its place. */
const BEFORE = { start: 0, middle: 0.5, end: 1 } as const;

/** A label of the time axis; at the ends of the picture it stands beside its place, so that nothing of it is cut. */
interface TimeLabel {
  readonly text: string;
  readonly x: number;
  readonly anchor: keyof typeof BEFORE;
}

/** A run of at least this many empty slices is a gap; a single quiet one is only a low bar. */
const GAP_FROM = 3;

/** One bar: three parts on top of each other from the baseline. Units: CSS px. */
export interface Bar {
  readonly bin: number;
  readonly x: number;
  readonly width: number;
  readonly parts: readonly { readonly kind: 'finding' | 'failed' | 'ok'; readonly y: number; readonly height: number }[];
}

export interface ActivityLayout {
  readonly bars: readonly Bar[];
  readonly gaps: readonly { readonly x: number; readonly width: number }[];
  readonly counts: readonly { readonly value: number; readonly y: number }[];
  readonly times: readonly TimeLabel[];
  readonly slice: number;
  /** The place of a time, kept inside the picture. Units: µs to CSS px. */
  readonly toX: (time: number) => number;
}

/** Splits a slice's calls so that the parts add up: a call of a finding that failed counts as the finding's. */
export function splitBin({ calls, failed, inFindings }: ActivityBin): {
  readonly finding: number;
  readonly failed: number;
  readonly ok: number;
} {
  const finding = Math.min(inFindings, calls);
  const alsoFailed = Math.min(failed, calls - finding);
  return { finding, failed: alsoFailed, ok: calls - finding - alsoFailed };
}

/** Where everything in the picture of activity stands. Units: `width` and the height of the bars in CSS px; all of the answer too. */
export function layoutActivity({ bins, binSeconds, window }: Activity, width: number, tall: number): ActivityLayout {
  const inner = Math.max(0, width - LEFT);
  const slice = bins.length === 0 ? 0 : inner / bins.length;
  const highest = bins.reduce((max, bin) => Math.max(max, bin.calls), 0);
  const toY = scaleLinear([0, Math.max(1, highest)], [tall, 4]);
  const bars = bins.flatMap((bin, index): Bar[] => {
    if (bin.calls === 0) return [];
    const split = splitBin(bin);
    let from = 0;
    const parts = (['finding', 'failed', 'ok'] as const).flatMap((kind) => {
      const count = split[kind];
      if (count === 0) return [];
      const bottom = toY(from);
      from += count;
      // What is there must be seen: never thinner than a pixel and a half.
      const height = Math.max(1.5, bottom - toY(from));
      return [{ kind, y: bottom - height, height }];
    });
    return [{ bin: index, x: LEFT + index * slice, width: Math.max(1, slice - (slice > 4 ? 1 : 0)), parts }];
  });
  return {
    bars,
    gaps: findGaps(bins, slice),
    counts: roundValues(toY.ticks(tall < 60 ? 2 : 3), toY),
    times: timeLabels(bins, binSeconds, window, inner),
    slice,
    toX: (time) => {
      const start = Date.parse(bins[0]?.start ?? '');
      const place = LEFT + ((time / 1000 - start) / (bins.length * binSeconds * 1000)) * inner;
      return Math.max(LEFT, Math.min(LEFT + inner, place));
    },
  };
}

function findGaps(bins: readonly ActivityBin[], slice: number): readonly { readonly x: number; readonly width: number }[] {
  const gaps: { x: number; width: number }[] = [];
  let from = 0;
  for (let index = 0; index <= bins.length; index += 1) {
    if (bins[index]?.calls === 0) continue;
    if (index - from >= GAP_FROM) gaps.push({ x: LEFT + from * slice, width: (index - from) * slice });
    from = index + 1;
  }
  return gaps;
}

const roundValues = (ticks: readonly number[], toY: (value: number) => number): readonly { readonly value: number; readonly y: number }[] =>
  ticks
    .filter(Number.isInteger)
    .slice(0, 4)
    .map((value) => ({ value, y: toY(value) }));

/** Round UTC times about every 130 px; the day is written where it begins and at the first label. */
function timeLabels(bins: readonly ActivityBin[], binSeconds: number, window: Activity['window'], inner: number): readonly TimeLabel[] {
  const first = bins[0];
  if (first === undefined || window === undefined) return [];
  const start = Date.parse(first.start);
  const end = start + bins.length * binSeconds * 1000;
  const toX = scaleUtc([start, end], [LEFT, LEFT + inner]);
  let day = '';
  let free = -Infinity;
  const labels: TimeLabel[] = [];
  for (const tick of toX.ticks(Math.max(2, Math.floor(inner / 130)))) {
    const [date = '', time = ''] = tick.toISOString().split('T');
    const text =
      date === day
        ? time.slice(0, binSeconds < 0.1 ? 12 : binSeconds < 10 ? 8 : 5)
        : time.startsWith('00:00')
          ? date
          : `${date} ${time.slice(0, 5)}`;
    const x = toX(tick);
    const anchor = x > LEFT + inner - 60 ? 'end' : x < LEFT + 30 ? 'start' : 'middle';
    const from = x - text.length * CHARACTER * BEFORE[anchor];
    // d3 gives about as many ticks as it is asked for: one too many is left out, and the next one then says the date.
    if (from < free) continue;
    labels.push({ text, x, anchor });
    free = from + (text.length + 1) * CHARACTER;
    day = date;
  }
  return labels;
}
