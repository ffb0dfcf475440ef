import { append } from '../../lib/append.ts';
import { greatest, least } from '../../lib/extremes.ts';
import { durationText } from '../../lib/duration.ts';
import { getMeta } from '../store/meta.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { missingCallers, missingTimes, readSignals, whatOf, type ReadSignal } from './signals/read-signals.ts';
import { countOf, listOf } from './spoken.ts';
import { inTimeOrder } from './rows/in-time-order.ts';
import { coverageCurve } from './exhibits/of-calls.ts';
import { peopleFacts } from './people/reached.ts';

/** A night is in it for sure. Units: hours. */
const MIN_SPAN = 20;
/** Share of the hours from first to last in which the caller was there: people sleep, and programs of the estate have their times. */
const MIN_PRESENCE = 0.75;
/** Share of the collection that one caller, or all of them together, took. */
const MIN_COVERAGE = 0.2;
/** Spread of the pauses: below it a clock sets the pace. */
const MAX_CADENCE = 0.65;
/** What was there from the beginning of the evidence cannot be told from a habit. */
const MIN_ONSET = 0.05;
/** Different objects for each call of one with a login: who works with objects comes back to them; strangers are no colleagues. */
const MIN_FRESH = 0.5;
/** Callers that make a band, the time within which they begin (µs), and the share of their calls that goes to the collection. */
const MIN_BAND = 3;
const TOGETHER = 6 * 3_600_000_000;
const MIN_SHARE = 0.4;
/** Different objects that one caller took. */
const MIN_OBJECTS = 20;

const presence = (signal: ReadSignal): number => signal.number('activeHours') / Math.max(1, signal.number('spanHours'));

/** Alone, by how much it takes. */
const isPatient = (signal: ReadSignal): boolean =>
  signal.number('distinctIds') >= MIN_OBJECTS &&
  signal.number('spanHours') >= MIN_SPAN &&
  presence(signal) >= MIN_PRESENCE &&
  signal.number('cadenceSpread') <= MAX_CADENCE &&
  signal.number('coverage') >= MIN_COVERAGE &&
  (signal.is('byNetwork') || signal.number('freshShare') >= MIN_FRESH) &&
  signal.number('onsetShare') >= MIN_ONSET;

/** Strangers that began together on one collection and keep the same hours: one hand behind many addresses. */
function findBands(signals: readonly ReadSignal[]): readonly ReadSignal[] {
  const late = signals.filter((signal) => signal.number('onsetShare') >= MIN_ONSET && signal.number('shareOfCaller') >= MIN_SHARE);
  return late.filter((signal) => {
    const together = late.filter(
      (other) => other.text('collection') === signal.text('collection') && Math.abs(other.start - signal.start) <= TOGETHER,
    );
    return together.length >= MIN_BAND;
  });
}

const isSameMachine = (a: ReadSignal, b: ReadSignal): boolean =>
  a.principal.id === b.principal.id && a.number('machine') === b.number('machine');

/** Signals by collection, one for each machine: a caller that is told by its network may be several. */
function groupSignals(signals: readonly ReadSignal[]): ReadonlyMap<string, readonly ReadSignal[]> {
  const groups = new Map<string, ReadSignal[]>();
  for (const signal of signals) {
    const group = groups.get(signal.text('collection')) ?? [];
    groups.set(signal.text('collection'), group);
    // What one caller took as a whole has its machines in it.
    if (
      !group.some((other) => isSameMachine(other, signal) || (other.principal.id === signal.principal.id && other.number('machine') === 0))
    )
      group.push(signal);
  }
  return groups;
}

/** Groups of the same callers are one: what a gateway passed on is a collection of its own. The largest comes first in each. */
function joinGroups(groups: ReadonlyMap<string, readonly ReadSignal[]>): readonly { collection: string; signals: readonly ReadSignal[] }[] {
  const joined: { collection: string; signals: ReadSignal[]; callers: Set<number> }[] = [];
  for (const [collection, signals] of [...groups].toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))) {
    const callers = signals.map(({ principal }) => principal.id);
    const same = joined.find((one) => callers.filter((id) => one.callers.has(id)).length * 2 >= callers.length);
    if (same === undefined) joined.push({ collection, signals: [...signals], callers: new Set(callers) });
    else append(same.signals, signals);
  }
  return joined;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const round = (value: number): number => Math.round(value * 1000) / 1000;

function toDraft(db: SqlDriver, collection: string, signals: readonly ReadSignal[], first: ReadSignal): FindingDraft {
  const calls = inTimeOrder(
    db,
    signals.flatMap((signal) => [...signal.calls]),
  );
  const worst = greatest(signals.map(({ endpoint }) => endpoint.sensitivity));
  const labels = [...new Set(signals.map(({ principal }) => principal.label))];
  const span = greatest(signals.map((signal) => signal.end)) - least(signals.map((signal) => signal.start));
  const objects = sum(signals.filter((signal) => signal.text('collection') === collection).map((signal) => signal.number('distinctIds')));
  return {
    subject: `${collection} ${[...new Set(signals.map(({ principal }) => principal.key))].join(' ')}`,
    title: `${listOf(labels, 3)} took ${countOf(objects)} of ${collection} evenly over ${durationText(span / 1e6)}, day and night`,
    severity: {
      base: 'medium',
      steps: worst >= 2 ? [{ by: 1, why: 'the objects hold sensitive data' }] : [],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.4 + signals.length / 50 + first.number('coverage') / 5),
    principals: [...new Set(signals.map(({ principal }) => principal.id))],
    ...whatOf(db, calls),
    crossedAt: calls[Math.min(calls.length, MIN_OBJECTS) - 1],
    observed: {
      callers: labels.length,
      calls: calls.length,
      distinctIdsOfEach: signals.map((signal) => signal.number('distinctIds')),
      coverageOfEach: signals.map((signal) => signal.number('coverage')),
      ...peopleFacts(db, calls),
      hoursWithCallsShare: round(sum(signals.map(presence)) / signals.length),
      cadenceSpread: round(sum(signals.map((signal) => signal.number('cadenceSpread'))) / signals.length),
    },
    expected: {
      distinctIds: Math.round(first.number('peersUsual')),
      otherCallers: first.number('peers'),
      deviation: first.number('deviation'),
    },
    benignTested: [
      {
        explanation: 'a person who looks around',
        result: `not supported: calls in ${String(Math.round(presence(first) * 100))} % of all hours, night included`,
      },
      {
        explanation: 'a job or crawler that has always been there',
        result: `not supported: it begins after ${String(Math.round(first.number('onsetShare') * 100))} % of the evidence`,
      },
      {
        explanation: 'a phone network or office behind one address, many people in one principal',
        result: `not supported: pauses vary by ${String(Math.round(first.number('cadenceSpread') * 100))} % only, as no crowd's do`,
      },
    ],
    exhibits: [coverageCurve(db, 'Different objects over time', calls)],
    remediation: [
      'Count distinct objects for each principal and day, not only calls in a minute.',
      `Decide whether ${collection} may be read without a login at this volume.`,
      ...(labels.length > 1 ? ['Treat the principals as one: the same collection, the same pace, the same hours.'] : []),
    ],
  };
}

/** Flags callers that take a collection piece by piece, evenly, without ever being quick. */
export const lowAndSlowScrape: Detector = {
  id: 'low-and-slow-scrape',
  version: 3,
  title: 'Slow, complete scraping',
  question: 'Did anyone take a collection piece by piece, too slowly for any rate limit?',
  about: {
    catches: 'A principal that takes a collection piece by piece, evenly and completely, below every limit of rate.',
    inputs: ['calls over six hours and more'],
    falsePositives: ['a job that synchronises, in the baseline too', 'a search engine that is allowed to'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['signals'],
  reads: ['time', 'caller'],
  maps: {
    owaspApi: ['API6:2023', 'API4:2023'],
    owaspLlm: ['LLM02:2025'],
    owaspAgentic: ['ASI02'],
    attack: ['T1119', 'T1029', 'T1030'],
    atlas: ['AML.T0036'],
    cwe: ['CWE-799'],
  },
  settings: [
    { name: 'minSpanHours', value: MIN_SPAN, why: 'a night is in it for sure' },
    { name: 'minPresence', value: MIN_PRESENCE, why: 'people sleep; who is there in three of four hours, night included, is a program' },
    { name: 'minCoverage', value: MIN_COVERAGE, why: 'a fifth of all objects of a collection is more than looking around' },
    { name: 'maxCadenceSpread', value: MAX_CADENCE, why: 'pauses of people and of crowds vary by more than their middle' },
    { name: 'minOnset', value: MIN_ONSET, why: 'what is there from the first hours on cannot be told from a habit' },
    { name: 'minBand', value: MIN_BAND, why: 'three strangers that begin within six hours and keep the same pace are one' },
    { name: 'minShare', value: MIN_SHARE, why: 'of a band, each has little else to do' },
    { name: 'minObjects', value: MIN_OBJECTS, why: 'fewer objects are no collection' },
  ],
  async run(db, breathe) {
    const reason = missingTimes(db) ?? missingCallers(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    if (getMeta(db, 'baseline_to') === undefined)
      return { kind: 'not-evaluable', reason: 'the evidence spans less than six hours: patience does not show' };
    const signals = [...readSignals(db, 'breadth').filter(isPatient), ...findBands(readSignals(db, 'steady'))];
    const findings: FindingDraft[] = [];
    for (const group of joinGroups(groupSignals(signals))) {
      const [first] = group.signals;
      if (first !== undefined) findings.push(toDraft(db, group.collection, group.signals, first));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
