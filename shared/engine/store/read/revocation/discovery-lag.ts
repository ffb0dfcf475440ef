import { least } from '../../../../lib/extremes.ts';
import type { PlanFinding } from './case-facts.ts';
import { byIncident } from './exposure.ts';

/** What of a finding says when its incident began and could be seen. */
type Timed = Pick<PlanFinding, 'id' | 'story' | 'severity' | 'from' | 'detectedAt'>;

/** How late an incident could be seen: from its first call to the first on which one of its rules could speak. Units: ms. */
interface DiscoveryLag {
  readonly lag: number;
  /** Whose rule that was. */
  readonly finding: string;
}

const isGrave = ({ severity }: Timed): boolean => severity !== 'low' && severity !== 'info';

function lagOf(findings: readonly Timed[]): readonly DiscoveryLag[] {
  const from = least(findings.flatMap((finding) => finding.from ?? []));
  const spoke = findings
    .flatMap(({ id, detectedAt }) => (detectedAt === undefined ? [] : [{ finding: id, at: detectedAt }]))
    .toSorted((a, b) => a.at - b.at)[0];
  return spoke === undefined || from === Infinity ? [] : [{ lag: Math.max(0, spoke.at - from), finding: spoke.finding }];
}

/**
 * The incident that could be seen latest, of all stories; a finding of no story is one of its own. Faint findings are notes: they count where
 * there are no others. The shortest would hide the incident that went on unseen behind the one whose first call gives it away.
 */
export function latestDiscovery(findings: readonly Timed[]): DiscoveryLag | undefined {
  const counted = findings.some(isGrave) ? findings.filter(isGrave) : findings;
  return byIncident(counted)
    .flatMap(lagOf)
    .toSorted((a, b) => b.lag - a.lag)[0];
}
