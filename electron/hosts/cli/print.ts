import type { FindingJson, ImportSummary } from '#shared/contract/report-json.ts';
import { complain, printable, sayLine as say } from './terminal.ts';

/** Rows of text in columns as wide as their widest cell, numbers to the right. */
export function sayTable(head: readonly string[], given: readonly (readonly string[])[]): void {
  const rows = given.map((cells) => cells.map(printable));
  const widths = head.map((title, column) =>
    Math.min(
      60,
      rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), title.length),
    ),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const cut = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
        return /^-?[\d.,]+$/.test(cut) ? cut.padStart(width) : cut.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  say(line(head));
  say(widths.map((width) => '─'.repeat(width)).join('  '));
  for (const row of rows) say(line(row));
}

const sayCodes = (codes: Readonly<Record<string, number>>): string =>
  Object.entries(codes)
    .map(([code, count]) => `${code} ${String(count)}`)
    .join(', ');

/** What was rejected, skipped or is doubtful, by source and reason: places and excerpts stand on the Evidence screen and in the report. */
function sayDoubts({ sources, skippedFor }: ImportSummary): void {
  for (const { name, reason, records } of skippedFor) say(`${printable(name)}: skipped: ${String(records)}, ${printable(reason)}`);
  for (const { name, rejectedBy, warnedBy = {}, duplicateOf, timezone } of sources) {
    if (Object.keys(rejectedBy).length > 0) say(`${printable(name)}: rejected: ${sayCodes(rejectedBy)}`);
    if (Object.keys(warnedBy).length > 0) say(`${printable(name)}: doubtful: ${sayCodes(warnedBy)}`);
    if (timezone === 'assumed UTC') say(`${printable(name)}: its times name no zone and were read as UTC; --timezone reads them otherwise`);
    if (duplicateOf !== undefined) say(`${printable(name)}: nothing was read; --replace reads the same bytes anew`);
  }
}

/** What an import did, for people. */
export function sayImport(summary: ImportSummary): void {
  sayTable(
    ['source', 'format', 'records', 'accepted', 'rejected', 'skipped'],
    summary.sources.map((source) => [
      source.name,
      source.duplicateOf === undefined ? (source.format ?? 'not recognised') : `same as ${source.duplicateOf}`,
      String(source.records),
      String(source.accepted),
      String(source.rejected),
      String(source.skipped),
    ]),
  );
  const { totals } = summary;
  say(
    `read ${String(totals.records)} = accepted ${String(totals.accepted)} + rejected ${String(totals.rejected)} + skipped ${String(totals.skipped)}`,
  );
  sayDoubts(summary);
  for (const failure of summary.failures) complain(`spoor: ${printable(failure.name)}: ${failure.code}: ${printable(failure.message)}`);
}

/** Findings, most urgent first, for people. Nothing found and nothing to look at are kept apart. */
export function sayFindings(findings: readonly FindingJson[], calls: number): void {
  if (findings.length === 0) {
    say(calls === 0 ? 'No call could be read, so nothing was looked for.' : 'No findings.');
    return;
  }
  sayTable(
    ['severity', 'confidence', 'detector', 'calls', 'finding'],
    findings.map((finding) => [finding.severity, finding.confidence, finding.detector, String(finding.calls.length), finding.title]),
  );
}
