import type { CallContext } from '../../contract/methods.ts';
import type { AnalysisResult } from '../../contract/table.ts';
import { breather } from '../breathe.ts';
import { conclusions } from '../conclusions.ts';
import { detectors } from '../detectors/index.ts';
import type { SecondAsker } from '../detectors/asking/second-asker.ts';
import { untilAborted } from '../until-aborted.ts';
import { lookOnly, runDetectors, type RunOptions } from '../detectors/run.ts';
import type { SecondLook } from '../../model/second-look.ts';
import { epochMicros, printTime } from '../../model/units.ts';
import { HOUR } from '../passes/baseline/window.ts';
import { checkGiven, setGiven } from '../passes/baseline/chosen.ts';
import { passes } from '../passes/index.ts';
import type { Pass } from '../passes/pass.ts';
import type { EnginePorts } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';
import { dropFactIndices, firstIndices } from '../store/migrations/0001-first.ts';
import { derivedTables } from '../store/migrations/index.ts';
import { bumpDerived, getInputs, getMeta, setInputs, setMeta } from '../store/meta.ts';
import { caseKey } from '../store/open.ts';
import { withPageCache } from '../store/page-cache.ts';
import { LOOKING, readImportedFile, type GivenWindow } from '../store/read/baseline-choice.ts';
import { keepSecondLook, readSecondLook, secondLookWords, showSecondLook } from '../store/read/second-look.ts';
import { readListMatches } from '../store/read/knowledge.ts';
import { listDecisions } from '../store/read/revocation/decisions.ts';
import { ruleInputs } from '../store/read/findings/rule-inputs.ts';
import { evidenceRevision } from './import-job.ts';
import { closeInterrupted } from './interrupted.ts';
import { finishWithdrawals } from './withdraw.ts';

/** The rules as one text: a change of any detector's version makes findings out of date. */
export const rulesVersion = (): string => detectors.map((detector) => `${detector.id}@${String(detector.version)}`).join(' ');

/** What is made of all findings together; another version makes those of older cases out of date. */
const TOGETHER = 'causes@1';

/** A step and whatever is built on it, in the order of their runs. */
function builtOn(first: Pass): readonly Pass[] {
  const ids = new Set([first.id]);
  return [...passes, ...conclusions].filter((step) => {
    const isBuilt = step === first || step.needs.some((id) => ids.has(id));
    if (isBuilt) ids.add(step.id);
    return isBuilt;
  });
}

/**
 * Takes out what a step and all that is built on it left, and that they ran, at once: their rows name callers, operations and chains by numbers
 * that the step gives anew, so a stop on the way would leave them to somebody else. Findings stay: they name them by key.
 */
function forget(db: SqlDriver, first: Pass): void {
  const steps = builtOn(first);
  const emptied = new Set(steps.flatMap(({ fills }) => fills));
  db.transaction(() => {
    // Without its indices a whole table goes at once.
    if (emptied.has('call_fact')) db.exec(dropFactIndices);
    for (const table of derivedTables) if (emptied.has(table)) db.exec(`DELETE FROM ${table}`);
    const columns = emptied.has('call_fact') ? [] : steps.flatMap(({ marks = [] }) => marks);
    if (columns.length > 0)
      db.exec(
        `UPDATE call_fact SET ${columns.map((column) => `${column} = NULL`).join()} WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(' OR ')}`,
      );
    for (const { id } of steps) db.prepare('DELETE FROM pass_state WHERE id = ?').run(id);
    // Conclusions rest on the findings, not the other way round.
    if (passes.includes(first)) setMeta(db, 'rules', '');
    bumpDerived(db);
  });
  if (emptied.has('call_fact')) db.exec(firstIndices);
}

/** What the analyst chose for a run; what is left out stays as it was. */
export interface AnalysisChoice extends GivenWindow {
  readonly only?: readonly string[] | undefined;
  /** Ask all rules once more with an earlier part of the evidence as what is usual. */
  readonly secondLook?: boolean | undefined;
}

/** Passes, the detectors, conclusions: the steps of a run, for its progress. */
const STEPS = passes.length + 1 + conclusions.length;

interface Run {
  readonly db: SqlDriver;
  readonly ports: EnginePorts;
  readonly context: CallContext;
  readonly breathe: () => Promise<void>;
  readonly revision: number;
  readonly ran: string[];
}

/** The analyst's revocations, which detectors judge later uses by; empty where there are none. */
const revocationsSaid = (db: SqlDriver): string =>
  [...listDecisions(db)]
    .map(([fingerprint, { revokedAt }]) => (revokedAt === undefined ? '' : ` ${fingerprint}@${String(revokedAt)}`))
    .join('');

/** True when a step ran in this version over this evidence and these changes of the analyst. */
function isFresh({ db, revision }: Run, step: Pass): boolean {
  const state = db.prepare('SELECT version, revision FROM pass_state WHERE id = ?').get<{ version: number; revision: number }>(step.id);
  return state?.version === step.version && state.revision === revision && (step.inputs?.(db) ?? '') === getInputs(db, step.id);
}

const alteredKey = (id: string): string => `altered ${id}`;

/**
 * True when a later step changed what this one wrote, and one between the two, which read it as it was, is out of date: it would come to another
 * result than over fresh rows. Chains told by keys of the analyst's are so; the callers that chains have given to inner hops since are undone for them.
 */
function isSpoilt(run: Run, step: Pass): boolean {
  if (getMeta(run.db, alteredKey(step.id)) !== '1') return false;
  const altering = passes.filter(({ alters = [] }) => alters.includes(step.id));
  return passes.some(
    (reader) => reader.needs.includes(step.id) && !isFresh(run, reader) && builtOn(reader).some((later) => altering.includes(later)),
  );
}

/** Runs one step and notes that it did; what stood of it before does not count from its begin on. */
async function runStep({ db, ports, context, breathe, revision, ran }: Run, step: Pass, index: number): Promise<void> {
  context.progress({ step: step.title, done: index, total: STEPS, unit: 'steps' });
  forget(db, step);
  // Before the step reads them: what the analyst changes meanwhile leaves it out of date.
  const inputs = step.inputs?.(db) ?? '';
  if (getMeta(db, alteredKey(step.id)) === '1') setMeta(db, alteredKey(step.id), '0');
  for (const id of step.alters ?? []) setMeta(db, alteredKey(id), '1');
  try {
    const detail = await step.run({
      db,
      crypto: ports.crypto,
      codec: ports.codec,
      caseKey: caseKey(db),
      signal: context.signal,
      breathe,
      progress: (done, total) => {
        context.progress({ step: step.title, done: index + (total === 0 ? 0 : done / total), total: STEPS, unit: 'steps' });
      },
    });
    db.prepare('INSERT INTO pass_state (id, version, revision, detail) VALUES (?, ?, ?, ?)').run(step.id, step.version, revision, detail);
    setInputs(db, step.id, inputs);
    ran.push(step.id);
  } finally {
    // A step that was stopped has written as well.
    bumpDerived(db);
  }
}

/**
 * Page cache while a case is analysed: detectors go through the calls of one principal or endpoint after the other, which lie all over the file.
 * Measured on 1,000,000 calls: 12 s of reading pages again with 64 MiB, 8 s with 128, 2 s with 256. Units: KiB.
 */
const CACHE_KIB = 256 * 1024;

/** Runs the passes, detectors and conclusions that are out of date, in order; a cancelled step leaves nothing of itself or of what is built on it. */
export function runAnalysis(db: SqlDriver, ports: EnginePorts, choice: AnalysisChoice, context: CallContext): Promise<AnalysisResult> {
  return withPageCache(db, CACHE_KIB, () => runOutdated(db, ports, choice, context));
}

/** Calls from which on a second thread is worth its start and its page cache. */
const WORTH_SECOND = 50_000;

/** Somebody to ask every other detector; `undefined` for a small case, one in memory, or a host without threads. */
function openSecond(db: SqlDriver, ports: EnginePorts): SecondAsker | undefined {
  const calls = db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n ?? 0;
  const file = db
    .prepare('PRAGMA database_list')
    .all<{ name: string; file: string }>()
    .find(({ name }) => name === 'main')?.file;
  return calls < WORTH_SECOND || file === undefined || file === '' ? undefined : ports.openSecondAsker?.(file);
}

async function runPasses(run: Run): Promise<void> {
  for (const [index, pass] of passes.entries()) if (!isFresh(run, pass) || isSpoilt(run, pass)) await runStep(run, pass, index);
}

const NO_LOOK =
  'No second look: the case has no window of its own for what is usual, or one that is shorter than twelve hours, or the baseline of another case stands.';

/** Share of the chosen window that a second look holds for usual. */
const EARLY_SHARE = 0.5;
/** Less says nothing of what is usual. Units: µs. */
const LEAST_EARLY = 6 * HOUR;

/**
 * Asks all rules with the earlier half of the chosen window as what is usual, in which an incident is less likely; then all is as it was. Undefined where there is no
 * window, its half is too short, or a baseline of another case stands.
 */
async function lookAgain(run: Run, options: RunOptions): Promise<SecondLook | undefined> {
  const { db } = run;
  const [from, to] = [getMeta(db, 'baseline_from'), getMeta(db, 'baseline_to')].map(Number);
  if (from === undefined || to === undefined || !((to - from) * EARLY_SHARE >= LEAST_EARLY) || readImportedFile(db) !== undefined)
    return undefined;
  const until = Math.round(from + (to - from) * EARLY_SHARE);
  setMeta(db, LOOKING, String(until));
  let told: SecondLook['told'];
  try {
    await runPasses(run);
    run.context.progress({ step: 'second look', done: passes.length, total: STEPS, unit: 'steps' });
    told = await lookOnly(db, options);
  } finally {
    db.prepare('DELETE FROM meta WHERE key = ?').run(LOOKING);
  }
  await runPasses(run);
  return { from: printTime(epochMicros(from)), to: printTime(epochMicros(until)), told };
}

async function runOutdated(
  db: SqlDriver,
  ports: EnginePorts,
  { only, secondLook, ...given }: AnalysisChoice,
  context: CallContext,
): Promise<AnalysisResult> {
  const breathe = breather(ports, context.signal);
  closeInterrupted(db);
  // Calls of a source whose withdrawal was cut short must not count.
  await finishWithdrawals(db, breathe);
  checkGiven(db, given);
  setGiven(db, given);
  // An import whose process died has not come to its indices; where they are there, this costs nothing.
  db.exec(firstIndices);
  const run: Run = { db, ports, context, breathe, revision: evidenceRevision(db), ran: [] };
  // A second look that was cut off leaves its window behind.
  db.prepare('DELETE FROM meta WHERE key = ?').run(LOOKING);
  await runPasses(run);
  const rules = `${rulesVersion()} ${TOGETHER} ${only?.join(',') ?? ''} ${String(run.revision)}${revocationsSaid(db)}`;
  const inputs = ruleInputs(db);
  const stamp = `${rules} ${inputs}`;
  const options = { only, breathe, codec: ports.codec, openSecond: () => openSecond(db, ports), wait: (work: Promise<void>) => untilAborted(work, context.signal) }; // prettier-ignore
  const known = readSecondLook(db, stamp);
  const look = known ?? (secondLook === true ? await lookAgain(run, options) : undefined);
  if (known === undefined && look !== undefined) keepSecondLook(db, stamp, look);
  if (look !== known || run.ran.length > 0 || getMeta(db, 'rules') !== rules || inputs !== getInputs(db, 'detectors')) {
    context.progress({ step: 'detectors', done: passes.length, total: STEPS, unit: 'steps' });
    await runDetectors(db, { ...options, look });
    showSecondLook(db, look !== undefined);
    // They rest on the findings that were replaced.
    for (const { id } of conclusions) db.prepare('DELETE FROM pass_state WHERE id = ?').run(id);
    setMeta(db, 'rules', rules);
    setInputs(db, 'detectors', inputs);
    run.ran.push('detectors');
    bumpDerived(db);
  }
  for (const [index, step] of conclusions.entries()) if (!isFresh(run, step)) await runStep(run, step, passes.length + 1 + index);
  if (run.ran.length > 0) db.exec('PRAGMA optimize');
  context.progress({ step: 'done', done: STEPS, total: STEPS, unit: 'steps' });
  const count = (table: 'finding' | 'chain'): number => db.prepare(`SELECT count(*) AS n FROM ${table}`).get<{ n: number }>()?.n ?? 0;
  const baseline = db.prepare("SELECT detail FROM pass_state WHERE id = 'baseline'").get<{ detail: string }>()?.detail ?? '';
  const words = secondLook === true ? (secondLookWords(db) ?? NO_LOOK) : undefined;
  return {
    findings: count('finding'),
    chains: count('chain'),
    ran: run.ran,
    baseline,
    ...(words === undefined ? {} : { secondLook: words }),
    lists: readListMatches(db),
  };
}
