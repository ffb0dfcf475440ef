import { numberAt } from '../../../lib/numbers.ts';
import { bulkInsert } from '../../store/bulk-insert.ts';
import { principalRanges } from './columns.ts';
import { flatShape, HOURS, ratesOf, shapeOf } from './habit-rates.ts';
import type { SignalInput } from './signal.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
/** Fewer calls in the window have no habits worth a row; the kind stands in. */
const MIN_CALLS = 20;
/** Rows of one scope, the busiest first. */
export const MAX_USUAL = 20_000;

/** Stands for the first digit of a status that is not there. */
const NONE = -1;

interface Habit {
  readonly scope: 'principal' | 'endpoint' | 'pair' | 'kind';
  readonly principal: number;
  readonly endpoint: number;
  readonly kind: string;
  calls: number;
  bytes: number;
  readonly hours: Float64Array;
  readonly objects: Set<number>;
  readonly contexts: Set<number>;
  /** By the first digit of the status; NONE without one. */
  readonly statuses: Map<number, number>;
}

const emptyHabit = (scope: Habit['scope'], principal: number, endpoint: number, kind: string): Habit => ({
  scope,
  principal,
  endpoint,
  kind,
  calls: 0,
  bytes: 0,
  hours: new Float64Array(HOURS),
  objects: new Set(),
  contexts: new Set(),
  statuses: new Map(),
});

const count = (counts: Map<number, number>, key: number, by: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + by);
};

function add(habit: Habit, { columns }: SignalInput, at: number): void {
  habit.calls += 1;
  const bytes = numberAt(columns.bytes, at);
  if (!Number.isNaN(bytes)) habit.bytes += bytes;
  const hour = Math.floor(numberAt(columns.time, at) / HOUR) % HOURS;
  habit.hours[hour] = numberAt(habit.hours, hour) + 1;
  if (numberAt(columns.object, at) !== 0) habit.objects.add(numberAt(columns.object, at));
  habit.contexts.add(numberAt(columns.context, at));
  const status = numberAt(columns.status, at);
  count(habit.statuses, status === 0 ? NONE : Math.floor(status / 100), 1);
}

/** Adds a part to a whole: the sets of a part are far smaller than its calls. */
function merge(whole: Habit, part: Habit): void {
  whole.calls += part.calls;
  whole.bytes += part.bytes;
  for (const [hour, calls] of part.hours.entries()) whole.hours[hour] = numberAt(whole.hours, hour) + calls;
  for (const object of part.objects) whole.objects.add(object);
  for (const context of part.contexts) whole.contexts.add(context);
  for (const [group, calls] of part.statuses) count(whole.statuses, group, calls);
}

/** Statuses of each endpoint by hour of the day. Shape: classes of status from none to 5xx, each with 24 counts. */
type HourMix = Map<number, Float64Array>;
/** Classes of status: none, 1xx to 5xx. */
const CLASSES = 6;

function addToMix(mix: HourMix, { columns }: SignalInput, at: number): void {
  const endpoint = numberAt(columns.endpoint, at);
  const counts = mix.get(endpoint) ?? new Float64Array(CLASSES * HOURS);
  mix.set(endpoint, counts);
  const place = Math.floor(numberAt(columns.status, at) / 100) * HOURS + (Math.floor(numberAt(columns.time, at) / HOUR) % HOURS);
  // A status of six hundred and more is no status.
  if (place < counts.length) counts[place] = numberAt(counts, place) + 1;
}

/** Rows of the scope `hour`: an endpoint, and the hour of the day in place of a kind. Hours without calls have none. */
function* hourRows(
  mix: HourMix,
): Generator<{ readonly endpoint: number; readonly hour: string; readonly calls: number; readonly statuses: Record<string, number> }> {
  for (const [endpoint, counts] of mix)
    for (let hour = 0; hour < HOURS; hour += 1) {
      const statuses: Record<string, number> = {};
      let calls = 0;
      for (let group = 0; group < CLASSES; group += 1) {
        const own = numberAt(counts, group * HOURS + hour);
        if (own > 0) statuses[nameOf(group === 0 ? NONE : group)] = own;
        calls += own;
      }
      if (calls > 0) yield { endpoint, hour: String(hour).padStart(2, '0'), calls, statuses };
    }
}

const inMap = <K>(map: Map<K, Habit>, key: K, make: () => Habit): Habit => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

/** Rates of a file need no more digits. */
const rounded = (rates: Float64Array): readonly number[] => Array.from(rates, (rate) => Math.round(rate * 1000) / 1000);

const nameOf = (group: number): string => (group === NONE ? 'none' : `${String(group)}xx`);

/**
 * Writes what is usual within the baseline window of each kind of principal, of endpoints, of principals and of pairs of the two; and how
 * endpoints answer in each hour of the day.
 * Cost: one pass over the columns; the habits of one principal at a time, and those of all endpoints.
 */
export async function writeUsual(input: SignalInput): Promise<void> {
  const { columns, context, kinds, start, end, baselineTo } = input;
  const until = Math.min(end, baselineTo ?? end);
  if (!Number.isFinite(start)) return;
  const days = Math.max(1, (until - start) / DAY);
  const byKind = new Map<string, Habit>();
  const byEndpoint = new Map<number, Habit>();
  const mix: HourMix = new Map();
  const finished: { readonly habit: Habit; readonly objects: number; readonly contexts: number }[] = [];
  for (const { principal, from, to } of principalRanges(columns)) {
    const kind = kinds.get(principal) ?? 'unknown';
    const own = emptyHabit('principal', principal, 0, kind);
    const pairs = new Map<number, Habit>();
    for (let at = from; at < to; at += 1) {
      if (numberAt(columns.time, at) > until) continue;
      const endpoint = numberAt(columns.endpoint, at);
      if (endpoint !== 0) addToMix(mix, input, at);
      add(
        inMap(pairs, endpoint, () => emptyHabit('pair', principal, endpoint, kind)),
        input,
        at,
      );
    }
    for (const pair of pairs.values()) {
      merge(own, pair);
      if (pair.endpoint !== 0)
        merge(
          inMap(byEndpoint, pair.endpoint, () => emptyHabit('endpoint', 0, pair.endpoint, '')),
          pair,
        );
    }
    if (own.calls > 0)
      merge(
        inMap(byKind, kind, () => emptyHabit('kind', 0, 0, kind)),
        own,
      );
    // Calls without an endpoint count for their caller only.
    pairs.delete(0);
    for (const habit of [own, ...pairs.values()]) {
      if (habit.calls < MIN_CALLS) continue;
      finished.push({ habit, objects: habit.objects.size, contexts: habit.contexts.size });
      // Only the numbers are kept: sets of all principals together would be as large as the evidence.
      habit.objects.clear();
      habit.contexts.clear();
    }
    await context.breathe();
  }
  for (const habit of [...byKind.values(), ...byEndpoint.values()])
    finished.push({ habit, objects: habit.objects.size, contexts: habit.contexts.size });
  const shapes = new Map([...byKind].map(([kind, { hours }]) => [kind, shapeOf(hours)]));
  const written = new Map<string, number>();
  context.db.transaction(() => {
    const rows = bulkInsert(context.db, 'usual', [
      'scope', 'principal_id', 'endpoint_id', 'kind', 'calls', 'days', 'objects', 'bytes', 'contexts', 'statuses', 'rates',
    ]); // prettier-ignore
    for (const { habit, objects, contexts } of finished.toSorted((a, b) => b.habit.calls - a.habit.calls)) {
      const before = written.get(habit.scope) ?? 0;
      if (before >= MAX_USUAL) continue;
      written.set(habit.scope, before + 1);
      const statuses = Object.fromEntries(
        [...habit.statuses].map(([group, calls]) => [nameOf(group), calls] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
      );
      const rates = rounded(ratesOf(habit.hours, shapes.get(habit.kind) ?? flatShape(), days));
      rows.add(
        habit.scope, habit.principal, habit.endpoint, habit.kind, habit.calls, days, objects, habit.bytes / days, contexts,
        JSON.stringify(statuses), JSON.stringify(rates),
      ); // prettier-ignore
    }
    let hours = 0;
    for (const { endpoint, hour, calls, statuses } of hourRows(mix)) {
      hours += 1;
      if (hours <= MAX_USUAL) rows.add('hour', 0, endpoint, hour, calls, days, 0, 0, 0, JSON.stringify(statuses), '[]');
    }
    rows.flush();
  });
}
