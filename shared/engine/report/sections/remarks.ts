import type { Block, Cell } from '../blocks.ts';
import type { Remark, Section } from '../section.ts';
import { sourceRefs } from '../source-refs.ts';
import { text, timeText, words } from '../text.ts';
import { callCell } from './timeline.ts';

/** Rows that are printed; a person marks some dozens. */
const ROWS = 2000;

function marksOf({ marked, starred, tags }: Remark): Cell {
  const marks = [...(marked ? ['on the timeline'] : []), ...(starred ? ['starred'] : []), ...tags.map((tag) => `tag ${tag}`)];
  return words(marks.length === 0 ? '–' : marks.join(', '));
}

/** Notes are the analyst's words, printed as text: what they hold of a notation stays as it was typed. */
const notesOf = ({ notes }: Remark): Cell =>
  notes.length === 0 ? words('–') : notes.map((note, at) => text(at === 0 ? note : ` ¶ ${note}`));

/** What the analyst put on calls: opinion, apart from the evidence. */
export const remarks: Section = {
  id: 'remarks',
  title: 'Notes and tags of the analyst',
  part: 'annex',
  build: (view): readonly Block[] => {
    const refCell = sourceRefs(view);
    const shown = view.remarks.slice(0, ROWS);
    return [
      {
        kind: 'table',
        caption: 'Calls that the analyst marked, in order of time. Marks and notes are opinion; the evidence does not hold them.',
        head: [
          { text: 'Time (UTC)', align: 'start', width: 'fit' },
          { text: 'Call', align: 'start' },
          { text: 'Record', align: 'start', width: 'fit' },
          { text: 'Marks', align: 'start' },
          { text: 'Notes', align: 'start', width: 'wide' },
        ],
        rows: shown.map((remark) => [
          words(timeText(remark.call.time)),
          callCell(remark.call),
          refCell(remark.call.ref),
          marksOf(remark),
          notesOf(remark),
        ]),
        omitted: view.remarks.length - shown.length,
      },
    ];
  },
};
