import type { FindingJson } from '#shared/contract/report-json.ts';

/** Findings that this one could be part of: those that stand for themselves, of its own story first, then in the order of the list. */
export function mergeTargets(findings: readonly FindingJson[], finding: FindingJson): readonly FindingJson[] {
  if (finding.merged !== undefined) return [];
  const others = findings.filter((other) => other.id !== finding.id && other.mergedInto === undefined);
  const isNear = (other: FindingJson): boolean => finding.story !== '' && other.story === finding.story;
  return [...others.filter(isNear), ...others.filter((other) => !isNear(other))];
}
