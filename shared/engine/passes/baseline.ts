import { epochMicros, printTime } from '../../model/units.ts';
import { bulkInsert } from '../store/bulk-insert.ts';
import type { SqlDriver } from '../store/driver.ts';
import { inLongTransaction } from '../store/long-transaction.ts';
import { setMeta } from '../store/meta.ts';
import { baselineInputs } from '../store/read/baseline-choice.ts';
import { addSize, emptyTally, rateOf, sizeOf, type Tally } from './baseline/tallies.ts';
import { busySpan } from './baseline/busy-span.ts';
import { givenWindow, readImported, type ImportedBaseline } from './baseline/chosen.ts';
import { chooseWindow, HOUR, type BaselineWindow } from './baseline/window.ts';
import type { Pass, PassContext } from './pass.ts';

/** Rows read at a time, so that other work gets in between. */
const PAGE = 10_000;
/** A pair on sensitive ground surprises more than one on public ground; by sensitivity 0 … 3. */
const WEIGHTS = [1, 1, 2, 4] as const;
/** Ids of principals and endpoints stay far below this. */
const KEY_BASE = 2 ** 26;

/** `2026-10-01 00:10`, for sentences; the exact window stands in the case. Units: µs. */
const toMinute = (time: number): string => printTime(epochMicros(time)).slice(0, 16).replace('T', ' ');

interface CallRow {
  readonly id: number;
  readonly time: number;
  readonly res_bytes: number | null;
  readonly principal_id: number | null;
  readonly endpoint_id: number | null;
}

/** Calls that stand for themselves and have a time, a page at a time. */
async function eachCall({ db, breathe }: PassContext, visit: (call: CallRow) => void): Promise<void> {
  const page = db.prepare(
    `SELECT c.id, c.time, c.res_bytes, f.principal_id, f.endpoint_id FROM call c JOIN call_fact f ON f.call_id = c.id
     WHERE c.id > ? AND f.same_as IS NULL AND c.time IS NOT NULL ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  for (let after = 0; ;) {
    const rows = page.all<CallRow>(after);
    if (rows.length === 0) return;
    for (const row of rows) {
      after = row.id;
      visit(row);
    }
    await breathe();
  }
}

const pairKey = (principal: number | null, endpoint: number | null): number => (principal ?? 0) * KEY_BASE + (endpoint ?? 0);

/** First sighting of each pair, and the span of the calls save `aside` of them, whose clocks cannot be right. */
async function firstSightings(
  context: PassContext,
): Promise<{ readonly first: Map<number, number>; readonly start: number; readonly end: number; readonly aside: number }> {
  const first = new Map<number, number>();
  const byHour = new Map<number, number>();
  let start = Infinity;
  let end = -Infinity;
  await eachCall(context, (call) => {
    if (call.time < start) start = call.time;
    if (call.time > end) end = call.time;
    const hour = Math.floor(call.time / HOUR);
    byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
    if (call.principal_id === null || call.endpoint_id === null) return;
    const key = pairKey(call.principal_id, call.endpoint_id);
    if (call.time < (first.get(key) ?? Infinity)) first.set(key, call.time);
  });
  const busy = busySpan(byHour);
  if (busy === undefined || busy.aside === 0) return { first, start, end, aside: 0 };
  return { first, start: Math.max(start, busy.from * HOUR), end: Math.min(end, (busy.to + 1) * HOUR - 1), aside: busy.aside };
}

/**
 * Weighted first sightings per hour from `start` on. People do new things all day; programs do not, so where there are any only they count. A stranger with a
 * program, known by its network alone, is not one of them while others are: whatever it asks for is new, and any visit of a crawler would end what is usual.
 */
function surprisePerHour(db: SqlDriver, first: ReadonlyMap<number, number>, start: number, end: number): readonly number[] {
  const sensitivity = new Map(
    db
      .prepare('SELECT id, sensitivity FROM endpoint')
      .all<{ id: number; sensitivity: number }>()
      .map((row) => [row.id, row.sensitivity]),
  );
  const found = db.prepare("SELECT id, weak FROM principal WHERE kind IN ('agent', 'service')").all<{ id: number; weak: number }>();
  const named = found.filter(({ weak }) => weak === 0);
  const programs = new Set((named.length > 0 ? named : found).map(({ id }) => id));
  const hours = new Array<number>(Math.floor((end - start) / HOUR) + 1).fill(0);
  for (const [key, time] of first) {
    if (programs.size > 0 && !programs.has(Math.floor(key / KEY_BASE))) continue;
    if (time < start || time > end) continue;
    const hour = Math.floor((time - start) / HOUR);
    hours[hour] = (hours[hour] ?? 0) + (WEIGHTS[sensitivity.get(key % KEY_BASE) ?? 0] ?? 1);
  }
  return hours;
}

async function tally(context: PassContext, window: BaselineWindow | undefined): Promise<ReadonlyMap<number, Tally>> {
  const tallies = new Map<number, Tally>();
  const add = (principal: number | null, endpoint: number | null, call: CallRow): void => {
    const key = pairKey(principal, endpoint);
    let own = tallies.get(key);
    if (own === undefined) tallies.set(key, (own = emptyTally(principal, endpoint)));
    own.first = Math.min(own.first, call.time);
    own.last = Math.max(own.last, call.time);
    if (window !== undefined && call.time > window.to) return;
    own.calls += 1;
    const hour = Math.floor(call.time / HOUR);
    own.hours.set(hour, (own.hours.get(hour) ?? 0) + 1);
    if (call.res_bytes !== null) addSize(own, call.res_bytes);
  };
  await eachCall(context, (call) => {
    if (call.principal_id !== null && call.endpoint_id !== null) add(call.principal_id, call.endpoint_id, call);
    if (call.principal_id !== null) add(call.principal_id, null, call);
    if (call.endpoint_id !== null) add(null, call.endpoint_id, call);
  });
  return tallies;
}

/** Writes all tallies; gives how many pairs are new after the window. */
async function write(
  { db, breathe }: PassContext,
  tallies: ReadonlyMap<number, Tally>,
  window: BaselineWindow | undefined,
  imported: ImportedBaseline | undefined,
  end: number,
): Promise<number> {
  return inLongTransaction(db, async () => {
    let fresh = 0;
    db.exec("DELETE FROM baseline; DELETE FROM meta WHERE key IN ('baseline_from', 'baseline_to', 'baseline_end')");
    const rows = bulkInsert(db, 'baseline', [
      'principal_id', 'endpoint_id', 'calls', 'active_hours', 'rate_median', 'rate_mad', 'rate_max',
      'bytes_median', 'bytes_mad', 'bytes_max', 'first_seen', 'last_seen', 'is_new',
    ]); // prettier-ignore
    let written = 0;
    for (const own of tallies.values()) {
      const rate = rateOf(own);
      const size = sizeOf(own);
      const known = imported?.calls(own.principal ?? 0, own.endpoint ?? 0);
      const isNew = window !== undefined && own.first > window.to && known === undefined;
      if (isNew && own.principal !== null && own.endpoint !== null) fresh += 1;
      rows.add(
        own.principal, own.endpoint, known ?? own.calls, own.hours.size, rate.median, rate.mad, rate.max,
        size?.median ?? null, size?.mad ?? null, size === undefined ? null : own.largest, own.first, own.last, isNew ? 1 : 0,
      ); // prettier-ignore
      written += 1;
      if (written % 1_000 === 0) await breathe();
    }
    // What was usual elsewhere and did not happen here still says what its caller's work is.
    for (const { principal, endpoint, calls, hours } of imported?.pairs ?? [])
      if (!tallies.has(pairKey(principal, endpoint)))
        rows.add(principal, endpoint, calls, hours, 0, 0, 0, null, null, null, imported?.window.from ?? 0, imported?.window.to ?? 0, 0);
    rows.flush();
    if (window !== undefined) {
      setMeta(db, 'baseline_from', String(window.from));
      setMeta(db, 'baseline_to', String(window.to));
      setMeta(db, 'baseline_end', String(end));
    }
    return fresh;
  });
}

/** What is left out of the window is told, for the evidence is in doubt there. */
const doubtOf = (aside: number): string =>
  aside === 0
    ? ''
    : ` ${aside === 1 ? 'One call lies' : `${aside.toLocaleString('en-US')} calls lie`} far outside of the time of all others and ${aside === 1 ? 'was' : 'were'} left out of that window: a clock was reset or runs ahead, and the order of such calls is in doubt.`;

/**
 * Learns what is usual: calls in an active hour and response sizes for every principal, endpoint and pair, by median and MAD over a
 * window that ends before the first surprising hour; pairs first seen later are new.
 */
export const baselinePass: Pass = {
  id: 'baseline',
  version: 4,
  title: 'Baseline',
  needs: ['chains', 'attribution'],
  fills: ['baseline'],
  inputs: baselineInputs,
  async run(context) {
    const { first, start, end, aside } = await firstSightings(context);
    const imported = readImported(context.db);
    const window = Number.isFinite(start)
      ? (givenWindow(context.db, start, end) ??
        imported?.window ??
        chooseWindow(start, end, surprisePerHour(context.db, first, start, end)))
      : undefined;
    context.progress(1, 3);
    const tallies = await tally(context, window);
    context.progress(2, 3);
    const fresh = await write(context, tallies, window, imported, end);
    context.progress(3, 3);
    const pairs = first.size.toLocaleString('en-US');
    if (window === undefined)
      return `The evidence spans less than six hours, so there is no baseline; the rates of ${pairs} pairs of principal and endpoint are over all of it.`;
    return `Usual is what was seen from ${toMinute(window.from)} to ${toMinute(window.to)} UTC (${window.why}): ${pairs} pairs of principal and endpoint, of which ${fresh.toLocaleString('en-US')} were first seen later.${doubtOf(aside)}`;
  },
};
