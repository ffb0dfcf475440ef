import { scaleLinear, scaleUtc } from 'd3';
import type { Activity } from '#shared/contract/rows.ts';

/** Heights of the bars and of the line of times under them. Units: CSS px. */
export const STRIP_BARS = 44;
export const STRIP_AXIS = 16;
/** Room for the counts on the left. Units: CSS px. */
export const STRIP_LEFT = 52;
/** From this many empty slices on, a silence is drawn as a gap and not as low bars. */
const GAP_FROM = 3;
/** Room that one label of time needs. Units: CSS px. */
const TICK_EVERY = 150;

export interface StripBar {
  readonly x: number;
  readonly width: number;
  /** Heights from the baseline: findings at the bottom, then failed, then the rest. Units: CSS px. */
  readonly finding: number;
  readonly failed: number;
  readonly ok: number;
}

export interface StripLayout {
  readonly bars: readonly StripBar[];
  readonly gaps: readonly { readonly x: number; readonly width: number }[];
  readonly counts: readonly { readonly value: number; readonly y: number }[];
  readonly ticks: readonly { readonly text: string; readonly x: number }[];
  /** Time of a place and place of a time. Units: µs, CSS px. */
  readonly toTime: (x: number) => number;
  readonly toX: (time: number) => number;
}

/** Places the bars of a strip. Units: `width` in CSS px, all answers too. */
export function layoutStrip({ bins, binSeconds }: Activity, width: number): StripLayout {
  const inner = Math.max(1, width - STRIP_LEFT);
  const start = Date.parse(bins[0]?.start ?? '') || 0;
  const slice = inner / Math.max(1, bins.length);
  const time = scaleUtc([start, start + Math.max(1, bins.length * binSeconds * 1000)], [STRIP_LEFT, STRIP_LEFT + inner]);
  const highest = bins.reduce((max, bin) => Math.max(max, bin.calls), 1);
  const height = scaleLinear([0, highest], [0, STRIP_BARS - 4]);
  const tall = (count: number): number => (count === 0 ? 0 : Math.max(1, height(count)));
  const bars = bins.flatMap((bin, index): StripBar[] => {
    if (bin.calls === 0) return [];
    const finding = Math.min(bin.inFindings, bin.calls);
    const failed = Math.min(bin.failed, bin.calls - finding);
    return [
      {
        x: STRIP_LEFT + index * slice,
        width: Math.max(1, slice - (slice > 3 ? 1 : 0)),
        finding: tall(finding),
        failed: tall(failed),
        ok: tall(bin.calls - finding - failed),
      },
    ];
  });
  return {
    bars,
    gaps: findGaps(
      bins.map((bin) => bin.calls),
      slice,
    ),
    counts: [
      { value: highest, y: STRIP_BARS - height(highest) },
      { value: 0, y: STRIP_BARS },
    ],
    ticks: labelTimes(time.ticks(Math.max(2, Math.floor(inner / TICK_EVERY))), (tick) => time(tick), binSeconds),
    toTime: (x) => Math.round(time.invert(x).getTime() * 1000),
    toX: (micros) => time(micros / 1000),
  };
}

function findGaps(counts: readonly number[], slice: number): readonly { readonly x: number; readonly width: number }[] {
  const gaps: { x: number; width: number }[] = [];
  let from = 0;
  for (let index = 0; index <= counts.length; index += 1) {
    if (counts[index] === 0) continue;
    if (index - from >= GAP_FROM) gaps.push({ x: STRIP_LEFT + from * slice, width: (index - from) * slice });
    from = index + 1;
  }
  return gaps;
}

/** The day stands where it begins and at the first label; elsewhere the time of day is enough. */
function labelTimes(
  ticks: readonly Date[],
  toX: (tick: Date) => number,
  binSeconds: number,
): readonly { readonly text: string; readonly x: number }[] {
  let day = '';
  return ticks.map((tick) => {
    const [date = '', clock = ''] = tick.toISOString().split('T');
    const text = date === day ? clock.slice(0, binSeconds < 10 ? 8 : 5) : clock.startsWith('00:00') ? date : `${date} ${clock.slice(0, 5)}`;
    day = date;
    return { text, x: toX(tick) };
  });
}
