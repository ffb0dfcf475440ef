import type { Section } from '../section.ts';
import { severityMark, text, words } from '../text.ts';

/** Findings that a person has set aside, with the reason, so that a reader can disagree. */
export const dismissed: Section = {
  id: 'dismissed',
  title: 'Dismissed findings',
  part: 'annex',
  build: ({ json }) => [
    {
      kind: 'table',
      caption: 'Findings set aside',
      head: [
        { text: 'Severity', align: 'start' },
        { text: 'Finding', align: 'start' },
        { text: 'Reason', align: 'start' },
      ],
      rows: json.findings
        .filter((finding) => finding.status === 'dismissed')
        .map((finding) => [[severityMark(finding.severity)], [text(finding.title)], words(finding.reason)]),
      omitted: 0,
    },
  ],
};
