import type { FindingJson } from '../../../contract/report-json.ts';
import type { Provenance } from '../../../contract/rows.ts';
import { spreadOver } from '../../../lib/spread.ts';
import type { Block } from '../blocks.ts';
import type { ReportView } from '../section.ts';
import { sourceRefs } from '../source-refs.ts';
import { plural, timeText, words } from '../text.ts';
import { callCell } from './timeline.ts';

/** Evidence rows of one card. */
export const CALL_ROWS = 12;
/** Of a weakness, which is the same on each call. */
export const WEAKNESS_CALL_ROWS = 4;

/** The stretch of the file that the record is, first and last byte, counted from 0. */
const bytesOf = (place: Provenance | undefined): string =>
  place === undefined ? '–' : `${String(place.byteStart)}–${String(place.byteStart + Math.max(0, place.byteLength - 1))}`;

/** Calls that the claim rests on, each with the place of its record in the files. Shape: none for a claim about what did not happen. */
export function evidenceTable(view: ReportView, finding: FindingJson): readonly Block[] {
  if (finding.calls.length === 0) return [{ kind: 'paragraph', inlines: words('It rests on the absence of calls, so it names none.') }];
  const shown = spreadOver(finding.calls, finding.family === 'incident' ? CALL_ROWS : WEAKNESS_CALL_ROWS);
  const refCell = sourceRefs(view);
  const calls = shown.map((ref) => ({ ref, call: view.call(ref) }));
  const days = new Set(calls.map(({ call }) => call?.time?.slice(0, 10)));
  // A day that all rows share is said once: the column keeps room for the paths.
  const [day] = days.size === 1 ? [...days] : [];
  return [
    {
      kind: 'table',
      caption: `Evidence: ${plural(finding.calls.length, 'call')}${day === undefined ? '' : ` on ${day}`}${shown.length < finding.calls.length ? ', evenly picked' : ''}`,
      head: [
        { text: 'Time (UTC)', align: 'start', width: 'fit' },
        { text: 'Call', align: 'start' },
        { text: 'Status', align: 'end', width: 'fit' },
        { text: 'Record', align: 'start', width: 'fit' },
        { text: 'At bytes', align: 'end', width: 'fit' },
      ],
      rows: calls.map(({ ref, call }) => [
        words(day === undefined ? timeText(call?.time) : timeText(call?.time).slice(day.length + 1)),
        call === undefined ? words('–') : callCell(call),
        words(call?.status === undefined ? '–' : String(call.status)),
        refCell(ref),
        words(bytesOf(view.place(ref))),
      ]),
      omitted: finding.calls.length - shown.length,
    },
  ];
}
