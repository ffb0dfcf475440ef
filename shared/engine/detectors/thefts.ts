import { isAlarm } from './duplicates.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { settleSeverity } from './severity.ts';

/** A finding on its way, with the detector that made it. */
interface Found {
  readonly detector: Pick<Detector, 'family' | 'tells'>;
  readonly draft: FindingDraft;
}

const TOLD_THERE = { by: 0, why: 'what was done with it is told, and weighed, by the incident of its theft' };

/** Credentials that a finding by itself says were in other hands. */
const stolenBy = ({ detector, draft }: Found): readonly number[] =>
  (draft.family ?? detector.family) === 'incident' &&
  (draft.tells ?? detector.tells) === 'whose' &&
  draft.needsTheft !== true &&
  isAlarm(settleSeverity(draft.severity))
    ? draft.credentials
    : [];

/**
 * Settles what depends on a theft that another finding tells. How a credential was lost and what was then done with it is one incident, the loss first
 * (decision 0022), with the severity of both. The places where it stood in the open are weaknesses, listed after what happened: they weigh as such, lest
 * the same theft be told once as a grave incident and again, further down, as three weaknesses that are graver than what stands above them. Where nothing
 * tells of the theft, their own arithmetic is the only place that says it, and stays.
 */
export function settleThefts<T extends Found>(found: readonly T[]): readonly T[] {
  const stolen = new Set(found.flatMap(stolenBy));
  const isStolen = ({ credentials }: FindingDraft): boolean => credentials.some((id) => stolen.has(id));
  const standing = found.filter(({ draft }) => draft.needsTheft !== true || isStolen(draft));
  return standing.map((entry): T => {
    const { draft } = entry;
    if (draft.unlessTheft === undefined) return entry;
    const more = isStolen(draft) ? [TOLD_THERE] : draft.unlessTheft;
    return { ...entry, draft: { ...draft, severity: { ...draft.severity, steps: [...draft.severity.steps, ...more] } } };
  });
}
