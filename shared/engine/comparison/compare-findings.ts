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
    // One that names no endpoint is about callers or the case as a whole: nothing to be called again.
    fixed: was
      .filter(({ id }) => idsAfter?.has(id) !== true)
      .map((each) => ({ ...each, exercised: each.endpoints.length === 0 || each.endpoints.some((id) => alive.has(id)) })),
    new: is.filter(({ id }) => idsBefore?.has(id) !== true),
    persisting: is.filter(({ id }) => idsBefore?.has(id) === true),
  };
}
