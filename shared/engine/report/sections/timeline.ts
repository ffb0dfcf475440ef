import type { CallJson } from '../../../contract/report-json.ts';
import type { Block, Cell } from '../blocks.ts';
import type { ReportView, Section } from '../section.ts';
import { sourceRefs } from '../source-refs.ts';
import { code, codeCell, count, findingAnchor, link, plural, sentence, strong, text, timeText, words } from '../text.ts';
import { incidentFindings } from './summary.ts';

/** A page or two; a reader of a timeline wants its shape. */
export const ROWS = 60;

/** Of the rows that nobody marked as many stay, however many are marked: first, middle and last. */
const MIN_UNMARKED = 3;

/** Up to `limit` of the calls, evenly spread, first and last included, so that a long run does not hide what follows it. */
export function spread<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, index) => items[Math.round((index * (items.length - 1)) / (limit - 1))]).filter(
    (item) => item !== undefined,
  );
}

/** Characters of a query that are printed: what was handed in shows at its start. */
const MAX_QUERY = 80;

const queryText = ({ query = '' }: CallJson): string =>
  query === '' ? '' : `?${query.length > MAX_QUERY ? `${query.slice(0, MAX_QUERY)}…` : query}`;

/** What stands for a call in a row: method and address, or the tool. */
export const callCell = (call: CallJson): Cell =>
  call.tool === undefined ? [code(`${call.method ?? '–'} ${call.host ?? ''}${call.path ?? ''}${queryText(call)}`)] : [code(call.tool)];

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

/** Calls that are looked up for the rows; of more, as many evenly picked. */
const LOOKED_UP = 2000;
/** A pause after which the same work is a row of its own. Units: ms. */
const PAUSE = 600_000;

/** Calls of one caller to one operation without a long pause between them. */
interface Run {
  readonly calls: CallJson[];
  readonly statuses: Set<string>;
  readonly findings: Set<number>;
  readonly isMarked: boolean;
  until: number;
}

/** Calls in time order as runs, in the order of their first calls; what the analyst marked stands alone. Cost: one pass. */
function runsOf(calls: readonly CallJson[], marked: ReadonlySet<string>, findingsOf: (ref: string) => ReadonlySet<number>): readonly Run[] {
  const runs: Run[] = [];
  const open = new Map<string, Run>();
  for (const call of calls) {
    const isMarked = marked.has(call.ref);
    const key = isMarked ? call.ref : `${call.principal ?? ''} ${call.endpoint ?? call.tool ?? call.path ?? ''}`;
    const at = call.time === undefined ? 0 : Date.parse(call.time);
    let run = open.get(key);
    if (run === undefined || at - run.until > PAUSE) {
      run = { calls: [], statuses: new Set(), findings: new Set(), isMarked, until: at };
      open.set(key, run);
      runs.push(run);
    }
    run.calls.push(call);
    run.until = at;
    run.statuses.add(call.status === undefined ? '–' : String(call.status));
    for (const finding of findingsOf(call.ref)) run.findings.add(finding);
  }
  return runs;
}

/** The clock of a row: fine for one call, to the second for several, so that the column stays narrow. */
function clock(first: CallJson | undefined, last: CallJson | undefined): string {
  if (first?.time === undefined || last?.time === undefined) return '–';
  return first === last ? timeText(first.time).slice(11) : `${first.time.slice(11, 19)}–${last.time.slice(11, 19)}`;
}

/** A run as a row: from when to when, who, what and how often, and where its first record stands. */
function runRow({ calls, statuses, findings }: Run, label: (id: string | undefined) => string | undefined, refCell: (ref: string) => Cell): readonly Cell[] {
  const [first, last] = [calls[0], calls.at(-1)];
  const what = first === undefined ? [] : calls.length === 1 || first.endpoint === undefined ? callCell(first) : [code(first.endpoint)];
  return [
    words(clock(first, last)),
    codeCell(label(first?.principal)),
    what,
    words(count(calls.length)),
    words([...statuses].sort().join(', ')),
    first === undefined ? [] : refCell(first.ref),
    [...findings].sort((a, b) => a - b).flatMap((index, at): Cell => [text(at === 0 ? '' : ', '), link(findingAnchor(index), String(index + 1))]),
  ];
} // prettier-ignore

/** Rows under the day that they began on. */
function dayRows(runs: readonly Run[], row: (run: Run) => readonly Cell[]): readonly (readonly Cell[])[] {
  let day: string | undefined;
  return runs.flatMap((run) => {
    const own = run.calls[0]?.time?.slice(0, 10) ?? 'without a time';
    const head = own === day ? [] : [[words(own)]];
    day = own;
    return [...head, row(run)];
  });
}

/** Marked calls and the calls of incident findings in time order, with the place in the evidence. */
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
    // An incident may have a hundred thousand calls: only so many are looked up.
    const marked = new Set(view.remarks.filter((remark) => remark.marked).map(({ call }) => call.ref));
    const others = [...named.keys()].filter((ref) => !marked.has(ref));
    const calls = [...marked, ...spread(others, LOOKED_UP)]
      .flatMap((ref) => view.call(ref) ?? [])
      .sort((a, b) => ((a.time ?? '~') < (b.time ?? '~') ? -1 : (a.time ?? '~') > (b.time ?? '~') ? 1 : 0));
    const runs = runsOf(calls, marked, (ref) => named.get(ref) ?? new Set());
    // What the analyst marked is always told; of the rest as many as there is room for.
    const unmarked = runs.filter(({ isMarked }) => !isMarked);
    const room = new Set(spread(unmarked, Math.max(MIN_UNMARKED, ROWS - (runs.length - unmarked.length))));
    const shown = runs.filter((run) => run.isMarked || room.has(run));
    const refCell = sourceRefs(view);
    return [
      ...story(view),
      {
        kind: 'table',
        caption: `${marked.size === 0 ? 'Calls' : `${plural(marked.size, 'call')} that the analyst marked, and calls`} of incident findings: ${count(named.size)}${others.length > LOOKED_UP ? `, of which ${count(LOOKED_UP)} evenly picked ones are told` : ''}. Calls of one principal to one endpoint share a row until a pause of ${String(PAUSE / 60_000)} minutes.`,
        head: [
          { text: 'Time (UTC)', align: 'start', width: 'fit' },
          { text: 'Principal', align: 'start' },
          { text: 'Call or endpoint', align: 'start' },
          { text: 'Calls', align: 'end', width: 'fit' },
          { text: 'Status', align: 'end' },
          { text: 'From record', align: 'start' },
          { text: 'Finding', align: 'end', width: 'fit' },
        ],
        rows: dayRows(shown, (run) => runRow(run, (id) => (id === undefined ? undefined : (labels.get(id) ?? id)), refCell)),
        omitted: runs.length - shown.length,
        rest: 'the calls of each finding are in report.json',
      },
    ];
  },
};
