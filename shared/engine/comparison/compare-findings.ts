import type { ComparedFinding, FindingDifferences, InventoryState } from '../../contract/compare.ts';

/** What the analyst dismissed stands on neither side. */
const standing = (findings: readonly ComparedFinding[]): readonly ComparedFinding[] =>
  findings.filter(({ status }) => status !== 'dismissed');

/** Findings joined by id (detector and subject): fixed, new, persisting. */
export function compareFindings(
  before: readonly ComparedFinding[],
  after: readonly ComparedFinding[],
  called: InventoryState['endpoints'],
): FindingDifferences {
  const [was, is] = [standing(before), standing(after)];
  const [idsBefore, idsAfter] = [was, is].map((list) => new Set(list.map(({ id }) => id)));
  const alive = new Set(called.map(({ id }) => id));
  return {
    fixed: was
      .filter(({ id }) => idsAfter?.has(id) !== true)
      .map((each) => ({ ...each, calledAgain: each.endpoints.filter((id) => alive.has(id)).length })),
    new: is.filter(({ id }) => idsBefore?.has(id) !== true),
    persisting: is.filter(({ id }) => idsBefore?.has(id) === true),
  };
}
