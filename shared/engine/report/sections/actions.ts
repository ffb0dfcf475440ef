import type { Cell } from '../blocks.ts';
import type { Section } from '../section.ts';
import { findingAnchor, link, text, words } from '../text.ts';

/** What to do, from the remedies of the findings, most urgent first, with room for who and until when. */
export const actions: Section = {
  id: 'actions',
  title: 'Actions',
  part: 'body',
  build: ({ json }) => {
    const byStep = new Map<string, number[]>();
    json.findings.forEach((finding, index) => {
      if (finding.status === 'dismissed') return;
      for (const step of finding.remediation) byStep.set(step, [...(byStep.get(step) ?? []), index]);
    });
    if (byStep.size === 0) return [{ kind: 'paragraph', inlines: words('No open finding asks for an action.') }];
    return [
      {
        kind: 'table',
        caption: 'In order of the findings they answer',
        head: [
          { text: 'No.', align: 'end', width: 'fit' },
          { text: 'Action', align: 'start' },
          { text: 'Findings', align: 'start' },
          { text: 'Owner', align: 'start', width: 'blank' },
          { text: 'Due', align: 'start', width: 'blank' },
        ],
        rows: [...byStep].map(([step, findings], index) => [
          words(String(index + 1)),
          words(step),
          findings.slice(0, 8).flatMap((at, position): Cell => [text(position === 0 ? '' : ', '), link(findingAnchor(at), String(at + 1))]),
          [],
          [],
        ]),
        omitted: 0,
      },
      {
        kind: 'note',
        tone: 'plain',
        inlines: words(
          'Owner and due date are for the reader to fill in. Actions are advice that follows from the rule, not from knowledge of the organisation.',
        ),
      },
    ];
  },
};
