import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { missingCallers, missingTimes, rareness, readSignals, whatOf, type ReadSignal } from './signals/read-signals.ts';
import { plural } from './spoken.ts';
import { tempoStrip } from './exhibits/of-calls.ts';

function toDraft(db: SqlDriver, signal: ReadSignal): FindingDraft {
  const { principal } = signal;
  return {
    subject: `${principal.key} ${String(signal.start)}`,
    title: `${principal.label}, a person, made ${plural(signal.number('calls'), 'call')} to ${plural(signal.number('operations'), 'endpoint')} with ${String(signal.number('medianPauseMs'))} ms between them, where ${String(signal.number('ownMedianPauseMs'))} ms is usual for it`,
    severity: { base: 'low', steps: [] },
    confidence: 'suspected',
    score: 0.2,
    principals: [principal.id],
    ...whatOf(db, signal.calls),
    crossedAt: signal.calls[19],
    observed: { calls: signal.number('calls'), operations: signal.number('operations'), medianPauseMs: signal.number('medianPauseMs') },
    expected: { ownMedianPauseMs: signal.number('ownMedianPauseMs'), rarityAmongRuns: rareness(signal.p) },
    benignTested: [
      {
        explanation: 'a page that loads its parts',
        result: `not decided: ${plural(signal.number('operations'), 'different endpoint')} in a row; a page of a rich client may ask for as many, so it stays a note`,
      },
    ],
    exhibits: [tempoStrip(db, `The pace: ${String(signal.number('medianPauseMs'))} ms between calls`, signal.calls)],
    remediation: ['Ask the person whether a program uses the login; give it a credential of its own.'],
  };
}

/** Flags stretches in which the login of a person acts faster than a person. A note that strengthens others. */
export const machineSpeedChain: Detector = {
  id: 'machine-speed-chain',
  version: 2,
  title: 'Faster than a person',
  question: 'Did the login of a person act faster than a hand?',
  about: {
    catches: 'The login of a person that makes calls faster than a hand.',
    inputs: ['times in milliseconds'],
    falsePositives: ['a page that loads many parts at once', 'an endpoint that takes many requests in one'],
  },
  family: 'incident',
  joinsOthers: true,
  tells: 'how-much',
  needs: ['signals'],
  reads: ['time', 'caller'],
  maps: {
    owaspApi: ['API6:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI02', 'ASI08'],
    attack: ['T1119', 'T1059.009'],
    atlas: ['AML.T0053'],
    cwe: ['CWE-799'],
  },
  settings: [
    { name: 'calls', value: 20, why: 'fewer calls are one page' },
    { name: 'medianPause', value: '250 ms', why: 'no hand keeps it up over twenty calls' },
    { name: 'ownPause', value: '2 s', why: 'the pace of the person at other times' },
    { name: 'operations', value: 4, why: 'fewer different endpoints are pictures of a page' },
  ],
  async run(db, breathe) {
    const reason = missingTimes(db) ?? missingCallers(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    if (db.prepare("SELECT 1 FROM principal WHERE kind = 'human' AND weak = 0 LIMIT 1").get() === undefined)
      return { kind: 'not-evaluable', reason: 'no principal is known to be one person: all are programs, or told by their network alone' };
    const findings: FindingDraft[] = [];
    for (const signal of readSignals(db, 'pace')) {
      findings.push(toDraft(db, signal));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
