import type { ComparedSide, Comparison, InventoryState } from '../../contract/compare.ts';
import { driftBetween } from '../../model/baseline-drift.ts';
import { compareDataTypes, compareEndpoints } from './compare-endpoints.ts';
import { compareFigures } from './compare-figures.ts';
import { compareFindings } from './compare-findings.ts';
import { comparePrincipals } from './compare-principals.ts';

const sideOf = ({ title, window, calls, weeks }: InventoryState): ComparedSide => ({
  title,
  ...(window === undefined ? {} : { window }),
  calls,
  weeks,
});

/** Compares two states, part by part; a further part is one file beside these and one line here. */
export function compareStates(before: InventoryState, after: InventoryState): Comparison {
  return {
    before: sideOf(before),
    after: sideOf(after),
    endpoints: compareEndpoints(before.endpoints, after.endpoints),
    principals: comparePrincipals(before.principals, after.principals),
    dataTypes: compareDataTypes(before.endpoints, after.endpoints),
    ...(before.findings === undefined || after.findings === undefined
      ? {}
      : { findings: compareFindings(before.findings, after.findings, after.endpoints) }),
    ...(before.figures === undefined || after.figures === undefined
      ? {}
      : { figures: { versions: [before.figures.version, after.figures.version], rows: compareFigures(before.figures, after.figures) } }),
    ...(before.baseline === undefined || after.baseline === undefined ? {} : { baseline: driftBetween(before.baseline, after.baseline) }),
  };
}
