import type { CallContext } from '../../contract/methods.ts';
import type { AnalysisResult } from '../../contract/table.ts';
import { breather } from '../breathe.ts';
import { detectors } from '../detectors/index.ts';
import { runDetectors } from '../detectors/run.ts';
import { setGiven, type GivenWindow } from '../passes/baseline/chosen.ts';
import { passes } from '../passes/index.ts';
import type { EnginePorts } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';
import { firstIndices } from '../store/migrations/0001-first.ts';
import { bumpRevision, getMeta, setMeta } from '../store/meta.ts';
import { caseKey } from '../store/open.ts';
import { evidenceRevision } from './import-job.ts';
import { finishWithdrawals } from './withdraw.ts';

/** The rules as one text: a change of any detector's version makes findings out of date. */
export const rulesVersion = (): string => detectors.map((detector) => `${detector.id}@${String(detector.version)}`).join(' ');

/** Forgets that a pass ran, and with it whatever was built on it: a cancel before their turn must not leave them for fresh. */
export function markStale(db: SqlDriver, id: string): void {
  db.prepare('DELETE FROM pass_state WHERE id = ?').run(id);
  setMeta(db, 'rules', '');
  for (const dependent of passes) if (dependent.needs.includes(id)) markStale(db, dependent.id);
}

/** What the analyst chose for a run; what is left out stays as it was. */
export interface AnalysisChoice extends GivenWindow {
  readonly only?: readonly string[] | undefined;
}

/** Runs the passes and detectors that are out of date, in order; a cancelled pass leaves its old result or none. */
export async function runAnalysis(
  db: SqlDriver,
  ports: EnginePorts,
  { only, ...given }: AnalysisChoice,
  context: CallContext,
): Promise<AnalysisResult> {
  const breathe = breather(ports, context.signal);
  // Calls of a source whose withdrawal was cut short must not count.
  await finishWithdrawals(db, breathe);
  if (setGiven(db, given)) markStale(db, 'baseline');
  const revision = evidenceRevision(db);
  // An import whose process died has not come to its indices; where they are there, this costs nothing.
  db.exec(firstIndices);
  const ran: string[] = [];
  const steps = passes.length + 1;
  for (const [index, pass] of passes.entries()) {
    const state = db.prepare('SELECT version, revision FROM pass_state WHERE id = ?').get<{ version: number; revision: number }>(pass.id);
    if (state?.version === pass.version && state.revision === revision) continue;
    context.progress({ step: pass.title, done: index, total: steps, unit: 'steps' });
    markStale(db, pass.id);
    const detail = await pass.run({
      db,
      crypto: ports.crypto,
      codec: ports.codec,
      caseKey: caseKey(db),
      signal: context.signal,
      breathe,
      progress: (done, total) => {
        context.progress({ step: pass.title, done: index + (total === 0 ? 0 : done / total), total: steps, unit: 'steps' });
      },
    });
    db.prepare('INSERT INTO pass_state (id, version, revision, detail) VALUES (?, ?, ?, ?)').run(pass.id, pass.version, revision, detail);
    ran.push(pass.id);
  }
  const rules = `${rulesVersion()} ${only?.join(',') ?? ''} ${String(revision)}`;
  if (ran.length > 0 || getMeta(db, 'rules') !== rules) {
    context.progress({ step: 'detectors', done: passes.length, total: steps, unit: 'steps' });
    await runDetectors(db, { only, breathe, codec: ports.codec });
    setMeta(db, 'rules', rules);
    ran.push('detectors');
    db.exec('PRAGMA optimize');
    bumpRevision(db);
  }
  context.progress({ step: 'done', done: steps, total: steps, unit: 'steps' });
  const count = (table: 'finding' | 'chain'): number => db.prepare(`SELECT count(*) AS n FROM ${table}`).get<{ n: number }>()?.n ?? 0;
  const baseline = db.prepare("SELECT detail FROM pass_state WHERE id = 'baseline'").get<{ detail: string }>()?.detail ?? '';
  return { findings: count('finding'), chains: count('chain'), ran, baseline };
}
