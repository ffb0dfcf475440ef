import type { Family, Severity } from '../../contract/report-json.ts';
import type { StoredFinding } from './stored-finding.ts';

/** The order of families: what happened, what rules of others say, what could be better. */
const FAMILIES: readonly Family[] = ['incident', 'rule', 'posture'];
/** The most urgent first. */
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

type Ranked = Pick<StoredFinding, 'id' | 'family' | 'severity' | 'score'>;

const rank = ({ family, severity, score }: Ranked): readonly [number, number, number] => [
  FAMILIES.indexOf(family),
  SEVERITIES.indexOf(severity),
  -score,
];

/**
 * Incidents first, then the most urgent, then the more certain; the id decides among equals. A weakness stands below what happened, whatever it weighs: what
 * made it grave, such as the use of a leaked key, is an incident of its own and has that weight (`settleThefts`).
 */
export function compareUrgency(a: Ranked, b: Ranked): number {
  const [ranksA, ranksB] = [rank(a), rank(b)];
  for (const [index, value] of ranksA.entries()) {
    const difference = value - (ranksB[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
