import type { SqlDriver } from '../store/driver.ts';
import { changesThings } from '../../model/endpoint-words.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { chanceOfNews, doesHarm, firstCalls, MIN_BASELINE, RARE_NEWS, missingBaseline } from './signals/novelty.ts';
import { missingCallers, whatOf } from './signals/read-signals.ts';
import { plural } from './spoken.ts';

/** Calls in which a newcomer shows what it came for. Source: detection 38. */
const FIRST_CALLS = 10;
const SENSITIVE = 2;
/** Newcomers of one kind from which on it is a change of the estate, not one caller. */
const WAVE = 3;

interface Newcomer {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly kind: string;
}

/** What the first calls touched. */
function groundOf(db: SqlDriver, calls: readonly number[]): { readonly worst: number; readonly writes: number; readonly harmful: number } {
  const select = db.prepare(
    'SELECT e.sensitivity, e.key, e.flags, c.status FROM call_fact f JOIN call c ON c.id = f.call_id JOIN endpoint e ON e.id = f.endpoint_id WHERE f.call_id = ?',
  );
  let [worst, writes, harmful] = [0, 0, 0];
  for (const call of calls) {
    const row = select.get<{ sensitivity: number; key: string; flags: string; status: number | null }>(call);
    if (row?.status === null || row === undefined || row.status >= 300) continue;
    worst = Math.max(worst, row.sensitivity);
    if (changesThings(row.key)) writes += 1;
    if (doesHarm(row.flags)) harmful += 1;
  }
  return { worst, writes, harmful };
}

/** How often a caller of this kind is a new one, by those seen once in the baseline. */
function chanceOfKind(db: SqlDriver, kind: string): number {
  const row = db
    .prepare(
      'SELECT sum(b.calls = 1) AS once, sum(b.calls) AS calls FROM baseline b JOIN principal p ON p.id = b.principal_id WHERE b.endpoint_id IS NULL AND p.kind = ?',
    )
    .get<{ once: number | null; calls: number | null }>(kind);
  return chanceOfNews(row?.once ?? 0, row?.calls ?? 0);
}

function toDraft(db: SqlDriver, newcomer: Newcomer, newcomers: number): FindingDraft | undefined {
  const calls = firstCalls(db, newcomer.id, FIRST_CALLS);
  const ground = groundOf(db, calls);
  const chance = chanceOfKind(db, newcomer.kind);
  if ((ground.worst < SENSITIVE && ground.writes === 0) || chance >= RARE_NEWS) return undefined;
  const isAlone = newcomers < WAVE;
  return {
    subject: newcomer.key,
    title: `${newcomer.label}, ${newcomer.kind === 'agent' ? 'an agent' : 'a service'} not seen before, ${ground.writes > 0 ? 'changed something' : 'read sensitive data'} within its first ${plural(calls.length, 'call')}`,
    severity: {
      base: 'low',
      steps: isAlone && ground.harmful > 0 ? [{ by: 1, why: 'the calls move money, grant power or destroy' }] : [],
    },
    confidence: 'suspected',
    score: 0.2 + ground.worst / 20,
    principals: [newcomer.id],
    ...whatOf(db, calls),
    crossedAt: calls[0],
    observed: { firstCalls: calls.length, writes: ground.writes, sensitivity: `S${String(ground.worst)}` },
    expected: { chanceOfANewOne: Math.round(chance * 10_000) / 10_000, newcomersOfThisKind: newcomers },
    benignTested: [
      {
        explanation: 'a release that brings new programs',
        result: isAlone
          ? `not supported: ${plural(newcomers, 'newcomer')} of this kind`
          : `supported: ${String(newcomers)} newcomers of this kind`,
      },
      { explanation: 'a planned new program', result: 'not testable from calls alone: ask who made the credential' },
    ],
    remediation: ['Ask who made the credential, when, and what for.', 'Take the principal into the inventory, or withdraw its credential.'],
  };
}

/** Notes programs that were never there before and touch what matters at once. */
export const newPrincipal: Detector = {
  id: 'new-principal',
  version: 1,
  title: 'New principal on sensitive ground',
  question: 'Did a program that nobody had seen touch what matters at once?',
  about: {
    catches: 'A program that was never seen and that touches sensitive data or writes at once.',
    inputs: ['500 calls or a week before it, to know who is new'],
    falsePositives: ['a wave of new staff or systems'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['baseline'],
  reads: ['caller', 'time'],
  maps: { owaspApi: ['API2:2023'], owaspLlm: [], owaspAgentic: ['ASI10'], attack: ['T1136', 'T1078'], atlas: ['AML.T0103'], cwe: [] },
  settings: [
    { name: 'minBaseline', value: MIN_BASELINE, why: 'fewer calls do not show who is there' },
    { name: 'firstCalls', value: FIRST_CALLS, why: 'a newcomer shows at once what it came for' },
    { name: 'chanceOfNews', value: RARE_NEWS, why: 'where new principals are common, one more is none' },
    { name: 'wave', value: WAVE, why: 'three and more newcomers of a kind are a release' },
  ],
  async run(db, breathe) {
    const reason = missingCallers(db) ?? missingBaseline(db);
    if (reason !== undefined) return { kind: 'not-evaluable', reason };
    const newcomers = db
      .prepare(
        `SELECT p.id, p.key, p.label, p.kind FROM principal p JOIN baseline b ON b.principal_id = p.id AND b.endpoint_id IS NULL
         WHERE p.weak = 0 AND p.kind IN ('agent', 'service') AND b.is_new = 1 ORDER BY p.key`,
      )
      .all<Newcomer>();
    const findings: FindingDraft[] = [];
    for (const newcomer of newcomers) {
      const draft = toDraft(db, newcomer, newcomers.filter(({ kind }) => kind === newcomer.kind).length);
      if (draft !== undefined) findings.push(draft);
      await breathe();
    }
    return { kind: 'evaluated', findings };
  },
};
