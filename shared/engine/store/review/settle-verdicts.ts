import type { Verdict } from '../../../contract/triage.ts';
import type { SqlDriver } from '../driver.ts';
import { listVerdicts } from '../read/findings/verdicts.ts';
import type { StoredFinding } from '../stored-finding.ts';
import { compareUrgency } from '../urgency.ts';

/** A finding as the detectors left it: without what a verdict put into it. */
function plain(stored: StoredFinding): StoredFinding {
  const { foundSeverity, severityReason: _why, note: _note, mergedInto: _into, ...rest } = stored;
  return { ...rest, severity: foundSeverity ?? stored.severity, status: 'suggested', reason: '' };
}

function judged(stored: StoredFinding, verdict: Verdict | undefined): StoredFinding {
  const found = plain(stored);
  if (verdict === undefined) return found;
  const { severity, severityReason, ...rest } = verdict;
  const { status = 'suggested', reason = '', note, mergedInto } = rest;
  return {
    ...found,
    status,
    reason,
    ...(severity === undefined || severity === found.severity ? {} : { severity, foundSeverity: found.severity }),
    ...(severity === undefined || severityReason === undefined ? {} : { severityReason }),
    ...(note === undefined ? {} : { note }),
    ...(mergedInto === undefined ? {} : { mergedInto }),
  };
}

/**
 * Puts what the analyst decided into the findings of the case and orders them anew: what counts open incidents reads it there. After each
 * analysis, since that writes findings as the detectors see them, and after each decision.
 * Cost: a walk over the findings, which are some hundreds.
 */
export function settleVerdicts(db: SqlDriver): void {
  const verdicts = listVerdicts(db);
  const rows = db.prepare('SELECT id, rank, data FROM finding ORDER BY id').all<{ id: number; rank: number; data: string }>();
  const findings = rows.map(({ data, ...row }) => {
    const stored = JSON.parse(data) as StoredFinding; // our own, from `detectors/run.ts`
    return { ...row, data, stored: judged(stored, verdicts.get(stored.id)) };
  });
  // Row ids stand in the order that the detectors gave.
  if (findings.some(({ stored }) => stored.foundSeverity !== undefined)) findings.sort((a, b) => compareUrgency(a.stored, b.stored));
  const write = db.prepare('UPDATE finding SET rank = ?, severity = ?, data = ? WHERE id = ?');
  for (const [index, { id, rank, data, stored }] of findings.entries()) {
    const text = JSON.stringify(stored);
    if (rank !== index + 1 || text !== data) write.run(index + 1, stored.severity, text, id);
  }
}
