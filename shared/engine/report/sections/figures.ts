import { FIGURES_VERSION, figuresOf } from '../figures.ts';
import type { Section } from '../section.ts';
import { code, sentence, words } from '../text.ts';

/** Every number of the summary with what it counts, so that two reports can be compared. */
export const figures: Section = {
  id: 'figures',
  title: 'Figures and definitions',
  part: 'annex',
  build: (view) => [
    {
      kind: 'paragraph',
      inlines: sentence(
        `Definitions of version ${String(FIGURES_VERSION)}; figures of different versions are not to be compared. The same as a table for spreadsheets: `,
        code('spoor report CASE --format kpis'),
        '.',
      ),
    },
    {
      kind: 'table',
      caption: 'Figures',
      head: [
        { text: 'Figure', align: 'start', width: 'wide' },
        { text: 'Value', align: 'end', width: 'fit' },
        { text: 'What it counts', align: 'start' },
      ],
      rows: figuresOf(view).map(({ label, value, definition }) => [words(label), words(value), words(definition)]),
      omitted: 0,
    },
    {
      kind: 'table',
      caption: 'Questions of boards, and how report.json answers them',
      head: [
        { text: 'Question', align: 'start', width: 'wide' },
        { text: 'Member', align: 'start', width: 'fit' },
        { text: 'Definition', align: 'start' },
      ],
      rows: view.json.kpis.definitions.map(({ question, kpi, definition }) => [words(question), [code(kpi)], words(definition)]),
      omitted: 0,
    },
  ],
};
