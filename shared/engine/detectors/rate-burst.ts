import { durationText } from '../../lib/duration.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { missingCallers, missingTimes, rareness, readSignals, whatOf, type ReadSignal } from './signals/read-signals.ts';
import type { SqlDriver } from '../store/driver.ts';
import { toRiseDraft } from './signals/slow-rise.ts';
import { countOf, plural } from './spoken.ts';

/** Objects of one collection in a burst, and the share of all of them, that make it a harvest. */
const MANY_OBJECTS = 100;
const MOST = 0.5;
/** Calls of an agent in ten minutes, and times its own busiest otherwise, at which it is out of hand. */
const AGENT_CALLS = 300;
const AGENT_RATIO = 10;

/** Calls and different requests of a stranger in ten minutes that are a flood, and the spread of pauses that one machine keeps. */
const FLOOD_CALLS = 1_000;
const FLOOD_REQUESTS = 50;
const FLOOD_CADENCE = 0.7;

/** Different requests of a load test at most. */
const LOAD_TEST = 2;

/** A stranger, or one who is no program of the estate, goes through most of a collection at once. */
const isHarvest = (signal: ReadSignal): boolean =>
  signal.number('distinctIds') >= MANY_OBJECTS &&
  signal.number('coverage') >= MOST &&
  (signal.is('byNetwork') || signal.principal.kind !== 'service');

/** One machine of nobody known asks a thousand times and more, and not for one thing: crowds behind one address do not keep time. */
const isFlood = (signal: ReadSignal): boolean =>
  signal.is('byNetwork') &&
  signal.number('callsIn10Minutes') >= FLOOD_CALLS &&
  signal.number('distinctRequests') >= FLOOD_REQUESTS &&
  signal.number('cadenceSpread') <= FLOOD_CADENCE;

const isRunaway = (signal: ReadSignal): boolean =>
  signal.principal.kind === 'agent' &&
  signal.number('callsIn10Minutes') >= AGENT_CALLS &&
  signal.number('callsIn10Minutes') >= AGENT_RATIO * Math.max(1, signal.number('ownMostOtherwise'));

/** One thing again and again is a load test or a health check; a program of the estate that only does more than usual has its reasons. */
const isExplained = (signal: ReadSignal): boolean =>
  !isHarvest(signal) &&
  !isFlood(signal) &&
  !isRunaway(signal) &&
  (signal.number('distinctRequests') <= LOAD_TEST || signal.principal.kind === 'service');

function toDraft(db: SqlDriver, signal: ReadSignal): FindingDraft {
  const { principal, endpoint } = signal;
  const count = signal.number('callsIn10Minutes');
  const requests = signal.number('distinctRequests');
  const steps = [
    ...(isHarvest(signal)
      ? [
          {
            by: 1,
            why: `${countOf(signal.number('distinctIds'))} objects, ${String(Math.round(signal.number('coverage') * 100))} % of all that were seen`,
          },
        ]
      : []),
    ...(isFlood(signal) && !isHarvest(signal) ? [{ by: 1, why: 'a stranger, one machine by its pace, far beyond any other' }] : []),
    ...(isRunaway(signal) ? [{ by: 1, why: 'an agent far beyond its own pace' }] : []),
  ];
  return {
    subject: `${principal.key} ${endpoint.key} ${String(signal.start)}`,
    title: `${principal.label} made ${plural(count, 'call')} in ten minutes, mostly ${endpoint.method} ${endpoint.template}; ${signal.is('byImported') ? 'by its imported baseline its busiest hour holds' : 'its most at any other time is'} ${countOf(signal.number('ownMostOtherwise'))}`,
    severity: { base: 'low', steps },
    confidence: 'inferred',
    score: Math.min(1, 0.2 + Math.log10(count) / 10 + (isHarvest(signal) ? 0.2 : 0)),
    principals: [principal.id],
    ...whatOf(db, signal.calls),
    crossedAt: signal.calls[Math.min(signal.calls.length, 30) - 1],
    observed: {
      callsIn10Minutes: count,
      calls: signal.number('calls'),
      seconds: signal.number('seconds'),
      distinctIds: signal.number('distinctIds'),
      distinctRequests: requests,
      refusedOrMissing: signal.number('refusedOrMissing'),
    },
    expected: {
      callsInThatHour: signal.number('expectedInHour'),
      callersOwnMostOtherwise: signal.number('ownMostOtherwise'),
      surprise: signal.number('surprise'),
      rarityAmongPeers: rareness(signal.p),
    },
    benignTested: [
      {
        explanation: 'a load test or health check',
        result: `not supported: ${plural(requests, 'different request')}`,
      },
      {
        explanation: 'the hour of the day, at which everybody calls more',
        result: `not supported: ${String(signal.number('expectedInHour'))} calls are expected of it in that hour`,
      },
      {
        explanation: 'a job that does this regularly',
        result: `not supported: its busiest ${signal.is('byImported') ? 'hour by the imported baseline holds' : 'ten minutes otherwise hold'} ${plural(signal.number('ownMostOtherwise'), 'call')}`,
      },
    ],
    remediation: [
      `Limit calls of one principal to ${endpoint.method} ${endpoint.template}; ${durationText(600)} should hold no more than a few times the usual.`,
      'Ask the owner of the principal whether this was planned.',
    ],
  };
}

/** Flags callers with far more calls in ten minutes than their own history, their peers and the hour explain. */
export const rateBurst: Detector = {
  id: 'rate-burst',
  version: 3,
  title: 'Burst of calls',
  question: 'Did anyone call far more often than ever, than its peers and than the hour explains?',
  about: {
    catches:
      'A principal that calls far more often than its own past, its peers and the hour of the day explain; and one that calls a little more hour after hour, which no single hour shows.',
    inputs: ['calls with times and principals'],
    falsePositives: ['a release', 'a job on the full minute', 'a cache that was emptied'],
  },
  sigma: [
    {
      title: 'a flood from one address',
      level: 'low',
      ask: { kind: 'present', field: 'method' },
      burst: { least: FLOOD_CALLS, minutes: 10, by: 'clientIp' },
      leavesOut: 'what is usual of the principal, its peers and the hour',
    },
  ],
  family: 'incident',
  joinsOthers: true,
  tells: 'how-much',
  needs: ['signals'],
  reads: ['time', 'caller'],
  maps: {
    owaspApi: ['API4:2023'],
    owaspLlm: ['LLM10:2025'],
    owaspAgentic: ['ASI02'],
    attack: ['T1499'],
    atlas: ['AML.T0029', 'AML.T0034.000'],
    cwe: ['CWE-770', 'CWE-799'],
  },
  settings: [
    { name: 'window', value: '10 min', why: 'long enough that a page with its pictures is no burst' },
    { name: 'minCalls', value: 60, why: 'fewer calls in ten minutes hurt nobody' },
    {
      name: 'surprise',
      value: '1e-6',
      why: 'negative-binomial tail of the count expected in that hour, shape from peers, level from the principal',
    },
    { name: 'ratio', value: 5, why: 'times the most of any other ten minutes of the principal' },
    { name: 'manyObjects', value: MANY_OBJECTS, why: 'as many objects of one kind at once are a harvest …' },
    { name: 'most', value: MOST, why: '… when they are half of all, and a stranger or a person asks' },
    { name: 'floodCalls', value: FLOOD_CALLS, why: 'a stranger that asks oftener than once a second for ten minutes …' },
    { name: 'floodRequests', value: FLOOD_REQUESTS, why: '… for as many different things: a load test asks for one …' },
    {
      name: 'floodCadence',
      value: FLOOD_CADENCE,
      why: '… and at the pace of one machine: the pauses of a crowd vary by their middle and more',
    },
    { name: 'agentCalls', value: AGENT_CALLS, why: 'one call every two seconds for ten minutes: no task of an agent needs it …' },
    { name: 'agentRatio', value: AGENT_RATIO, why: '… when it never came near to it before' },
  ],
  async run(db, breathe) {
    const reason = missingTimes(db) ?? missingCallers(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    const findings: FindingDraft[] = [];
    for (const signal of readSignals(db, 'burst')) {
      if (!isExplained(signal)) findings.push(toDraft(db, signal));
      await breathe();
    }
    for (const signal of readSignals(db, 'drift')) {
      if (signal.text('measure') === 'calls') findings.push(toRiseDraft(db, signal, []));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
