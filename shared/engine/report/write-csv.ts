import type { OutputFile } from '../ports.ts';
import { csvLine } from './csv.ts';
import type { ReportView } from './section.ts';

const HEAD = [
  'id',
  'family',
  'severity',
  'confidence',
  'detector',
  'title',
  'principals',
  'credentials',
  'endpoints',
  'calls',
  'first',
  'last',
  'status',
  'reason',
] as const;

const list = (values: readonly string[]): string => values.join(' ; ');

/** Writes `findings.csv`: one finding a line in report order; lists inside a cell are joined by ` ; `. UTF-8, CRLF, formula-safe. */
export function writeFindingsCsv(view: Pick<ReportView, 'json'>, output: Pick<OutputFile, 'write'>): void {
  output.write(csvLine(HEAD));
  for (const finding of view.json.findings) {
    output.write(
      csvLine([
        finding.id,
        finding.family,
        finding.severity,
        finding.confidence,
        finding.detector,
        finding.title,
        list(finding.principals),
        list(finding.credentials),
        list(finding.endpoints),
        list(finding.calls),
        finding.window?.[0] ?? '',
        finding.window?.[1] ?? '',
        finding.status,
        finding.reason,
      ]),
    );
  }
}
