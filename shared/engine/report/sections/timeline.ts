import type { IncidentJson } from '../../../contract/incident-json.ts';
import type { CallJson } from '../../../contract/report-json.ts';
import { spreadOver } from '../../../lib/spread.ts';
import type { Block, Cell } from '../blocks.ts';
import { toldIncidents } from '../told-incidents.ts';
import type { PrintedView, Section } from '../section.ts';
import { sourceRefs } from '../source-refs.ts';
import { code, codeCell, count, findingAnchor, link, sentence, strong, text, timeText, words } from '../text.ts';
import { incidentFindings } from './summary.ts';

/** A page or two; a reader of a timeline wants its shape. */
export const ROWS = 60;

/** Rows that each of several incidents has at least. */
const MIN_ROWS = 15;

/** Of the rows that nobody marked as many stay, however many are marked: first, middle and last. */
const MIN_UNMARKED = 3;

/** Characters of a query that are printed: what was handed in shows at its start. */
const MAX_QUERY = 80;

const queryText = ({ query = '' }: CallJson): string =>
  query === '' ? '' : `?${query.length > MAX_QUERY ? `${query.slice(0, MAX_QUERY)}…` : query}`;

/** What stands for a call in a row: method and address, or the tool. */
export const callCell = (call: CallJson): Cell =>
  call.tool === undefined ? [code(`${call.method ?? '–'} ${call.host ?? ''}${call.path ?? ''}${queryText(call)}`)] : [code(call.tool)];

/** Steps of an incident that are told. */
const STORY_STEPS = 12;

/** An incident in a few steps, before its calls. */
const stepList = ({ steps }: IncidentJson): readonly Block[] =>
  steps.length === 0
    ? []
    : [
        {
          kind: 'list',
          ordered: true,
          items: steps
            .slice(0, STORY_STEPS)
            .map((step) =>
              sentence(
                step.time === undefined ? '' : `${step.time.slice(0, 10)} ${step.time.slice(11, 19)} `,
                strong(step.role),
                ' ',
                step.text,
              ),
            ),
        },
      ];

/** Calls that are looked up for the rows; of more, as many evenly picked. */
const LOOKED_UP = 2000;
/** Pauses after which the same work is a row of its own; the longer ones for work so slow that each call would be its own row. Units: ms. */
const PAUSES = [
  { ms: 600_000, words: '10 minutes' },
  { ms: 3_600_000, words: 'an hour' },
  { ms: 86_400_000, words: 'a day' },
] as const;

/** Calls of one caller to one operation without a long pause between them. */
interface Run {
  readonly calls: CallJson[];
  readonly statuses: Set<string>;
  readonly findings: Set<number>;
  readonly isMarked: boolean;
  until: number;
}

/** Which findings name a call, by their place in the report, and what the analyst marked. */
interface Named {
  readonly marked: ReadonlySet<string>;
  readonly findingsOf: (ref: string) => ReadonlySet<number>;
}

/** Calls in time order as runs of one day each, in the order of their first calls; what the analyst marked stands alone. Units: `pause` in ms. Cost: one pass. */
function runsOf(calls: readonly CallJson[], pause: number, { marked, findingsOf }: Named): readonly Run[] {
  const runs: Run[] = [];
  const open = new Map<string, Run>();
  for (const call of calls) {
    const isMarked = marked.has(call.ref);
    const key = isMarked
      ? call.ref
      : `${call.time?.slice(0, 10) ?? ''} ${call.principal ?? ''} ${call.endpoint ?? call.tool ?? call.path ?? ''}`;
    const at = call.time === undefined ? 0 : Date.parse(call.time);
    let run = open.get(key);
    if (run === undefined || at - run.until > pause) {
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

const heading = (id: string, text: string): Block => ({ kind: 'heading', level: 3, id, text });

const inTime = (calls: readonly CallJson[]): readonly CallJson[] =>
  calls.toSorted((a, b) => ((a.time ?? '~') < (b.time ?? '~') ? -1 : (a.time ?? '~') > (b.time ?? '~') ? 1 : 0));

/** The rows of a table: by the shortest pause with which they fit, else evenly picked ones by the longest. */
function rowsWithin(calls: readonly CallJson[], limit: number, named: Named) {
  const [last] = PAUSES.slice(-1);
  const fitting = PAUSES.map((pause) => ({ pause, runs: runsOf(calls, pause.ms, named) })).find(({ runs }) => runs.length <= limit);
  const { pause, runs } = fitting ?? { pause: last ?? PAUSES[0], runs: runsOf(calls, (last ?? PAUSES[0]).ms, named) };
  // What the analyst marked is always told; of the rest as many as there is room for.
  const unmarked = runs.filter(({ isMarked }) => !isMarked);
  const room = new Set(spreadOver(unmarked, Math.max(MIN_UNMARKED, limit - (runs.length - unmarked.length))));
  return { pause, runs, shown: runs.filter((run) => run.isMarked || room.has(run)) };
}

/** What all tables of the timeline share. */
interface Told {
  readonly view: PrintedView;
  readonly named: Named;
  readonly labels: ReadonlyMap<string, string>;
  /** Rows that each table has room for. */
  readonly limit: number;
}

/** Calls as a table; a column in which nothing stands is left out. */
function callTable(refs: readonly string[], words: string, { view, named, labels, limit }: Told): Block {
  const own = refs.filter((ref) => named.marked.has(ref));
  const looked = [...own, ...spreadOver(refs.filter((ref) => !named.marked.has(ref)), LOOKED_UP)]; // prettier-ignore
  const calls = inTime(looked.flatMap((ref) => view.call(ref) ?? []));
  const { pause, runs, shown } = rowsWithin(calls, limit, named);
  const refCell = sourceRefs(view);
  return {
    kind: 'table',
    caption: `${words}: ${count(refs.length)}${refs.length > LOOKED_UP ? `, of which ${count(LOOKED_UP)} evenly picked ones are told` : ''}. Calls of one principal to one endpoint share a row until a pause of ${pause.words}.`,
    head: [
      { text: 'Time (UTC)', align: 'start', width: 'fit' },
      { text: 'Principal', align: 'start' },
      { text: 'Call or endpoint', align: 'start', width: 'wide' },
      { text: 'Calls', align: 'end', width: 'fit' },
      { text: 'Status', align: 'end' },
      { text: 'From record', align: 'start', width: 'fit' },
      { text: 'Finding', align: 'end', width: 'fit' },
    ],
    rows: dayRows(shown, (run) => runRow(run, (id) => (id === undefined ? undefined : (labels.get(id) ?? id)), refCell)),
    omitted: runs.length - shown.length,
    rest: 'the calls of each finding are in report.json',
  };
}

/** The heading of an incident with its steps and calls. */
function incidentBlocks(incident: IncidentJson, refs: readonly string[], among: number, told: Told): readonly Block[] {
  const title = among === 1 ? 'The incident, step by step' : `Incident ${String(incident.number)}: ${incident.story}`;
  return [
    ...(among === 1 && incident.steps.length === 0 ? [] : [{ kind: 'heading', level: 3, id: `story-${String(incident.number)}`, text: title } as const]),
    ...stepList(incident),
    ...(refs.length === 0 ? [] : [callTable(refs, 'Calls of its findings', told)]),
  ];
} // prettier-ignore

/** Where the rows of one finding after another end, each call told once, under the gravest of its incidents. */
function callsByIncident(view: PrintedView, incidents: readonly IncidentJson[]): ReadonlyMap<IncidentJson, readonly string[]> {
  const findings = new Map(view.json.findings.map((finding) => [finding.id, finding]));
  const told = new Set<string>();
  return new Map(
    incidents.map((incident) => {
      const own = new Set(incident.findings.flatMap((id) => findings.get(id)?.calls ?? []));
      const refs = [...own].filter((ref) => !told.has(ref));
      for (const ref of refs) told.add(ref);
      return [incident, refs];
    }),
  );
}

/** Each incident as its own story, the gravest first; then what the analyst marked outside of them. */
export const timeline: Section = {
  id: 'timeline',
  title: 'Timeline',
  part: 'body',
  build: (view) => {
    const findingsOf = new Map<string, Set<number>>();
    for (const finding of incidentFindings(view)) {
      const index = view.json.findings.indexOf(finding);
      for (const ref of finding.calls) findingsOf.set(ref, (findingsOf.get(ref) ?? new Set()).add(index));
    }
    const marked = new Set(view.remarks.filter((remark) => remark.marked).map(({ call }) => call.ref));
    const { told, rest } = toldIncidents(view);
    const refs = callsByIncident(view, [...told, ...rest]);
    const faint = rest.flatMap((incident) => refs.get(incident) ?? []);
    const alone = [...marked].filter((ref) => !findingsOf.has(ref));
    const tables = told.length + (faint.length > 0 ? 1 : 0) + (alone.length > 0 ? 1 : 0);
    const shared: Told = {
      view,
      named: { marked, findingsOf: (ref) => findingsOf.get(ref) ?? new Set() },
      labels: new Map(view.json.principals.map((principal) => [principal.id, principal.label])),
      limit: Math.max(MIN_ROWS, Math.round(ROWS / Math.max(1, tables))),
    };
    if (tables === 0) return [callTable([], 'Calls of incident findings', shared)];
    return [
      ...told.flatMap((incident) => incidentBlocks(incident, refs.get(incident) ?? [], tables, shared)),
      ...(faint.length === 0
        ? []
        : [heading('story-others', 'Fainter or further incidents'), callTable(faint, 'Calls of their findings', shared)]),
      ...(alone.length === 0
        ? []
        : [heading('story-marked', 'Marked by the analyst'), callTable(alone, 'Marked calls that no incident finding names', shared)]),
    ];
  },
};
