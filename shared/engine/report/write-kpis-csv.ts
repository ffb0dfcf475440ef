import type { OutputFile } from '../ports.ts';
import { csvLine } from './csv.ts';
import { FIGURES_VERSION, figuresOf } from './figures.ts';
import type { ReportView } from './section.ts';

const HEAD = ['version', 'figure', 'value', 'definition'] as const;

/** Numbers inside of a member of `kpis` with their dotted names, in the order of the contract. */
function* numbersIn(name: string, value: unknown): Generator<readonly [string, string]> {
  if (typeof value === 'number' || typeof value === 'string') yield [name, String(value)];
  else if (Array.isArray(value)) yield [name, value.map(String).join(' ; ')];
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) yield* numbersIn(`${name}.${key}`, member);
}

/** Writes the figures of the report with their definitions: those of its pages, then those of `report.json` by name. UTF-8, CRLF, formula-safe. */
export function writeKpisCsv(view: ReportView, output: Pick<OutputFile, 'write'>): void {
  const version = String(FIGURES_VERSION);
  output.write(csvLine(HEAD));
  for (const { label, value, definition } of figuresOf(view)) output.write(csvLine([version, label, value, definition]));
  const { definitions, ...kpis } = view.json.kpis;
  const meaning = new Map(definitions.map(({ kpi, definition }) => [kpi, definition]));
  for (const [name, value] of Object.entries(kpis).flatMap(([key, member]) => [...numbersIn(key, member)]))
    output.write(csvLine([version, name, value, meaning.get(name.replace(/\..*$/, '')) ?? '']));
}
