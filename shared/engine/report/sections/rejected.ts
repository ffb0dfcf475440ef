import { meaningOf } from '../../importers/issue-codes.ts';
import type { Section } from '../section.ts';
import { code, count, plural, sentence, text, words } from '../text.ts';

/** More kinds of trouble than this are a table nobody reads. */
export const ROWS = 2000;

/** What could not be read, by file and reason, with counts. */
export const rejected: Section = {
  id: 'rejected',
  title: 'Rejected, skipped and doubtful records',
  part: 'annex',
  build: ({ overview, issuesByCode }) => [
    {
      kind: 'paragraph',
      inlines: sentence(
        `${plural(overview.records.total, 'record')} = ${count(overview.records.accepted)} accepted + ${count(overview.records.rejected)} rejected + ${count(overview.records.skipped)} skipped. `,
        'Place and reason of each stand in the case file, from where they can be exported record by record.',
      ),
    },
    {
      kind: 'table',
      caption: 'By file and reason',
      head: [
        { text: 'File', align: 'start' },
        { text: 'What became of it', align: 'start' },
        { text: 'Reason', align: 'start' },
        { text: 'Meaning', align: 'start' },
        { text: 'Records', align: 'end' },
      ],
      rows: issuesByCode
        .slice(0, ROWS)
        .map((issue) => [
          [code(issue.source)],
          [text(issue.severity === 'reject' ? 'rejected' : issue.severity === 'skip' ? 'skipped' : 'read, with a warning')],
          [code(issue.code)],
          words(meaningOf(issue.code)),
          words(count(issue.count)),
        ]),
      omitted: Math.max(0, issuesByCode.length - ROWS),
      rest: 'the case file has all of them, record by record',
    },
  ],
};
