import type { FindingJson } from '#shared/contract/report-json.ts';
import type { Overview, StoryStep } from '#shared/contract/rows.ts';

/** The other findings that the engine joined into one story with this one, in the order of the list. */
export const findRelated = (findings: readonly FindingJson[], finding: FindingJson): readonly FindingJson[] =>
  finding.story === '' ? [] : findings.filter((other) => other.id !== finding.id && other.story === finding.story);

/**
 * The steps of a finding's story. The engine tells one story, that of the most urgent incident that has one; its steps
 * are this finding's when it is that incident, so they must stand among its evidence.
 */
export function findSteps({ story, topFindings }: Pick<Overview, 'story' | 'topFindings'>, finding: FindingJson): readonly StoryStep[] {
  const teller = topFindings.find((top) => top.family === 'incident' && story.some((step) => top.calls.includes(step.call)));
  return teller?.id === finding.id ? story : [];
}
