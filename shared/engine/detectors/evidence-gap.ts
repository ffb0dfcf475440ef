import { append } from '../../lib/append.ts';
import { greatest } from '../../lib/extremes.ts';
import { durationText } from '../../lib/duration.ts';
import { epochMicros, printTime } from '../../model/units.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import { fewOf } from './exhibits/few.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { MINUTE, readActivity, type SourceActivity } from '../store/read/gaps/activity.ts';
import { findBrokenEnds } from './gaps/broken-ends.ts';
import { findClockSteps, type ClockStep } from './gaps/clock-steps.ts';
import { findLostFields, MIN_LACKING, type LostField } from './gaps/lost-fields.ts';
import { findMissingFiles } from './gaps/missing-files.ts';
import { findTrailSwitches, readTrailSwitches, trailEndsIn, type TrailSwitch } from './gaps/trail-switches.ts';
import { areCompanions, joinStreams, type Stream } from '../store/read/gaps/streams.ts';
import { silencesOf } from '../store/read/gaps/holes.ts';
import { MAX_CHANCE, MIN_SILENCE, type Silence } from '../store/read/gaps/silences.ts';
import { inTimeOrder } from './inventory/evidence.ts';
import { countOf, plural } from './spoken.ts';

/** Points of the curve of calls. */
const POINTS = 200;
/** Writes to a trail so long before a silence may have made it. Units: µs. */
const BEFORE = 10 * MINUTE;
const TRAIL =
  /(?:^|[/_.-])(?:audit|logs?|logging|alerts?|monitor(?:ing|s)?|telemetry|collectors?|pipelines?|sinks?|retention)(?:[/_.-]|$)/i;

/** Findings of other detectors that a silence takes the ground from. */
const BLIND = ['credential-after-revocation', 'bulk-data-egress', 'rate-burst', 'low-and-slow-scrape', 'business-flow-skip'];

const minuteText = (minute: number): string =>
  printTime(epochMicros(minute * MINUTE))
    .slice(0, 16)
    .replace('T', ' ');
const spanText = (from: number, to: number): string => durationText((to - from) * 60);

/** Calls per hour over the whole source: a silence is where the line lies on the ground. */
function activityCurve({ minutes }: Stream): ExhibitDraft {
  const hours = new Map<number, number>();
  for (const { at, calls } of minutes) hours.set(Math.floor(at / 60), (hours.get(Math.floor(at / 60)) ?? 0) + calls);
  const [first, last] = [Math.floor((minutes[0]?.at ?? 0) / 60), Math.floor((minutes.at(-1)?.at ?? 0) / 60)];
  const step = Math.max(1, Math.ceil((last - first + 1) / POINTS));
  const points = Array.from({ length: Math.ceil((last - first + 1) / step) }, (_, index): readonly [number, number] => {
    const start = first + index * step;
    return [start - first, greatest(Array.from({ length: step }, (__, at) => hours.get(start + at) ?? 0), 0)];
  });
  return { kind: 'curve', title: 'Calls an hour of this source', x: 'hours since its first call', y: 'calls', points: fewOf(points, POINTS) };
} // prettier-ignore

/** The last call before a time and the first from it on, of files that continue one another. */
function aroundOf(db: SqlDriver, sources: readonly number[], from: number, to: number): readonly number[] {
  const among = sources.map(() => '?').join(', ');
  const before = db.prepare(`SELECT id FROM call WHERE source_id IN (${among}) AND time < ? ORDER BY time DESC, id DESC LIMIT 1`).get<{ id: number }>(...sources, from * MINUTE);
  const after = db.prepare(`SELECT id FROM call WHERE source_id IN (${among}) AND time >= ? ORDER BY time, id LIMIT 1`).get<{ id: number }>(...sources, to * MINUTE);
  return [before, after].flatMap((row) => (row === undefined ? [] : [row.id]));
} // prettier-ignore

/** Successful changes of the trail itself shortly before a silence. */
const trailWrites = (db: SqlDriver, switches: readonly TrailSwitch[], from: number): readonly number[] => [
  ...db
    .prepare(
      `SELECT c.id, c.path FROM call c JOIN term m ON m.id = c.method_id WHERE c.time BETWEEN ? AND ? AND m.value IN ('DELETE', 'PUT', 'PATCH') AND c.status BETWEEN 200 AND 299 ORDER BY c.time, c.id`,
    )
    .all<{ id: number; path: string | null }>(from * MINUTE - BEFORE, from * MINUTE + MINUTE)
    .flatMap(({ id, path }) => (TRAIL.test(path ?? '') ? [id] : [])),
  ...trailEndsIn(switches, from * MINUTE - BEFORE, from * MINUTE + MINUTE),
];

const callsIn = (sources: readonly Pick<Stream, 'minutes'>[], from: number, to: number): number =>
  sources.reduce((sum, { minutes }) => sum + minutes.reduce((own, { at, calls }) => (at >= from && at < to ? own + calls : own), 0), 0);

const common = { confidence: 'observed', principals: [], credentials: [], endpoints: [], chains: [] } as const;

function silenceDraft(db: SqlDriver, activity: Stream, { from, to, expected, days }: Silence, others: readonly Stream[], switches: readonly TrailSwitch[]): FindingDraft {
  const elsewhere = callsIn(others, from, to);
  const writes = trailWrites(db, switches, from);
  const severity: SeverityDraft = {
    base: 'low',
    steps: [
      ...(elsewhere > 0 ? [{ by: 1, why: `other sources hold ${plural(elsewhere, 'call')} of that time` }] : []),
      ...(writes.length > 0 ? [{ by: 1, why: 'right before it, something about logs or alerts was changed' }] : []),
    ],
  };
  const [before, after] = aroundOf(db, activity.sources, from, to);
  return {
    ...common,
    subject: `${activity.name} silence ${String(from)}`,
    title: `${activity.name} is silent for ${spanText(from, to)} from ${minuteText(from)} UTC, where about ${plural(Math.round(expected), 'minute')} with calls were to be expected`,
    severity,
    score: Math.min(1, 0.3 + expected / 500),
    calls: [...(before === undefined ? [] : [before]), ...writes, ...(after === undefined ? [] : [after])],
    crossedAt: after,
    observed: { source: activity.name, silentFrom: minuteText(from), silentTo: minuteText(to), minutes: to - from, callsInOtherSources: elsewhere, trailChangedBefore: writes.length, notJudgedMeanwhile: BLIND },
    expected: { minutesWithCalls: Math.round(expected), comparedDays: days, chanceOfNone: Math.exp(-expected).toExponential(1) },
    benignTested: [
      { explanation: 'a night or a weekend', result: days > 0 ? `not supported: the same hours of ${plural(days, 'other day')} have calls` : 'not supported: both sides of it are busy, and it is short' },
      { explanation: 'a time without traffic', result: others.length === 0 ? 'not tested: there is no other source' : elsewhere > 0 ? 'not supported: other sources go on' : 'possible: the other sources are silent as well' },
      { explanation: 'maintenance', result: 'not tested: records do not show it' },
    ],
    remediation: ['Ask for the missing hours from the gateway, a backup or another hop before concluding that nothing happened.', 'Find out who could stop or cut the log, and watch for silence.'],
    exhibits: [activityCurve(activity)],
  };
} // prettier-ignore

const FIELD_WORDS: Readonly<Record<LostField['field'], string>> = { address: 'the address of the principal', userAgent: 'the User-Agent', status: 'the status', requestBytes: 'the size of requests', responseBytes: 'the size of answers', traceId: 'the trace id', requestId: 'the request id' }; // prettier-ignore

function lostDraft(db: SqlDriver, activity: SourceActivity, { field, from, to, calls }: LostField): FindingDraft {
  const ids = db.prepare('SELECT id, time FROM call WHERE source_id = ? AND time >= ? AND time < ? ORDER BY time, id LIMIT 1000').all<{ id: number; time: number }>(activity.source, from * MINUTE, to * MINUTE);
  return {
    ...common,
    subject: `${activity.name} ${field}`,
    title: `${activity.name} does not tell ${FIELD_WORDS[field]} for ${spanText(from, to)} from ${minuteText(from)} UTC, in ${plural(calls, 'call')}; at all other times it does`,
    severity: { base: 'low', steps: [] },
    score: 0.3,
    calls: inTimeOrder(ids),
    crossedAt: ids[0]?.id,
    observed: { source: activity.name, field, from: minuteText(from), to: minuteText(to), calls },
    expected: { callsWithout: 0 },
    benignTested: [{ explanation: 'a changed configuration of the log', result: 'possible: records do not show why' }],
    remediation: ['Find out who changed what the log writes, and bring the field back.'],
  };
} // prettier-ignore

const stepDraft = (activity: SourceActivity, steps: readonly ClockStep[]): FindingDraft => ({
  ...common,
  subject: `${activity.name} clock`,
  title: `In ${activity.name} time goes back ${steps.length === 1 ? 'once' : `${countOf(steps.length)} times`}, by ${durationText(Math.round(greatest(steps.map(({ back }) => back)) / 1e6))} at most`,
  severity: { base: 'info', steps: [] },
  score: 0.2,
  calls: [...new Set(steps.flatMap(({ before, after }) => [before, after]))],
  crossedAt: steps[0]?.after,
  observed: { source: activity.name, steps: steps.length, longestSeconds: Math.round(greatest(steps.map(({ back }) => back)) / 1e6) },
  expected: { steps: 0 },
  benignTested: [{ explanation: 'files that were put together in another order', result: 'possible: rotated parts in one file look so' }],
  remediation: ['Order the parts by their own names and times, or ask for the file as it was written.'],
}); // prettier-ignore

/** Flags stretches in which the evidence is silent, tells less, or goes back in time. */
export const evidenceGap: Detector = {
  id: 'evidence-gap',
  version: 5,
  title: 'The evidence has a hole',
  question: 'Is a source silent where it should speak, was it switched off, does it tell less, or does its time go back?',
  about: {
    catches: 'Stretches without calls where calls were to be expected, stretches in which a source no longer tells a field, places where its time goes back, files that break off inside a record, and days for which a log that is rotated daily has no file; trails of AWS that somebody switched off or told to keep less, with who, when and for how long. Numbers of records, other changed log settings and sources that changed after import are not looked at.',
    inputs: ['a source with 500 calls and times', 'other days or other sources, to compare with'],
    falsePositives: ['maintenance', 'a cut by the retention of logs', 'rotated files that were put together in another order'],
  },
  family: 'posture',
  needs: ['principals', 'endpoints', 'chains'],
  reads: ['time'],
  maps: { owaspApi: [], owaspLlm: [], owaspAgentic: ['MCP08'], attack: ['T1685.002', 'T1070'], atlas: [], cwe: ['CWE-778'] },
  settings: [
    { name: 'silence', value: `${String(MIN_SILENCE)} min`, why: 'shorter pauses are pauses' },
    { name: 'chance', value: MAX_CHANCE, why: 'of so long a silence if nothing were wrong, by minutes with calls on both sides and in the same hours of other days' },
    { name: 'lacking', value: MIN_LACKING, why: 'calls in a row without a field that 99 % of the others have' },
  ],
  async run(db, breathe) {
    const sources = await readActivity(db, breathe);
    const streams = joinStreams(db, sources);
    const switches = readTrailSwitches(db);
    const trails = findTrailSwitches(db, switches);
    const findings: FindingDraft[] = [...trails.findings, ...findBrokenEnds(db)];
    const cut = trails.omitted === 0 ? undefined : `${plural(trails.omitted, 'further time')} that a trail was switched off or told to keep less, besides the longest, are not told`;
    if (greatest(streams.map(({ calls }) => calls), 0) < 500) {
      const reason = 'no source has 500 calls with times, so nothing can be expected of any minute';
      return findings.length === 0 ? { kind: 'not-evaluable', reason } : { kind: 'evaluated', findings, partly: cut === undefined ? reason : `${reason}; ${cut}` };
    }
    for (const stream of streams) {
      const others = streams.filter((other) => other !== stream);
      const companions = others.filter((other) => areCompanions(stream, other));
      // What a log of the same hosts holds says most; others only show that the estate was at work.
      const silences = silencesOf(stream, streams);
      append(findings, silences.map((silence) => silenceDraft(db, stream, silence, companions.length === 0 ? others : companions, switches)));
      append(findings, findMissingFiles(db, stream, silences));
      await breathe();
    }
    for (const activity of sources) {
      append(findings, findLostFields(activity).map((lost) => lostDraft(db, activity, lost)));
      const steps = await findClockSteps(db, activity.source, breathe);
      if (steps.length > 0) findings.push(stepDraft(activity, steps));
    }
    return { kind: 'evaluated', findings, ...(cut === undefined ? {} : { partly: cut }) };
  },
}; // prettier-ignore
