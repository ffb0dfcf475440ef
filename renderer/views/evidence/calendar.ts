import type { Coverage } from '#shared/contract/rows.ts';
import { levelOf } from './coverage-layout.ts';

/** One field of the calendar: a stretch of time with its calls. */
export interface CalendarCell {
  readonly from: string;
  readonly to: string;
  /** Each once, though several sources may show it. */
  readonly calls: number;
  /** No source shows a call, not even as another sighting of one that stands elsewhere. */
  readonly silent: boolean;
  /** How dark, 0 for none to 4. */
  readonly level: number;
  /** Before the first or after the last call of the case, where nothing can be missing. */
  readonly outside: boolean;
}

/** A line of the calendar: a day by its hours, or a week by its days. */
interface CalendarRow {
  readonly label: string;
  readonly cells: readonly CalendarCell[];
}

/** The evidence by the clock: `hours` are days with 24 fields, `days` are weeks with 7. */
export interface Calendar {
  readonly kind: 'hours' | 'days';
  readonly heads: readonly string[];
  readonly rows: readonly CalendarRow[];
}

/** Units: ms. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** 1970-01-05 was a Monday. Units: ms. */
const FIRST_MONDAY = 4 * DAY;

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}000Z`;

/** Counts of slices by the start of their field. Units: ms. */
function byField(starts: readonly string[], counts: readonly (readonly number[])[], field: number): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const ofSlices of counts)
    for (const [slice, count] of ofSlices.entries()) {
      const start = starts[slice];
      if (count === 0 || start === undefined) continue;
      const at = Math.floor(Date.parse(start) / field) * field;
      sums.set(at, (sums.get(at) ?? 0) + count);
    }
  return sums;
}

/**
 * Sums the slices of all sources, or of one, into a calendar in UTC. Fields are hours where the slices are that fine, else days;
 * `undefined` when they are coarser than a day or no call has a time.
 */
export function toCalendar(coverage: Coverage, source: string | undefined): Calendar | undefined {
  const { window, binSeconds } = coverage;
  if (window === undefined || binSeconds * 1000 > DAY) return undefined;
  const isFine = binSeconds * 1000 <= HOUR;
  const field = isFine ? HOUR : DAY;
  const [line, origin] = isFine ? [DAY, 0] : [WEEK, FIRST_MONDAY];
  const shown = coverage.sources.filter(({ source: name }) => source === undefined || name === source).map(({ calls }) => calls);
  const sightings = byField(coverage.starts, shown, field);
  const again = byField(coverage.starts, source === undefined ? [coverage.again] : [], field);
  const callsAt = (from: number): number => (sightings.get(from) ?? 0) - (again.get(from) ?? 0);
  const most = [...sightings.keys()].reduce((highest, from) => Math.max(highest, callsAt(from)), 0);
  const [first, last] = [Date.parse(window[0]), Date.parse(window[1])];
  const rows: CalendarRow[] = [];
  for (let start = Math.floor((first - origin) / line) * line + origin; start <= last; start += line) {
    const cells = Array.from({ length: line / field }, (_, index): CalendarCell => {
      const from = start + index * field;
      const calls = callsAt(from);
      return { from: timeText(from), to: timeText(from + field), calls, silent: !sightings.has(from), level: levelOf(calls, most), outside: from + field <= first || from > last };
    }); // prettier-ignore
    rows.push({ label: timeText(start).slice(0, 10), cells });
  }
  return { kind: isFine ? 'hours' : 'days', heads: isFine ? HOURS : WEEKDAYS, rows };
}

/** Fields inside of the case's time in which no source shows a call. */
export const countSilent = ({ rows }: Calendar): number =>
  rows.reduce((sum, { cells }) => sum + cells.filter(({ silent, outside }) => silent && !outside).length, 0);
