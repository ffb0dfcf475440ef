import type { ExhibitJson, TextPiece } from '../../../model/exhibit.ts';
import { drawExhibit } from '../../../model/exhibit-drawing.ts';
import { exhibitTable } from '../../../model/exhibit-rows.ts';
import type { FindingJson } from '../../../contract/report-json.ts';
import type { Block, Cell } from '../blocks.ts';
import { code, count, plural, timeText, words } from '../text.ts';

/** Rows of one exhibit on paper; report.json has all. */
const EXHIBIT_ROWS = 20;

/** A number that a rule wrote with commas is words of ours, everything else is the evidence's. */
const cellOf = (text: string): Cell => (text === '' ? words('–') : /^\d{1,3}(?:,\d{3})+$/.test(text) ? words(text) : [code(text)]);

const pieceCell = (pieces: readonly TextPiece[]): Cell =>
  pieces.map(({ state, text }) => (state === 'same' ? code(text) : { kind: 'marked', how: state, text }));

function tableOf(exhibit: ExhibitJson): Block {
  const { head, rows, omitted } = exhibitTable(exhibit);
  const shown = rows.slice(0, EXHIBIT_ROWS);
  const timed = rows.some(({ at }) => at !== undefined);
  return {
    kind: 'table',
    caption: exhibit.title,
    head: [...(timed ? [{ text: 'Time (UTC)', align: 'start', width: 'fit' } as const] : []), ...head.map((text) => ({ text, align: 'start' as const }))],
    rows: shown.map(({ at, cells, pieces }) => [
      ...(timed ? [words(timeText(at?.time))] : []),
      ...(pieces === undefined ? cells.map(cellOf) : [...cells.slice(0, -1).map(cellOf), pieceCell(pieces)]),
    ]),
    omitted: omitted + rows.length - shown.length,
  };
} // prettier-ignore

/** What a finding shows beside its facts: pictures where the exhibit is one, tables where it is not; a graph of owners is both. */
export const exhibitBlocks = ({ exhibits }: Pick<FindingJson, 'exhibits'>): readonly Block[] =>
  (exhibits ?? []).flatMap((exhibit): readonly Block[] => {
    const drawing = drawExhibit(exhibit);
    if (drawing === undefined) return [tableOf(exhibit)];
    const { rows, omitted } = exhibitTable(exhibit);
    const alternative = `${plural(rows.length, exhibit.kind === 'curve' ? 'point' : 'mark')}${omitted > 0 ? `, ${count(omitted)} more in the evidence` : ''}`;
    const picture: Block = { kind: 'exhibit', caption: exhibit.title, alternative, drawing };
    return exhibit.kind === 'bipartite' ? [picture, tableOf(exhibit)] : [picture];
  });
