import { durationText } from '../../lib/duration.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft } from './detector.ts';
import { missingCallers, missingTimes, rareness, readSignals, whatOf, type ReadSignal } from './signals/read-signals.ts';
import { plural } from './spoken.ts';
import { loopCost } from './exhibits/loop-cost.ts';

/** The same change to the same thing this often is no work. */
const MIN_WRITES = 20;
/** What comes around no sooner than this is a schedule. Units: seconds. */
const MAX_TURN = 3600;
/** Requests of a circle: one alone that repeats is polling, a lease or a heartbeat. */
const MIN_CIRCLE = 2;
/** The same thing read again and again, by an agent, as often as this … */
const MIN_READS = 40;
/** … with a pause below this. Units: seconds. */
const MAX_READ_PAUSE = 30;
/** Repeats against what else the caller repeats. */
const RATIO = 3;
/** What was there from the first hours on is how the caller works. */
const MIN_ONSET = 0.03;
/** Paths that exist to be asked again. */
const POLLING = /poll|status|progress|health|heartbeat|lease|ping|jobs?\b|events?\b|watch|\bme\b/i;

/** Asking for a state as often as this … */
const MIN_POLLS = 100;
/** … with less of a pause is no polling: device logins wait five seconds, and longer when told so (RFC 8628, 3.5). Units: seconds. */
const MAX_POLL_PAUSE = 2;

/** Asking again and again for the state of something, with pauses that a client keeps that waits for it. */
const isPolling = (signal: ReadSignal): boolean =>
  POLLING.test(signal.endpoint.template) && !(signal.number('repeats') >= MIN_POLLS && signal.number('medianGapSeconds') < MAX_POLL_PAUSE);

/** A circle that changes the same thing again and again. */
const repeatsWrites = (signal: ReadSignal): boolean =>
  signal.number('writesNamingObject') > 0 &&
  signal.number('repeatedWrites') >= MIN_WRITES &&
  signal.number('circle') >= MIN_CIRCLE &&
  signal.number('medianGapSeconds') < MAX_TURN &&
  signal.number('onsetShare') >= MIN_ONSET;

/** An agent that reads the same thing again and again without pause. */
const repeatsReads = (signal: ReadSignal): boolean =>
  signal.principal.kind === 'agent' &&
  signal.number('repeats') >= MIN_READS &&
  signal.number('medianGapSeconds') <= MAX_READ_PAUSE &&
  signal.number('repeats') >= RATIO * signal.number('nextMostRepeated') &&
  !isPolling(signal);

const isLoop = (signal: ReadSignal): boolean => !signal.is('byNetwork') && (repeatsWrites(signal) || repeatsReads(signal));

function writeSteps(signal: ReadSignal): FindingDraft['severity']['steps'] {
  if (!repeatsWrites(signal)) return [];
  return [{ by: 1, why: `${String(signal.number('repeatedWrites'))} repeated changes of the same thing` }];
}

function toDraft(db: SqlDriver, tools: DetectorTools, signal: ReadSignal): FindingDraft {
  const cost = loopCost(db, tools, signal.calls);
  const { principal, endpoint } = signal;
  const repeats = signal.number('repeats');
  const circle = signal.number('circle');
  return {
    subject: `${principal.key} ${endpoint.key} ${String(signal.start)}`,
    title: `${principal.label} sent ${circle === 1 ? 'the same request' : `the same ${String(circle)} requests`} ${String(repeats)} times in ${durationText((signal.end - signal.start) / 1e6)}, among them ${endpoint.method} ${endpoint.template}`,
    severity: { base: 'medium', steps: writeSteps(signal) },
    confidence: 'observed',
    score: Math.min(1, 0.4 + Math.log10(repeats) / 10 + (repeatsWrites(signal) ? 0.2 : 0)),
    principals: [principal.id],
    ...whatOf(db, signal.calls),
    crossedAt: signal.calls[Math.min(signal.calls.length, MIN_WRITES * circle) - 1],
    observed: {
      repeats,
      requestsInCircle: circle,
      calls: signal.number('calls'),
      repeatedWrites: signal.number('repeatedWrites'),
      differentOutcomes: signal.number('outcomes'),
      medianPauseSeconds: signal.number('medianGapSeconds'),
      answeredBytes: cost.bytes,
      tokens: cost.tokens ?? 'no answer says',
    },
    exhibits: [cost.exhibit],
    expected: { callersNextMostRepeated: signal.number('nextMostRepeated'), rarityAmongPeers: rareness(signal.p) },
    benignTested: [
      {
        explanation: 'polling for a result',
        result: repeatsWrites(signal)
          ? 'not supported: it changes something with every turn'
          : POLLING.test(signal.endpoint.template)
            ? `not supported: a client that waits for something pauses for longer than ${String(signal.number('medianGapSeconds'))} s`
            : 'not supported: the path names a thing, not a status, and the answer stays the same',
      },
      {
        explanation: 'a schedule',
        result: `not supported: it begins after ${String(Math.round(signal.number('onsetShare') * 100))} % of the evidence and was not there before`,
      },
      {
        explanation: 'retries after an error',
        result:
          signal.number('failedShare') > 0.5
            ? `supported in part: ${String(Math.round(signal.number('failedShare') * 100))} % of the answers were errors`
            : `not supported: ${plural(repeats, 'answer')}, ${String(Math.round(signal.number('failedShare') * 100))} % of them errors`,
      },
    ],
    remediation: [
      'Stop the run of the agent, and look what its last new input was.',
      'Give the agent a budget of steps and of equal calls after which a person is asked.',
      ...(repeatsWrites(signal) ? ['Undo the repeated changes; ask for an idempotency key on this endpoint.'] : []),
    ],
  };
}

/** Flags callers that go round in a circle. */
export const agentLoop: Detector = {
  id: 'agent-loop',
  version: 4,
  title: 'Runaway loop',
  question: 'Did an agent or program go round in a circle?',
  about: {
    catches: 'An agent or program that repeats the same calls with the same outcome, or tries again and again without growing pauses.',
    inputs: ['calls with times', 'bodies or usage fields, for arguments and cost'],
    falsePositives: ['a task that is asked for until it is done', 'health checks'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['signals'],
  reads: ['time', 'caller'],
  maps: {
    owaspApi: ['API4:2023'],
    owaspLlm: ['LLM10:2025'],
    owaspAgentic: ['ASI08'],
    attack: ['T1499', 'T1496'],
    atlas: ['AML.T0034.002'],
    cwe: ['CWE-799', 'CWE-835'],
  },
  settings: [
    { name: 'minWrites', value: MIN_WRITES, why: 'nobody changes the same thing in the same way twenty times' },
    { name: 'minCircle', value: MIN_CIRCLE, why: 'one request alone that repeats is polling, a lease or a heartbeat' },
    { name: 'maxTurnSeconds', value: MAX_TURN, why: 'what comes around once an hour or less is a schedule' },
    { name: 'minReads', value: MIN_READS, why: 'the same thing was read once a task, not forty times' },
    { name: 'maxReadPauseSeconds', value: MAX_READ_PAUSE, why: 'slower re-reading is a task that comes back' },
    { name: 'minPolls', value: MIN_POLLS, why: 'asking for a state this often …' },
    {
      name: 'maxPollPauseSeconds',
      value: MAX_POLL_PAUSE,
      why: '… with less of a pause is no polling: a device login waits five seconds (RFC 8628, 3.5)',
    },
    { name: 'ratio', value: RATIO, why: 'against whatever else the principal repeats most' },
    { name: 'minOnset', value: MIN_ONSET, why: 'what is there from the first hours on is how the principal works' },
  ],
  async run(db, breathe, tools) {
    const reason = missingTimes(db) ?? missingCallers(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    const findings: FindingDraft[] = [];
    for (const signal of readSignals(db, 'loop')) {
      if (isLoop(signal)) findings.push(toDraft(db, tools, signal));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
