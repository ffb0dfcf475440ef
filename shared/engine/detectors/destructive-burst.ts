import { durationText } from '../../lib/duration.ts';
import { answerText } from '../store/call-answer.ts';
import { changesThings } from '../../model/endpoint-words.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import { fewOf, LEDGER_ROWS } from './exhibits/few.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, isGiven, pageEndpointCalls, type CallRow } from './rows/page-calls.ts';
import { missingCallers, missingTimes, whatOf } from './signals/read-signals.ts';
import { countOf, listOf, plural } from './spoken.ts';

/** Units: µs. */
const WINDOW = 10 * 60 * 1_000_000;
const DAY = 86_400_000_000;
/** Fewer in ten minutes are somebody tidying up. */
const LEAST = 5;
/** Times the most that the same caller, or any other, did in ten minutes on another day. */
const TIMES_USUAL = 2;
/** What watches over the estate: who ends it does not want to be seen, or wants nobody to get back what is lost. */
const WATCH = /(?:^|[/_.-])(?:audit|audits|auditlogs?|audit[-_]?trail|log[-_]?sinks?|logging|alerts?|alerting|alarms?|monitors?|monitoring|detectors?|trails?|backups?|snapshots?|mfa|2fa|totp|authenticators?|siem|guard(?:duty|rails?)|retention)(?:[/_.-]|$)/i; // prettier-ignore
/** Words of an operation that ends something. */
const ENDS = /(?:^|[/_:.-])(?:delete|remove|purge|wipe|destroy|erase|disable|deactivate|archive|suspend|stop|pause|mute|silence|terminate|truncate|drop)(?:[/_:.-]|$)/i; // prettier-ignore

interface Burst {
  readonly caller: Caller;
  readonly calls: readonly CallRow[];
  /** Calls against what watches, refused ones too: whoever tries does not want to be seen. */
  readonly watch: readonly CallRow[];
  /** Most in ten minutes that anyone did on another day, counted as the burst is. */
  readonly usual: number;
}

/** The calls of one caller that end something. */
interface Ends {
  readonly caller: Caller;
  /** Against what watches, unless ending it is the caller's work. */
  readonly watch: readonly CallRow[];
  /** All others. */
  readonly lost: readonly CallRow[];
}

/** `/v1/StopLogging` as `/v1/Stop-Logging`, so that the words of an operation can be told. */
const spaced = (path: string): string => path.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2');

const endsSomething = ({ method, path }: Pick<CallRow, 'method' | 'path'>): boolean => method === 'DELETE' || ENDS.test(spaced(path));
const isOfWatch = ({ path }: Pick<CallRow, 'path'>): boolean => WATCH.test(spaced(path));

/** Endpoints that destroy, and those that end what watches: to stop a log destroys nothing. */
const endingEndpoints = (db: SqlDriver): readonly number[] =>
  db
    .prepare('SELECT id, key, method, template AS path, flags FROM endpoint ORDER BY id')
    .all<{ id: number; key: string; method: string; path: string; flags: string }>()
    .filter((each) => each.flags.includes('"destroys"') || (changesThings(each.key) && endsSomething(each) && isOfWatch(each)))
    .map(({ id }) => id);

/** The fullest ten minutes of calls in time order. */
function fullest(calls: readonly CallRow[]): readonly [from: number, to: number] {
  let best: readonly [number, number] = [0, 0];
  let from = 0;
  for (const [to, call] of calls.entries()) {
    while (call.time - (calls[from]?.time ?? 0) > WINDOW) from += 1;
    if (to + 1 - from > best[1] - best[0]) best = [from, to + 1];
  }
  return best;
}

/** Calls around the fullest ten minutes, without a pause of as long. */
function widen(calls: readonly CallRow[], [from, to]: readonly [number, number]): readonly CallRow[] {
  let [first, last] = [from, to];
  const timeAt = (index: number): number => calls[index]?.time ?? Infinity;
  while (first > 0 && timeAt(first) - timeAt(first - 1) <= WINDOW) first -= 1;
  while (last < calls.length && timeAt(last) - timeAt(last - 1) <= WINDOW) last += 1;
  return calls.slice(first, last);
}

/** All calls from the first of a burst to the last: what was refused in between belongs to it. */
function widenOver(calls: readonly CallRow[], burst: readonly CallRow[]): readonly CallRow[] {
  const [from, to] = [burst[0]?.time ?? Infinity, burst.at(-1)?.time ?? -Infinity];
  return calls.filter(({ time }) => time >= from && time <= to);
}

/** The most in ten minutes. */
function peakOf(calls: readonly CallRow[]): number {
  const [from, to] = fullest(calls);
  return to - from;
}

/** What lies half a day and more away from a burst: a night's work is not cut in two by midnight. */
function apartFrom(burst: readonly CallRow[], calls: readonly CallRow[]): readonly CallRow[] {
  const [from, to] = [(burst[0]?.time ?? Infinity) - DAY / 2, (burst.at(-1)?.time ?? -Infinity) + DAY / 2];
  return calls.filter(({ time }) => time < from || time > to);
}

async function readEnds(db: SqlDriver, breathe: () => Promise<void>): Promise<ReadonlyMap<number, readonly CallRow[]>> {
  const byCaller = new Map<number, CallRow[]>();
  // A hop behind a gateway comes from an address, not from a name.
  for (const endpoint of endingEndpoints(db)) {
    for (const page of pageEndpointCalls(db, endpoint)) {
      for (const call of page) {
        if (!endsSomething(call)) continue;
        const list = byCaller.get(call.principal) ?? [];
        list.push(call);
        byCaller.set(call.principal, list);
      }
      await breathe();
    }
  }
  for (const list of byCaller.values()) list.sort(byTime);
  return byCaller;
}

function endsOf(callers: ReadonlyMap<number, Caller>, id: number, calls: readonly CallRow[], baselineTo: number): Ends {
  // Watching is ended by whoever does so for the first time; a service that rotates its alerts every day is at work.
  const early = calls.some((call) => isOfWatch(call) && call.time <= baselineTo && isGiven(call));
  const isWatch = (call: CallRow): boolean => !early && isOfWatch(call);
  return { caller: callerOf(callers, id), watch: calls.filter(isWatch), lost: calls.filter((call) => !isWatch(call)) };
}

/** The fullest stretch of one caller by one measure. */
interface Measured {
  readonly calls: readonly CallRow[];
  readonly usual: number;
  readonly isBurst: boolean;
}

/**
 * Bursts by one measure, which is that of what is usual as well: of what was truly lost, or of all attempts. A night of refusals does not make a night of
 * deletions usual, nor do alerts that somebody else ended.
 */
function burstsBy(all: readonly Ends[], counts: (call: CallRow) => boolean): ReadonlyMap<Ends, Measured> {
  const counted = all.map((ends) => ({ ends, calls: ends.lost.filter(counts) }));
  // The second is the greatest of all others for the one that has the first.
  const highest = counted
    .map(({ ends, calls }) => ({ ends, peak: peakOf(calls) }))
    .sort((a, b) => b.peak - a.peak)
    .slice(0, 2);
  return new Map(
    counted.map(({ ends, calls }) => {
      const burst = widen(calls, fullest(calls));
      const usual = Math.max(peakOf(apartFrom(burst, calls)), highest.find((other) => other.ends !== ends)?.peak ?? 0);
      return [ends, { calls: burst, usual, isBurst: peakOf(burst) >= Math.max(LEAST, TIMES_USUAL * usual) }] as const;
    }),
  );
}

function findBursts(byCaller: ReadonlyMap<number, readonly CallRow[]>, callers: ReadonlyMap<number, Caller>, baselineTo: number): readonly Burst[] {
  const ends = [...byCaller].map(([id, calls]) => endsOf(callers, id, calls, baselineTo));
  const [given, tried] = [burstsBy(ends, isGiven), burstsBy(ends, () => true)];
  return ends.flatMap((own): Burst[] => {
    const [lost, attempts] = [given.get(own), tried.get(own)];
    const told = lost?.isBurst === true ? lost : attempts;
    const burst = told?.isBurst === true ? widenOver(own.lost, told.calls) : [];
    const all = [...new Set([...burst, ...own.watch])].sort(byTime);
    return all.length === 0 ? [] : [{ caller: own.caller, calls: all, watch: own.watch, usual: told?.usual ?? 0 }];
  });
} // prettier-ignore

function severityOf({ calls, watch }: Burst): SeverityDraft {
  const given = calls.filter(isGiven).length;
  const ended = watch.filter(isGiven).length;
  if (ended > 0) return { base: 'high', steps: [{ by: 1, why: `${plural(ended, 'call')} ended what watches or what restores` }] };
  return { base: 'high', steps: given === 0 ? [{ by: -1, why: 'every attempt failed' }] : [] };
} // prettier-ignore

/** What was done, the watch first where it was ended; an attempt on it only follows what was truly lost. */
function titleOf({ caller, calls, watch, usual }: Burst, objects: number, seconds: number): string {
  const lost = `deleted or disabled ${plural(objects, 'object')} in ${durationText(seconds)}, where the most on any other day is ${countOf(usual)} in ten minutes`;
  if (watch.length === 0) return `${caller.label} ${lost}`;
  const what = `what watches over the estate: ${listOf([...new Set(watch.map(({ method, path }) => `${method} ${path}`))], 2)}`;
  if (watch.some(isGiven)) return `${caller.label} ended ${what}`;
  return calls.length >= LEAST + watch.length
    ? `${caller.label} ${lost}; it also tried to end ${what}`
    : `${caller.label} tried to end ${what}`;
}

function toDraft(db: SqlDriver, burst: Burst): FindingDraft {
  const { caller, calls, watch, usual } = burst;
  const [first] = calls;
  const last = calls.at(-1);
  const seconds = Math.max(1, Math.round(((last?.time ?? 0) - (first?.time ?? 0)) / 1e6));
  const given = calls.filter(isGiven);
  const objects = new Set(given.map(({ path }) => path)).size;
  const collections = [...new Set(calls.map(({ method, path }) => `${method} ${path.replace(/\/[^/]*\d[^/]*/g, '/{}')}`))].sort();
  return {
    subject: `${caller.key} ${String(first?.time ?? 0)}`,
    title: titleOf(burst, objects, seconds),
    severity: severityOf(burst),
    confidence: 'observed',
    score: Math.min(1, 0.5 + objects / 500 + (watch.some(isGiven) ? 0.3 : watch.length > 0 ? 0.1 : 0)),
    principals: [caller.id],
    ...whatOf(
      db,
      calls.map(({ id }) => id),
    ),
    crossedAt: (watch[0] ?? calls[Math.min(calls.length, LEAST) - 1])?.id,
    observed: { calls: calls.length, succeeded: given.length, objects, seconds, operations: collections.slice(0, 10), againstWhatWatches: watch.length },
    expected: { mostInTenMinutesOnOtherDays: usual, threshold: Math.max(LEAST, TIMES_USUAL * usual) },
    benignTested: [
      { explanation: 'a job that clears away what is old', result: `not supported: on no other day did any principal end more than ${countOf(usual)} in ten minutes` },
      { explanation: 'tidying up after a test', result: 'not testable from the evidence: ask the owner of the objects' },
    ],
    remediation: [
      'Stop the credential, then restore from a backup that it cannot reach.',
      'Let deletions wait for a day before they are final, and ask a second person for many.',
      ...(watch.length > 0 ? ['Switch logs and alerts on again; look elsewhere for what happened meanwhile.'] : []),
    ],
    exhibits: [
      {
        kind: 'ledger',
        title: 'What was ended',
        head: ['Call', 'Answer', 'What it is'],
        rows: fewOf(calls, LEDGER_ROWS).map((call) => ({
          at: call.id,
          tone: !isGiven(call) ? ('refused' as const) : watch.includes(call) ? ('grave' as const) : ('seen' as const),
          cells: [`${call.method} ${call.path}`, answerText(call), watch.includes(call) ? 'watches or restores' : 'object'],
        })),
        omitted: Math.max(0, calls.length - LEDGER_ROWS),
      },
    ],
  };
} // prettier-ignore

/** Flags a caller that deletes or disables much at once, or ends what would tell of it. */
export const destructiveBurst: Detector = {
  id: 'destructive-burst',
  version: 4,
  title: 'Much deleted, or the watch ended',
  question: 'Did anyone delete or disable much at once, or switch off logs, alerts or backups?',
  about: {
    catches: 'Much deleted or disabled in a short time, or logs, alerts and backups switched off.',
    inputs: ['calls with a known principal, method, path template and status'],
    falsePositives: ['a job that clears away what is old', 'tidying up after a test or a migration'],
  },
  family: 'incident',
  needs: ['chains', 'baseline'],
  reads: ['caller', 'time', 'status'],
  maps: {
    owaspApi: ['API5:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI02', 'ASI10'],
    attack: ['T1485', 'T1531', 'T1685.002'],
    atlas: ['AML.T0101'],
    cwe: ['CWE-862'],
  },
  settings: [
    { name: 'window', value: '10 min', why: 'who tidies up by hand does not get far in it' },
    { name: 'least', value: LEAST, why: 'fewer in ten minutes are somebody tidying up' },
    { name: 'timesUsual', value: TIMES_USUAL, why: 'twice the most that any principal did on another day: a nightly clean-up is its own measure' },
  ],
  async run(db, breathe) {
    const missing = missingCallers(db) ?? missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const callers = readCallers(db);
    const bursts = findBursts(await readEnds(db, breathe), callers, Number(getMeta(db, 'baseline_to') ?? -Infinity));
    return { kind: 'evaluated', findings: bursts.map((burst) => toDraft(db, burst)) };
  },
}; // prettier-ignore
