import { groupBy } from '../../../lib/group-by.ts';
import { meaningOf } from '../../importers/issue-codes.ts';
import type { Cell } from '../blocks.ts';
import type { ReportView, Section } from '../section.ts';
import { sourceAnchor, sourceName } from '../source-refs.ts';
import { code, count, link, plural, sentence, text, words } from '../text.ts';

/** More kinds of trouble than this are a table nobody reads. */
export const ROWS = 2000;
/** Files that are named of one kind of trouble. */
const FILES = 60;

type Issue = ReportView['issuesByCode'][number];

const becameOf = (severity: string): string =>
  severity === 'reject' ? 'rejected' : severity === 'skip' ? 'skipped' : 'read, with a warning';

/** The files by their numbers, each with how many records. */
function fileList(issues: readonly Issue[], numbers: ReadonlyMap<string, number>): Cell {
  const shown = issues.slice(0, FILES).flatMap((issue, at): Cell => {
    const index = numbers.get(issue.source);
    const name = index === undefined ? code(issue.source) : link(sourceAnchor(index), sourceName(index));
    return [text(at === 0 ? '' : ', '), name, text(issues.length === 1 ? '' : `\u00a0(${count(issue.count)})`)];
  });
  return issues.length > FILES ? [...shown, text(` and ${count(issues.length - FILES)} more`)] : shown;
}

/** What could not be read, by reason and file, with counts. */
export const rejected: Section = {
  id: 'rejected',
  title: 'Rejected, skipped and doubtful records',
  part: 'annex',
  build: ({ json, overview, issuesByCode }) => {
    const numbers = new Map(json.sources.map(({ name }, index) => [name, index]));
    const reasons = [...groupBy(issuesByCode, ({ severity, code: reason }) => `${severity} ${reason}`).values()];
    return [
      {
        kind: 'paragraph',
        inlines: sentence(
          `${plural(overview.records.total, 'record')} = ${count(overview.records.accepted)} accepted + ${count(overview.records.rejected)} rejected + ${count(overview.records.skipped)} skipped. `,
          'Place and reason of each stand in the case file, from where they can be exported record by record.',
        ),
      },
      {
        kind: 'table',
        caption: 'By reason and file',
        head: [
          { text: 'What became of it', align: 'start' },
          { text: 'Reason', align: 'start', width: 'fit' },
          { text: 'Meaning', align: 'start' },
          { text: 'Records', align: 'end', width: 'fit' },
          { text: 'In', align: 'start', width: 'wide' },
        ],
        rows: reasons.slice(0, ROWS).map((issues) => {
          const [{ severity, code: reason } = { severity: '', code: '' }] = issues;
          return [
            [text(becameOf(severity))],
            [code(reason)],
            words(meaningOf(reason)),
            words(count(issues.reduce((sum, issue) => sum + issue.count, 0))),
            fileList(issues, numbers),
          ];
        }),
        omitted: Math.max(0, reasons.length - ROWS),
        rest: 'the case file has all of them, record by record',
      },
    ];
  },
};
