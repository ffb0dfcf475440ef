import type { Block, Cell } from '../blocks.ts';
import { demote } from '../demote.ts';
import type { ReportView, Section } from '../section.ts';
import { findingAnchor, link, text, words } from '../text.ts';
import { leastPrivilegeBlocks } from './least-privilege.ts';
import { revocationBlocks } from './revocation.ts';

/** The remedies of the findings, each once, with room for who and until when. */
function remedies({ json }: ReportView): readonly Block[] {
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
        { text: 'Action', align: 'start', width: 'half' },
        { text: 'Findings', align: 'start', width: 'fit' },
        { text: 'Owner', align: 'start', width: 'blank' },
        { text: 'Due', align: 'start', width: 'blank' },
        { text: 'Done', align: 'start', width: 'tick' },
      ],
      rows: [...byStep].map(([step, findings], index) => [
        words(String(index + 1)),
        words(step),
        findings.slice(0, 8).flatMap((at, position): Cell => [text(position === 0 ? '' : ', '), link(findingAnchor(at), String(at + 1))]),
        [],
        [],
        words('□'),
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
}

/** What to do: remedies, then which credentials to revoke in which order, then how far each caller's power can shrink. */
export const actions: Section = {
  id: 'actions',
  title: 'Actions',
  part: 'body',
  build: (view) => [
    ...remedies(view),
    { kind: 'heading', level: 3, id: 'revocation', text: 'Revocation plan' },
    ...demote(revocationBlocks(view)),
    { kind: 'heading', level: 3, id: 'least-privilege', text: 'Least privilege' },
    ...demote(leastPrivilegeBlocks(view)),
  ],
};
