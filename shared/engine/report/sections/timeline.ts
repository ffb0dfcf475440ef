import type { CallJson } from '../../../contract/report-json.ts';
import type { Cell } from '../blocks.ts';
import type { Section } from '../section.ts';
import { code, codeCell, findingAnchor, link, text, timeText, words } from '../text.ts';
import { incidentFindings } from './summary.ts';

/** A page or two. More rows are in report.json; a reader of a timeline wants its shape. */
export const ROWS = 60;

/** Up to `limit` of the calls, evenly spread, first and last included, so that a long run does not hide what follows it. */
export function spread<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, index) => items[Math.round((index * (items.length - 1)) / (limit - 1))]).filter(
    (item) => item !== undefined,
  );
}

/** What stands for a call in a row: method and path, or the tool. */
export const callCell = (call: CallJson): Cell =>
  call.tool === undefined ? [code(`${call.method ?? '–'} ${call.host ?? ''}${call.path ?? ''}`)] : [code(call.tool)];

/** The calls of incident findings in time order, with the place in the evidence. */
export const timeline: Section = {
  id: 'timeline',
  title: 'Timeline',
  part: 'body',
  build: (view) => {
    const named = new Map<string, Set<number>>();
    for (const finding of incidentFindings(view)) {
      const index = view.json.findings.indexOf(finding);
      for (const ref of finding.calls) named.set(ref, (named.get(ref) ?? new Set()).add(index));
    }
    const labels = new Map(view.json.principals.map((principal) => [principal.id, principal.label]));
    // Only as many look-ups as rows: an incident may have a hundred thousand calls. Findings give theirs in time order.
    const rows = spread([...named.keys()], ROWS)
      .flatMap((ref) => view.call(ref) ?? [])
      .sort((a, b) => ((a.time ?? '~') < (b.time ?? '~') ? -1 : (a.time ?? '~') > (b.time ?? '~') ? 1 : 0));
    return [
      {
        kind: 'table',
        caption: 'Calls of incident findings. Times in UTC as the evidence states them; the reference is file and record.',
        head: [
          { text: 'Time (UTC)', align: 'start', width: 'fit' },
          { text: 'Caller', align: 'start' },
          { text: 'Call', align: 'start' },
          { text: 'Status', align: 'end', width: 'fit' },
          { text: 'Reference', align: 'start' },
          { text: 'Finding', align: 'end', width: 'fit' },
        ],
        rows: rows.map((call) => [
          words(timeText(call.time)),
          codeCell(labels.get(call.principal ?? '') ?? call.principal),
          callCell(call),
          words(call.status === undefined ? '–' : String(call.status)),
          [code(call.ref)],
          [...(named.get(call.ref) ?? [])]
            .sort((a, b) => a - b)
            .flatMap((index, at): Cell => [text(at === 0 ? '' : ', '), link(findingAnchor(index), String(index + 1))]),
        ]),
        omitted: named.size - rows.length,
      },
    ];
  },
};
