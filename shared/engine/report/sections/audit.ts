import type { Section } from '../section.ts';
import { code, minuteText, sentence, words } from '../text.ts';

/** Entries that are printed; the case has all. A page or two. */
export const ROWS = 100;

/** What the analyst changed, with the head of the chain over it; times of the analyst stand in a signed report only. */
export const audit: Section = {
  id: 'audit',
  title: 'Audit extract',
  part: 'annex',
  build: ({ printing: { signOff, log } }) =>
    signOff === undefined
      ? [
          {
            kind: 'paragraph',
            inlines: words(
              'None: the report is unsigned, and an unsigned report holds no time but those of the evidence. The log of changes stands in the case.',
            ),
          },
        ]
      : [
          {
            kind: 'paragraph',
            inlines: sentence(
              'The case keeps an audit log in which each entry is hashed together with the one before it. Its head before the sign-off was ',
              code(signOff.chainHead),
              '. ',
              code(`spoor verify CASE --anchor ${signOff.chainHead.slice(0, 8)}…`),
              ' with the whole head tells whether an entry up to it was altered or taken out; the head says nothing about entries after it, nor about who sat at the machine.',
            ),
          },
          {
            kind: 'table',
            caption: 'Changes by the analyst, oldest first. Times in UTC.',
            head: [
              { text: 'No.', align: 'end', width: 'fit' },
              { text: 'Time (UTC)', align: 'start', width: 'fit' },
              { text: 'Change', align: 'start' },
            ],
            rows: log.slice(0, ROWS).map((row) => [words(String(row.entry)), words(minuteText(row.at)), words(row.text)]),
            omitted: Math.max(0, log.length - ROWS),
          },
        ],
};
