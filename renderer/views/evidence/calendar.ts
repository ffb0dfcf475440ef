import type { Coverage } from '#shared/contract/rows.ts';
import { levelOf } from './coverage-layout.ts';

/** One field of the calendar: a stretch of time with its calls. */
export interface CalendarCell {
  readonly from: string;
  readonly to: string;
  readonly calls: number;
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

/** Calls by the start of their field, and the start of the first and the last. Units: ms. */
function countByField(coverage: Coverage, source: string | undefined, field: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { source: name, calls } of coverage.sources) {
    if (source !== undefined && name !== source) continue;
    for (const [slice, count] of calls.entries()) {
      const start = coverage.starts[slice];
      if (count === 0 || start === undefined) continue;
      const at = Math.floor(Date.parse(start) / field) * field;
      counts.set(at, (counts.get(at) ?? 0) + count);
    }
  }
  return counts;
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
  const counts = countByField(coverage, source, field);
  const most = [...counts.values()].reduce((highest, count) => Math.max(highest, count), 0);
  const [first, last] = [Date.parse(window[0]), Date.parse(window[1])];
  const rows: CalendarRow[] = [];
  for (let start = Math.floor((first - origin) / line) * line + origin; start <= last; start += line) {
    const cells = Array.from({ length: line / field }, (_, index): CalendarCell => {
      const from = start + index * field;
      const calls = counts.get(from) ?? 0;
      return { from: timeText(from), to: timeText(from + field), calls, level: levelOf(calls, most), outside: from + field <= first || from > last };
    }); // prettier-ignore
    rows.push({ label: timeText(start).slice(0, 10), cells });
  }
  return { kind: isFine ? 'hours' : 'days', heads: isFine ? HOURS : WEEKDAYS, rows };
}

/** Fields inside of the case's time in which no call stands. */
export const countSilent = ({ rows }: Calendar): number =>
  rows.reduce((sum, { cells }) => sum + cells.filter(({ calls, outside }) => calls === 0 && !outside).length, 0);
