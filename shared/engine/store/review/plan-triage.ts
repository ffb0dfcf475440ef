import { AppError } from '../../../contract/errors.ts';
import type { TriageChange, Verdict } from '../../../contract/triage.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { SqlDriver } from '../driver.ts';
import { findOutcome, listVerdicts, type OutcomeEffect, type SetVerdict, type VerdictEffect } from '../read/findings/verdicts.ts';
import type { Plan } from './effect.ts';

type FindingChange = Exclude<TriageChange, { readonly kind: 'outcome' }>;

const NOTHING: Plan = { effect: undefined, changed: 0 };

/** A verdict after a change of one of its parts; the others stay. */
function decide(now: Verdict, change: FindingChange): Verdict {
  const { status: _status, reason: _reason, ...undecided } = now;
  const { severity: _severity, severityReason: _why, ...unrated } = now;
  const { note: _note, ...silent } = now;
  const { mergedInto: _into, ...alone } = now;
  switch (change.kind) {
    case 'finding-accept':
      return { ...undecided, status: 'accepted', ...(change.reason === '' ? {} : { reason: change.reason }) };
    case 'finding-dismiss':
      return { ...undecided, status: 'dismissed', reason: change.reason };
    case 'finding-reopen':
      return undecided;
    case 'finding-severity':
      return change.to === undefined ? unrated : { ...unrated, severity: change.to.severity, severityReason: change.to.reason };
    case 'finding-note':
      return change.text === '' ? silent : { ...silent, note: change.text };
    case 'finding-merge':
      return change.into === undefined ? alone : { ...alone, mergedInto: change.into };
  }
}

/** A finding is part of one that stands for itself, so that evidence is never two steps away. */
function checkMerge(db: SqlDriver, verdicts: ReadonlyMap<string, SetVerdict>, finding: string, into: string): void {
  if (finding === into) throw new AppError('bad-params', 'a finding cannot be part of itself');
  if (db.prepare('SELECT 1 FROM finding WHERE key = ?').get(into) === undefined)
    throw new AppError('not-found', `no finding ${into} in this case`);
  const further = verdicts.get(into)?.mergedInto;
  if (further !== undefined) throw new AppError('bad-params', `${into} is itself part of ${further}`);
  for (const [id, { mergedInto }] of verdicts)
    if (mergedInto === finding) throw new AppError('bad-params', `${id} is part of ${finding}: take it out first`);
}

/**
 * Refuses to let a verdict stand again that could not be given now: since it was taken back, its findings may have become parts of others.
 * Errors: as those of a merge.
 */
export function checkVerdict(db: SqlDriver, { finding, before, after }: VerdictEffect): void {
  if (after?.mergedInto !== undefined && after.mergedInto !== before?.mergedInto)
    checkMerge(db, listVerdicts(db), finding, after.mergedInto);
}

function planVerdict(db: SqlDriver, change: FindingChange, entry: number): Plan {
  const { finding } = change;
  if (db.prepare('SELECT 1 FROM finding WHERE key = ?').get(finding) === undefined)
    throw new AppError('not-found', `no finding ${finding} in this case`);
  const verdicts = listVerdicts(db);
  if (change.kind === 'finding-merge' && change.into !== undefined) checkMerge(db, verdicts, finding, change.into);
  const before = verdicts.get(finding);
  const { set: _set, ...now } = before ?? { set: 0 };
  const after = decide(now, change);
  if (canonicalJson(after) === canonicalJson(now)) return NOTHING;
  const stays = Object.keys(after).length > 0;
  return {
    effect: {
      kind: 'verdict',
      finding,
      ...(before === undefined ? {} : { before }),
      ...(stays ? { after: { ...after, set: entry } } : {}),
    },
    changed: 1,
  };
}

function planOutcome(db: SqlDriver, to: Extract<TriageChange, { readonly kind: 'outcome' }>['to'], entry: number): Plan {
  const before = findOutcome(db);
  if (before?.outcome === to?.outcome && before?.reason === to?.reason) return NOTHING;
  const effect: OutcomeEffect = {
    kind: 'outcome',
    ...(before === undefined ? {} : { before }),
    ...(to === undefined ? {} : { after: { ...to, set: entry } }),
  };
  return { effect, changed: 1 };
}

/** Works out what a decision on a finding or the case does. Errors: AppError `not-found` for a finding that the case does not have. */
export const planTriage = (db: SqlDriver, change: TriageChange, entry: number): Plan =>
  change.kind === 'outcome' ? planOutcome(db, change.to, entry) : planVerdict(db, change, entry);
