import type { CallJson } from '../../../contract/report-json.ts';
import type { Block, Cell } from '../blocks.ts';
import type { ReportView, Section } from '../section.ts';
import { sourceRefs } from '../source-refs.ts';
import { code, codeCell, findingAnchor, link, sentence, strong, text, timeText, words } from '../text.ts';
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

/** Steps of the story that are told. */
const STORY_STEPS = 12;

/** The incident in a few steps, before its calls. */
const story = ({ overview }: ReportView): readonly Block[] =>
  overview.story.length === 0
    ? []
    : [
        { kind: 'heading', level: 3, id: 'story', text: 'The incident, step by step' },
        {
          kind: 'list',
          ordered: true,
          items: overview.story
            .slice(0, STORY_STEPS)
            .map((step) => sentence(step.time === undefined ? '' : `${step.time.slice(11, 19)} `, strong(step.role), ' ', step.text)),
        },
      ];

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
    const refCell = sourceRefs(view);
    return [
      ...story(view),
      {
        kind: 'table',
        caption: 'Calls of incident findings. Times in UTC as the evidence states them; the reference is file and record.',
        head: [
          { text: 'Time (UTC)', align: 'start', width: 'fit' },
          { text: 'Caller', align: 'start', width: 'fit' },
          { text: 'Call', align: 'start' },
          { text: 'Status', align: 'end', width: 'fit' },
          { text: 'Record', align: 'start', width: 'fit' },
          { text: 'Finding', align: 'end', width: 'fit' },
        ],
        rows: rows.map((call) => [
          words(timeText(call.time)),
          codeCell(labels.get(call.principal ?? '') ?? call.principal),
          callCell(call),
          words(call.status === undefined ? '–' : String(call.status)),
          refCell(call.ref),
          [...(named.get(call.ref) ?? [])]
            .sort((a, b) => a - b)
            .flatMap((index, at): Cell => [text(at === 0 ? '' : ', '), link(findingAnchor(index), String(index + 1))]),
        ]),
        omitted: named.size - rows.length,
      },
    ];
  },
};
