import { durationText } from '../../../lib/duration.ts';
import { FRAMEWORKS } from '../../../model/frameworks.ts';
import type { Fact, FindingJson } from '../../../contract/report-json.ts';
import { chanceText } from '../../../model/chance.ts';
import { factName } from '../../../model/fact-names.ts';
import type { Block, Cell, FactRow } from '../blocks.ts';
import { ruleTitles } from '../rule-title.ts';
import type { ReportView } from '../section.ts';
import { code, codeLines, codeList, count, secondsBetween, sentence, timeText, words } from '../text.ts';
import { causeRows } from './finding-cause.ts';

/** Longer than this does not fit half a line. Units: characters. */
const SHORT = 30;
const lengthOf = (cell: Cell): number => cell.reduce((sum, inline) => sum + ('text' in inline ? inline.text.length : 0), 0);

/** A plain value of `observed` or `expected`, as evidence text where it is text. */
function factCell(fact: Fact): Cell {
  if (typeof fact === 'boolean') return words(fact ? 'yes' : 'no');
  if (typeof fact === 'number') return words(Number.isInteger(fact) ? count(fact) : String(Math.round(fact * 10_000) / 10_000));
  if (typeof fact === 'string') return [code(fact)];
  return codeList(fact.map(String), 8);
}

function measure(observed: Fact | undefined, expected: Fact | undefined): Cell {
  if (expected === undefined) return observed === undefined ? words('–') : factCell(observed);
  if (observed === undefined) return sentence('expected: ', factCell(expected));
  return sentence(factCell(observed), ' (expected: ', factCell(expected), ')');
}

/** What was measured, with what was expected or the bound beside it; short ones two in a line. */
export function measures(finding: FindingJson, anchor: string): readonly Block[] {
  const names = [...new Set([...Object.keys(finding.observed), ...Object.keys(finding.expected)])];
  if (names.length === 0) return [];
  const rows = names.map((name): FactRow => ({ name: factName(name), value: measure(finding.observed[name], finding.expected[name]) }));
  const short = rows.filter(({ value }) => lengthOf(value) <= SHORT);
  const long = rows.filter(({ value }) => lengthOf(value) > SHORT);
  return [
    { kind: 'heading', level: 4, id: `${anchor}-measures`, text: 'What was measured, and what was expected or is the bound' },
    ...(short.length === 0 ? [] : [{ kind: 'facts', rows: short, columns: 2 } as const]),
    ...(long.length === 0 ? [] : [{ kind: 'facts', rows: long } as const]),
  ];
}

function whenOf({ window, detectedAt }: FindingJson): readonly FactRow[] {
  if (window === undefined) return [];
  const [first, last] = window;
  const span = first === last ? `${timeText(first)} UTC` : `${timeText(first)} to ${timeText(last)} UTC (${durationText(secondsBetween(first, last))})`;
  const crossed = detectedAt === undefined || detectedAt === first ? '' : `; certain from ${timeText(detectedAt)}`;
  return [{ name: 'When', value: words(`${span}${crossed}`) }];
} // prettier-ignore

/** Who, with what, where and when, with the arithmetic of the severity, the rule and the lists that know such cases. */
export function factsOf(view: ReportView, finding: FindingJson): readonly FactRow[] {
  const labels = new Map(view.json.principals.map((principal) => [principal.id, principal.label]));
  const masks = new Map(view.json.credentials.map((credential) => [credential.id, `${credential.id} ${credential.masked}`]));
  const maps = FRAMEWORKS.flatMap(([key, name]) =>
    // Numbers of CWE begin with its name.
    finding.maps[key].length === 0 ? [] : [key === 'cwe' ? finding.maps[key].join(', ') : `${name}: ${finding.maps[key].join(', ')}`],
  );
  const named = (name: string, values: readonly string[], limit: number, listed = codeList): readonly FactRow[] =>
    values.length === 0 ? [] : [{ name, value: listed(values, limit) }];
  return [
    ...named('Principals', finding.principals.map((id) => labels.get(id) ?? id), 6),
    ...named('Credentials', finding.credentials.map((id) => masks.get(id) ?? id), 6),
    ...named('Endpoints', finding.endpoints, 8, codeLines),
    ...whenOf(finding),
    ...causeRows(finding),
    ...(finding.chance === undefined ? [] : [{ name: 'Chance', value: words(chanceText(finding.chance)) }]),
    { name: 'Severity', value: words(finding.severityWhy) },
    {
      name: 'Rule',
      value: sentence(`${ruleTitles(view)(finding.detector) ?? ''} `, code(finding.detector), `, version ${String(finding.version)}, score ${String(Math.round(finding.score * 1000) / 1000)}; id `, code(finding.id)),
    },
    ...(maps.length === 0 ? [] : [{ name: 'Frameworks', value: words(maps.join(' · ')) }]),
  ];
} // prettier-ignore
