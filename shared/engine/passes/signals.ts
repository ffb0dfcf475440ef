import type { PrincipalKind } from '../../contract/report-json.ts';
import { numberAt } from '../../lib/numbers.ts';
import { CALLER_DAY } from '../../model/chance.ts';
import { bulkInsert } from '../store/bulk-insert.ts';
import { getMeta } from '../store/meta.ts';
import { signalTables } from '../store/migrations/0009-signals.ts';
import { retryTables } from '../store/migrations/0018-retries.ts';
import { readHoles } from '../store/read/gaps/holes.ts';
import type { Pass, PassContext } from './pass.ts';
import { busyTimes } from './baseline/busy-span.ts';
import { readImported } from './baseline/chosen.ts';
import { judgeCallerDays, type CallerDay } from './signals/caller-days.ts';
import { readColumns, type CallColumns } from './signals/columns.ts';
import { signalKinds } from './signals/index.ts';
import { readObjectPlaces } from './signals/object-places.ts';
import { writeRetries } from './signals/retries.ts';
import { writeUsual } from './signals/usual.ts';
import type { Signal, SignalInput } from './signals/signal.ts';

interface Found {
  readonly kind: string;
  readonly signal: Signal;
}

const DAY = 86_400_000_000;
/** Days of callers that are no rarer are usual, and not kept. */
const KEPT_RARITY = 0.1;
/** Days of callers that are kept, the rarest first: who reads more has forgotten the first. */
const MAX_DAYS = 20_000;

function write({ db }: PassContext, columns: CallColumns, found: readonly Found[], days: readonly CallerDay[]): void {
  db.transaction(() => {
    for (const table of signalTables) db.exec(`DELETE FROM ${table}`);
    const signals = bulkInsert(db, 'signal', ['id', 'kind', 'principal_id', 'endpoint_id', 'start', 'end', 'p', 'q', 'data']);
    const calls = bulkInsert(db, 'signal_call', ['signal_id', 'position', 'call_id']);
    for (const [index, { kind, signal }] of found.entries()) {
      const { principal, endpoint, p, q, at, facts } = signal;
      const [start, end] = [numberAt(columns.time, at[0] ?? -1), numberAt(columns.time, at.at(-1) ?? -1)];
      signals.add(index + 1, kind, principal ?? null, endpoint ?? null, start, end, p, q, JSON.stringify(facts));
      for (const [position, place] of at.entries()) calls.add(index + 1, position, numberAt(columns.call, place));
    }
    for (const [index, { principal, start, p, q, ...facts }] of days.entries())
      signals.add(found.length + index + 1, CALLER_DAY, principal, null, start, start + DAY, p, q, JSON.stringify(facts));
    signals.flush();
    calls.flush();
  });
}

async function toInput(context: PassContext, columns: CallColumns): Promise<SignalInput> {
  const { db } = context;
  const principals = db.prepare('SELECT id, kind, weak FROM principal').all<{ id: number; kind: PrincipalKind; weak: number }>();
  const until = getMeta(db, 'baseline_to');
  const imported = readImported(db);
  // One call of a clock that was reset would make the evidence years long, and every usual rate next to nothing.
  const { start, end } = busyTimes(columns.time);
  return {
    context,
    columns,
    kinds: new Map(principals.map(({ id, kind }) => [id, kind])),
    weak: new Set(principals.flatMap(({ id, weak }) => (weak === 1 ? [id] : []))),
    places: readObjectPlaces(db),
    start,
    end,
    // A baseline of another case ends before this one begins: then nothing in here is set apart.
    baselineTo: until === undefined || Number(until) < start ? undefined : Number(until),
    holesOf: await readHoles(db, context.breathe),
    importedRates: imported?.rates ?? (() => undefined),
    importedHabit: imported?.habit ?? (() => undefined),
  };
}

/** Measures each principal against itself, its peers and the hour, and keeps what is rare with the calls that make it so. */
export const signalsPass: Pass = {
  id: 'signals',
  version: 6,
  title: 'Signals',
  needs: ['baseline', 'chains', 'endpoints', 'principals'],
  fills: [...signalTables, ...retryTables],
  async run(context) {
    const columns = await readColumns(context);
    context.progress(1, signalKinds.length + 1);
    const input = await toInput(context, columns);
    const found: Found[] = [];
    for (const [index, { id, find }] of signalKinds.entries()) {
      for (const signal of await find(input)) found.push({ kind: id, signal });
      context.progress(index + 2, signalKinds.length + 1);
      await context.breathe();
    }
    const days = judgeCallerDays(input)
      .filter(({ p }) => p <= KEPT_RARITY)
      .toSorted((a, b) => a.p - b.p || a.start - b.start || a.principal - b.principal)
      .slice(0, MAX_DAYS);
    await context.breathe();
    write(context, columns, found, days);
    await writeUsual(input);
    const retries = await writeRetries(context, columns);
    const calls = columns.count.toLocaleString('en-US');
    return `${String(found.length)} signals stand out among ${calls} calls that name their principal, each measured against its peers; ${retries.toLocaleString('en-US')} of them are retries.`;
  },
};
