import type { SqlDriver } from '../../store/driver.ts';
import { changingEndpoints } from '../../store/read/changing-endpoints.ts';
import type { FindingDraft, SeverityDraft } from '../detector.ts';
import { coverageCurve } from '../exhibits/of-calls.ts';
import { countOf, plural, sizeOf } from '../spoken.ts';
import { rareness, whatOf, type ReadSignal } from './read-signals.ts';

/** What rose, as a sentence takes it. */
function amountOf(signal: ReadSignal, value: number): string {
  const measure = signal.text('measure');
  if (measure === 'bytes') return sizeOf(Math.round(value));
  return `${countOf(Math.round(value))} ${measure === 'objects' ? 'objects' : 'calls'}`;
}

/** Share of the calls that changed something, from which on a caller works on what it reads: who takes data away leaves it as it was. */
const WORK_SHARE = 0.1;

/** Calls that changed something and were not refused. */
function countChanges(db: SqlDriver, calls: readonly number[]): number {
  const changing = changingEndpoints(db);
  const select = db.prepare('SELECT f.endpoint_id AS endpoint, c.status FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.id = ?');
  return calls.filter((id) => {
    const row = select.get<{ endpoint: number | null; status: number | null }>(id);
    return row?.endpoint !== undefined && row.endpoint !== null && changing.has(row.endpoint) && (row.status ?? 400) < 400;
  }).length;
}

/** True for a rise in which reading and changing rose together: more of the same work. */
export const isWork = (db: SqlDriver, { calls }: ReadSignal): boolean => countChanges(db, calls) >= WORK_SHARE * calls.length;

/**
 * A rise that no single hour shows, from a signal of the kind `drift`.
 * Shape: `steps` are what makes it more than a note; without any it is one.
 */
export function toRiseDraft(db: SqlDriver, signal: ReadSignal, steps: SeverityDraft['steps']): FindingDraft {
  const { principal, calls } = signal;
  const [seen, expected] = [signal.number('seen'), signal.number('expected')];
  const hours = signal.number('hours');
  const whose = signal.is('byImported') ? 'by its imported baseline' : 'by its own hours of the day';
  return {
    subject: `${principal.key} rise ${signal.text('measure')} ${String(signal.start)}`,
    title: `${principal.label} came to ${amountOf(signal, seen)} in ${plural(hours, 'hour')}, where ${amountOf(signal, expected)} are expected ${whose}; no single hour shows it`,
    severity: { base: 'low', steps },
    confidence: 'inferred',
    score: Math.min(1, 0.2 + Math.log10(Math.max(1, signal.number('sum'))) / 10),
    principals: [principal.id],
    ...whatOf(db, calls),
    crossedAt: calls[Math.min(calls.length, signal.number('callsUntilSeen')) - 1],
    observed: {
      rose: signal.text('measure'),
      seen,
      hours,
      hoursUntilSeen: signal.number('hoursUntilSeen'),
      sumOfDeviations: signal.number('sum'),
    },
    expected: { inTheseHours: Math.round(expected), sumOfDeviations: 'below 5', rarityAmongPeers: rareness(signal.p) },
    benignTested: [
      {
        explanation: 'everybody calls more: a release, a sale, another day of the week',
        result: 'not supported: what is expected was raised as far as all others of its kind rose in each hour',
      },
      {
        explanation: 'one busy hour',
        result: 'not supported: no hour holds more than half of what is too much, and the rise lasts six hours with calls or more',
      },
      {
        explanation: 'work that grows',
        result: `${isWork(db, signal) ? 'likely' : 'not supported'}: ${countOf(countChanges(db, calls))} of ${plural(calls.length, 'call')} changed something; the owner of ${principal.label} knows`,
      },
    ],
    remediation: ['Ask the owner of the principal what it has been doing since then.', 'Set a limit for a day beside that for a minute.'],
    exhibits: [coverageCurve(db, 'Different objects over time', calls)],
  };
}
