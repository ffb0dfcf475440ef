import type { Fact, FindingJson } from '#shared/contract/report-json.ts';
import { factMeaning, factName } from '#shared/model/fact-names.ts';
import { formatCount } from '../../widgets/format.ts';

/** One line of the table "observed against expected". */
export interface FactRow {
  readonly name: string;
  /** What that is, where its name alone does not say it. */
  readonly meaning: string | undefined;
  readonly observed: string | undefined;
  readonly expected: string | undefined;
  /** How far the observed value is from the expected one, where both are numbers. */
  readonly deviation: string | undefined;
}

/** Observed and expected values side by side by name: those with both first, in the order of the detector. */
export function toFactRows({ observed, expected }: Pick<FindingJson, 'observed' | 'expected'>): readonly FactRow[] {
  const names = [...new Set([...Object.keys(observed), ...Object.keys(expected)])];
  const rows = names.map((name): FactRow => ({
    name: toWords(name),
    meaning: factMeaning(name),
    observed: printFact(observed[name]),
    expected: printFact(expected[name]),
    deviation: deviationOf(observed[name], expected[name]),
  }));
  const both = (row: FactRow): boolean => row.observed !== undefined && row.expected !== undefined;
  return [...rows.filter(both), ...rows.filter((row) => !both(row))];
}

/** `12 ×` of what is expected; where nothing is, `+12`. */
function deviationOf(observed: Fact | undefined, expected: Fact | undefined): string | undefined {
  if (typeof observed !== 'number' || typeof expected !== 'number' || observed === expected) return undefined;
  if (expected > 0 && observed >= 0) return `${printNumber(Number((observed / expected).toPrecision(2)))} ×`;
  return `${observed > expected ? '+' : '−'}${printNumber(Math.abs(observed - expected))}`;
}

function printFact(fact: Fact | undefined): string | undefined {
  if (fact === undefined) return undefined;
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no';
  if (typeof fact === 'number') return printNumber(fact);
  if (typeof fact === 'string') return fact;
  return fact.length === 0
    ? 'none'
    : fact.map((item) => (typeof item === 'number' ? printNumber(item) : item)).join(fact.some(isSentence) ? '; ' : ', ');
}

/** What holds commas of its own is told apart by more than a comma. */
const isSentence = (item: string | number): boolean => typeof item === 'string' && item.includes(',');

/** Whole numbers are grouped; others keep three figures, enough to compare. */
const printNumber = (value: number): string => (Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(3))));

/** `distinctIds` and `distinct_ids` as `Distinct ids`. */
export function toWords(name: string): string {
  const words = factName(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
