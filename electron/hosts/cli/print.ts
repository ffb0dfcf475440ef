import type { FindingJson, ImportSummary, SourceJson } from '#shared/contract/report-json.ts';
import { groupBy } from '#shared/lib/group-by.ts';
import { meaningOf } from '#shared/engine/importers/issue-codes.ts';
import { groupByLog, nameOfLog } from '#shared/model/log-names.ts';
import { foldSources } from './fold-sources.ts';
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

/** Width of a path in a line of its own: its end tells which it is. Units: characters. */
const PATH_WIDTH = 110;

/** What is doubtful, in words; that the zone was assumed is told by itself. */
const sayDoubtsOf = ({ warnedBy = {}, timezone }: SourceJson): readonly string[] =>
  Object.entries(warnedBy)
    .filter(([code, count]) => code !== 'TIME_AMBIGUOUS' || count > 1 || timezone !== 'assumed UTC')
    .map(([code, count]) => `doubtful: ${code} ${String(count)} (${meaningOf(code)})`);

/** What is to be said of a source beside its line in the table: places and excerpts stand on the Evidence screen and in the report. */
function sentencesAbout(source: SourceJson): readonly string[] {
  const { rejectedBy, duplicateOf, timezone, format, evidence } = source;
  return [
    ...(Object.keys(rejectedBy).length > 0 ? [`rejected: ${sayCodes(rejectedBy)}`] : []),
    ...sayDoubtsOf(source),
    ...(timezone === 'assumed UTC' ? ['its times name no zone and were read as UTC; --timezone reads them otherwise'] : []),
    ...(duplicateOf === undefined ? [] : ['nothing was read; --replace reads the same bytes anew']),
    ...(format === undefined && duplicateOf === undefined && evidence !== '' ? [`not recognised: ${evidence}`] : []),
  ];
}

interface Told {
  readonly sentence: string;
  readonly files: SourceJson[];
  /** Records that were skipped for it; zero where the sentence is about the file. */
  records: number;
}

/** Why records of a source were skipped, and how many; those of reasons that are not told stand last. */
function skipsOf(
  { skipped }: SourceJson,
  reasons: ImportSummary['skippedFor'] = [],
): readonly (readonly [sentence: string, records: number])[] {
  const others = skipped - reasons.reduce((sum, { records }) => sum + records, 0);
  return [
    ...reasons.map(({ reason, records }) => [`skipped: ${reason}`, records] as const),
    ...(reasons.length > 0 && others > 0 ? [['skipped: and others', others] as const] : []),
  ];
}

/** What was rejected, skipped, is doubtful or was not read: a sentence that files of one log share stands once; what was rejected is told file by file. */
function sayDoubts({ sources, skippedFor }: ImportSummary): void {
  const skipped = groupBy(skippedFor, ({ name }) => name);
  for (const files of groupByLog(sources)) {
    const told = new Map<string, Told>();
    for (const file of files)
      for (const [sentence, records] of [
        ...sentencesAbout(file).map((each) => [each, 0] as const),
        ...skipsOf(file, skipped.get(file.name)),
      ]) {
        const key = sentence.startsWith('rejected: ') ? `${file.name}\n${sentence}` : sentence;
        const same = told.get(key);
        if (same === undefined) told.set(key, { sentence, files: [file], records });
        else {
          same.files.push(file);
          same.records += records;
        }
      }
    for (const { sentence, files: some, records } of told.values())
      say(`${printable(nameOfLog(some, PATH_WIDTH))}: ${printable(sentence)}${records === 0 ? '' : ` (${String(records)} records)`}`);
  }
}

/** What an import did, for people. */
export function sayImport(summary: ImportSummary): void {
  sayTable(
    ['source', 'format', 'records', 'accepted', 'rejected', 'skipped'],
    foldSources(summary.sources).map(({ name, format, ...counts }) => [
      name,
      format,
      ...[counts.records, counts.accepted, counts.rejected, counts.skipped].map(String),
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
