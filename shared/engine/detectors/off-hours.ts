import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { missingCallers, missingTimes, readSignals, whatOf, type ReadSignal } from './signals/read-signals.ts';
import { plural } from './spoken.ts';

/** Evidence below this has no rhythm to speak of. Units: days. */
const MIN_DAYS = 14;
const DAY = 86_400_000_000;

function toDraft(db: SqlDriver, signal: ReadSignal): FindingDraft {
  const { principal } = signal;
  return {
    subject: `${principal.key} ${String(signal.start)}`,
    title: `${principal.label} made ${plural(signal.number('calls'), 'call')} at an hour (UTC) at which it is never there`,
    severity: { base: 'low', steps: [] },
    confidence: 'suspected',
    score: Math.min(0.3, signal.number('surpriseBits') / 50),
    principals: [principal.id],
    ...whatOf(db, signal.calls),
    crossedAt: signal.calls[4],
    observed: { calls: signal.number('calls'), surpriseBits: signal.number('surpriseBits') },
    expected: { usualBits: signal.number('usualBits') },
    benignTested: [{ explanation: 'on call, travel, or the end of a month', result: 'not testable from calls alone, so it stays a note' }],
    remediation: ['Ask the person; look whether address and client changed in the same session.'],
  };
}

/** Flags sessions of people at hours that are not theirs. A note that strengthens others. */
export const offHoursDetector: Detector = {
  id: 'off-hours',
  version: 1,
  title: 'Wrong time for this person',
  question: 'Was a person there at an hour at which it never is?',
  about: {
    catches: 'A person at an hour at which that person is never there.',
    inputs: ['two weeks of evidence, or a baseline of another case'],
    falsePositives: ['somebody on call', 'travel', 'the end of a month'],
  },
  family: 'incident',
  joinsOthers: true,
  tells: 'how-much',
  needs: ['signals'],
  reads: ['caller', 'time'],
  maps: { owaspApi: [], owaspLlm: [], owaspAgentic: ['ASI10'], attack: ['T1078'], atlas: ['AML.T0012'], cwe: [] },
  settings: [
    { name: 'minDays', value: MIN_DAYS, why: 'two weeks show what is usual in each hour' },
    { name: 'maxEntropy', value: 0.85, why: 'who is there at all hours has no rhythm' },
    { name: 'minBits', value: 6, why: 'as surprising as an hour that holds a sixty-fourth of the usual share' },
    { name: 'minCalls', value: 5, why: 'a single call is a tab left open' },
  ],
  async run(db, breathe) {
    const reason = missingTimes(db) ?? missingCallers(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    const span = db.prepare('SELECT max(time) - min(time) AS span FROM call').get<{ span: number }>()?.span ?? 0;
    if (span < MIN_DAYS * DAY)
      return {
        kind: 'not-evaluable',
        reason: `the evidence spans ${plural(Math.floor(span / DAY), 'day')}; a rhythm shows from ${String(MIN_DAYS)} days on`,
      };
    const findings: FindingDraft[] = [];
    for (const signal of readSignals(db, 'off-hours')) {
      findings.push(toDraft(db, signal));
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
