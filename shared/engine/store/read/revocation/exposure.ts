import { greatest, least } from '../../../../lib/extremes.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import type { PlanFinding } from './case-facts.ts';

/** What of a finding says which incident it is a part of, and when that was. */
type Spanned = Pick<PlanFinding, 'id' | 'story' | 'from' | 'to'>;

/** Findings by the incident that they tell of; a finding of no story is one of its own. */
export const byIncident = <T extends Pick<PlanFinding, 'id' | 'story'>>(findings: readonly T[]): readonly (readonly T[])[] => [
  ...groupBy(findings, ({ id, story }) => (story === '' ? id : story)).values(),
];

/**
 * How long the longest incident lasted, from its first to its last call; `undefined` where none has a time. Logs of years hold incidents that
 * have nothing to do with each other: from the first of all to the last of all nothing was exposed.
 * Units: ms.
 */
export function longestExposure(findings: readonly Spanned[]): number | undefined {
  const timed = findings.filter(({ from, to }) => from !== undefined && to !== undefined);
  if (timed.length === 0) return undefined;
  return greatest(
    byIncident(timed).map((parts) => greatest(parts.flatMap(({ to }) => to ?? [])) - least(parts.flatMap(({ from }) => from ?? []))),
  );
}
