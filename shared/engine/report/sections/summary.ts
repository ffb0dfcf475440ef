import { durationText } from '../../../lib/duration.ts';
import { dataName } from '../../../model/data-words.ts';
import type { IncidentJson } from '../../../contract/incident-json.ts';
import type { FindingJson, Span } from '../../../contract/report-json.ts';
import type { Block, Cell } from '../blocks.ts';
import { figuresOf } from '../figures.ts';
import { peopleText } from '../people-text.ts';
import type { ReportView, Section } from '../section.ts';
import { toldIncidents } from '../told-incidents.ts';
import { unreadText } from '../unread-text.ts';
import {
  count,
  findingAnchor,
  link,
  minuteText,
  percent,
  plural,
  secondsBetween,
  sentence,
  SEVERITIES,
  severityMark,
  strong,
  text,
  words,
} from '../text.ts';

/** Numbers that fit the page beside four answers and a picture, in rows of four: one row less beside a long table of incidents. */
const figuresBeside = (incidents: number): number => (incidents < 4 ? 12 : 8);

/** What stands in the place of a claim when no incident was found; nothing found and nothing to look at are kept apart. */
export const noIncidentText = ({ json }: ReportView): string =>
  json.coverage.calls === 0
    ? 'No call could be read from the evidence, so nothing was looked for. This is no finding that all is well.'
    : 'No rule for incidents found anything in the evidence.';

/** The findings that make the incident, most urgent first; dismissed ones have been decided and are out. */
export const incidentFindings = (view: ReportView): readonly FindingJson[] =>
  view.json.findings.filter((finding) => finding.family === 'incident' && finding.status !== 'dismissed');

const linkTo = (view: ReportView, finding: FindingJson): Cell => [link(findingAnchor(view.json.findings.indexOf(finding)), finding.title)];

/** A request that gateway, mesh and service each wrote down is one thing that its agent did. */
const agentsText = ({ callsByKind: { agent: calls }, agentHops: hops }: ReportView['overview']): string =>
  hops === 0
    ? `Agents made ${plural(calls, 'call')} of these. `
    : `Agents made ${plural(calls - hops, 'call')} of these themselves; ${count(hops)} more ${hops === 1 ? 'is an inner hop' : 'are inner hops'} of their requests. `;

/** To whom the calls could be given: a principal whose kind is known, one that is not, none. */
function attributedText({ overview, json: { coverage } }: ReportView): string {
  const unknown = overview.callsByKind.unknown;
  const nobody = coverage.calls - coverage.withPrincipal;
  return [
    `${percent(coverage.withPrincipal - unknown, coverage.calls)} of the calls could be given to a principal whose kind is known`,
    ...(unknown === 0 ? [] : [`${percent(unknown, coverage.calls)} to one whose kind is not`]),
    ...(nobody === 0 ? [] : [`${percent(nobody, coverage.calls)} to none`]),
  ].join(', ');
}

function whatHappened(view: ReportView): Cell {
  const { overview, json } = view;
  if (json.coverage.calls === 0) return words(noIncidentText(view));
  const window = json.case.window;
  const agents = overview.principalsByKind.agent;
  const { programs, users } = overview.agents;
  const among =
    agents > programs
      ? `${count(agents)} of them ${plural(programs, 'agent')} for ${plural(users, 'user')}`
      : `${plural(agents, 'agent')} among them`;
  const scene = sentence(
    window === undefined ? 'The evidence carries no times. In it, ' : `Between ${minuteText(window[0])} and ${minuteText(window[1])} UTC, `,
    `${plural(json.principals.length, 'principal')}${agents === 0 ? '' : ` (${among})`} made ${plural(json.coverage.calls, 'call')}${overview.hosts === 0 ? '' : ` to ${plural(overview.hosts, 'host')}`}. `,
    // Beside several incidents there is no line for it.
    agents === 0 || toldIncidents(view).told.length > 1 ? '' : agentsText(overview),
  );
  const [first] = incidentFindings(view);
  if (first === undefined) return [...scene, text(noIncidentText(view))];
  const { told, rest } = toldIncidents(view);
  if (told.length < 2) return [...scene, ...linkTo(view, first), text('.')];
  return [
    ...scene,
    text(
      `${count(told.length)} incidents stand out, which no chain, credential or principal ties to each other${togetherText(told)}${rest.length === 0 ? '' : `; ${count(rest.length)} more ${rest.length === 1 ? 'is' : 'are'} faint or stand in the timeline`}.`,
    ),
  ];
}

/** Incidents of one moment may be one deed seen from two sides, which the reader should know though no record says it. */
function togetherText(incidents: readonly IncidentJson[]): string {
  const near = incidents.filter(({ window }, at) => window !== undefined && incidents.some((other, index) => index !== at && areOneMoment(window, other.window)));
  if (near.length < 2) return '';
  const numbers = near.map(({ number }) => String(number));
  return `; ${listed(numbers)} began and ended within ${String(ONE_MOMENT)} seconds of each other, and may be one deed that two sources saw`;
} // prettier-ignore

/** Incidents that begin and end so near each other may be two views of one deed. Units: seconds; a few clock steps and one slow call. */
const ONE_MOMENT = 10;
const areOneMoment = (a: Span, b: Span | undefined): boolean =>
  b !== undefined && Math.abs(secondsBetween(a[0], b[0])) <= ONE_MOMENT && Math.abs(secondsBetween(a[1], b[1])) <= ONE_MOMENT;

/** What made an incident possible, in the table's last words. */
const ROOT_CAUSE = { stolen: 'stolen credential', 'over-privileged': 'too much allowed', misled: 'misled agent', undecided: 'cause undecided' } as const; // prettier-ignore

/** A claim that is longer is told in part where there are many: the finding has it whole. Units: characters; two and three lines of the table. */
const claimLength = (incidents: number): number => (incidents < 3 ? 190 : incidents < 5 ? 160 : 125);

/** A finding's claim up to its colon, a comma or a word. Example: `jwt-2 was used in 4 places in turn: after 24 calls from …` up to its colon. */
export function shortClaim(title: string, longest: number): string {
  if (title.length <= longest) return title;
  const colon = title.lastIndexOf(': ', longest);
  if (colon > longest / 4) return title.slice(0, colon);
  const comma = title.lastIndexOf(', ', longest);
  if (comma > longest / 2) return title.slice(0, comma);
  const blank = title.lastIndexOf(' ', longest);
  return `${title.slice(0, blank < 0 ? longest : blank)} …`;
}

/** Each incident in two or three lines: how grave, who and what, when, why it could be, how many calls and people. */
function incidentTable(view: ReportView): readonly Block[] {
  const { told } = toldIncidents(view);
  if (told.length < 2) return [];
  const byId = new Map(view.json.findings.map((finding) => [finding.id, finding]));
  return [
    {
      kind: 'table',
      caption: 'The incidents, each told by its gravest finding',
      head: [
        { text: 'No.', align: 'end', width: 'fit' },
        { text: 'Severity', align: 'start', width: 'fit' },
        { text: 'What happened, and when (UTC)', align: 'start', width: 'most' },
        { text: 'Calls', align: 'end', width: 'fit' },
        { text: 'People', align: 'end' },
      ],
      rows: told.map(({ number, severity, findings, window, calls, people, listsOfPeople }) => {
        const worst = byId.get(findings[0] ?? '');
        const cause = findings.map((id) => byId.get(id)?.rootCause).find((each) => each !== undefined);
        const facts = [window === undefined ? 'no times' : spanText(window), ...(cause === undefined ? [] : [ROOT_CAUSE[cause.kind]])];
        return [
          words(String(number)),
          [severityMark(severity)],
          [
            ...(worst === undefined ? [] : [link(findingAnchor(view.json.findings.indexOf(worst)), shortClaim(worst.title, claimLength(told.length))), { kind: 'break' } as const]),
            text(facts.join(' · ')),
          ],
          words(count(calls)),
          words(reachText(people, listsOfPeople)),
        ];
      }),
      omitted: 0,
    },
  ];
} // prettier-ignore

/** People that were counted, and lists of them whose length the evidence does not show. Example: `≥ 3 and 2 lists`. */
const reachText = (people: number, lists: number): string =>
  [...(people === 0 ? [] : [`≥ ${count(people)}`]), ...(lists === 0 ? [] : [plural(lists, 'list')])].join(' and ') || '–';

/** "2026-10-07 14:22 to 14:23": the day once where it is the same. */
const spanText = ([from, to]: Span): string => {
  const [first, last] = [minuteText(from), minuteText(to)];
  return first === last ? first : `${first} to ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last}`;
};

function howBad(view: ReportView): Cell {
  const { overview, json } = view;
  const incidents = incidentFindings(view);
  const [worst] = incidents;
  if (worst === undefined) {
    const open = json.findings.filter((finding) => finding.status !== 'dismissed').length;
    if (json.coverage.calls === 0) return words('That cannot be told: there is no call to look at.');
    return words(
      open === 0
        ? 'No finding is open.'
        : `No incident was found; ${plural(open, 'weakness', 'weaknesses')} in how the interfaces are secured ${open === 1 ? 'is' : 'are'} listed.`,
    );
  }
  const counts = SEVERITIES.filter((severity) => overview.findingsBySeverity[severity] > 0);
  const named = counts.flatMap((severity, index): Cell => [
    text(`${index === 0 ? '' : index === counts.length - 1 ? ' and ' : ', '}${count(overview.findingsBySeverity[severity])} `),
    severityMark(severity),
  ]);
  const endpoints = json.endpoints.filter((endpoint) => incidents.some((finding) => finding.endpoints.includes(endpoint.id)));
  const types = [
    ...new Set(
      endpoints.filter((endpoint) => endpoint.sensitivity >= 'S2').flatMap((endpoint) => endpoint.dataTypes.map((seen) => seen.type)),
    ),
  ].sort();
  const [gravest] = view.json.incidents;
  return sentence(
    'The evidence supports ',
    named,
    ' findings. ',
    types.length === 0 ? '' : `The endpoints involved carry ${listed(types.slice(0, 6).map(dataName))}. `,
    // Where a table tells each incident, this would tell one of them twice.
    gravest?.window === undefined || toldIncidents(view).told.length > 1
      ? ''
      : `${view.json.incidents.length === 1 ? 'The incident' : 'The gravest incident'} lasted ${durationText(secondsBetween(...gravest.window))} and took ${plural(gravest.calls, 'call')}${gravest.people + gravest.listsOfPeople === 0 ? '' : `; the answers told of ${peopleText(gravest)}`}.`,
  );
}

function howSure(view: ReportView): Cell {
  const { overview, json } = view;
  const [worst] = incidentFindings(view);
  const meaning = {
    observed: 'observed: the records show it',
    inferred: 'inferred: the records fit it and little else',
    suspected: 'suspected: the records are unusual, and a harmless reason is possible',
  };
  const proved = Object.entries(overview.edgesByKind)
    .filter(([kind]) => kind !== 'adjacent' && kind !== 'nesting')
    .reduce((sum, [, edges]) => sum + edges, 0);
  const unread = unreadText(view);
  const gaps = [
    ...(unread === undefined ? [] : [unread]),
    ...(json.coverage.notEvaluable.length === 0 ? [] : [`${plural(json.coverage.notEvaluable.length, 'rule')} lacked input`]),
  ];
  return sentence(
    worst === undefined ? '' : sentence('The most urgent finding is ', strong(meaning[worst.confidence]), '. '),
    `Links between calls that rest on marks or values in the records themselves: ${count(proved)}. `,
    `${attributedText(view)}${gaps.length === 0 ? '' : `; ${gaps.join(', and ')}`}`,
    ' (',
    link('limits', 'limits'),
    ').',
  );
}

/** Incidents against which the first page names a step. */
const WITH_STEPS = 3;

/** The first steps against the gravest incidents; against a single one more of them. */
function firstSteps(view: ReportView): readonly string[] {
  const { told } = toldIncidents(view);
  const byId = new Map(view.json.findings.map((finding) => [finding.id, finding]));
  const stepsOf = ({ findings }: IncidentJson): readonly string[] => [...new Set(findings.flatMap((id) => byId.get(id)?.remediation ?? []))];
  if (told.length === 1) return told.flatMap(stepsOf).slice(0, 3);
  return told.slice(0, WITH_STEPS).flatMap((incident) => stepsOf(incident).slice(0, 1).map((step) => `Incident ${String(incident.number)}: ${step}`));
} // prettier-ignore

function whatNow(view: ReportView): Cell {
  const steps = firstSteps(view);
  if (steps.length === 0)
    return sentence('Nothing follows from an incident. Weaknesses and their remedies are in ', link('actions', 'actions'), '.');
  return sentence(
    steps.map((step, index) => text(`${index === 0 ? '' : ' '}${step.replace(/[.\s]*$/, '')}.`)),
    ' ',
    link('actions', `All ${plural(new Set(view.json.findings.flatMap((finding) => finding.remediation)).size, 'action')}`),
    '.',
  );
}

/** "a", "a and b", "a, b and c". */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;

/** The picture takes the room that the incidents leave it. Units: CSS pixels. */
const barHeight = (incidents: number): number => (incidents < 2 ? 80 : incidents < 4 ? 64 : 32);

/** The one picture: what stands out over time. A chain fills a page of its own and stands with its finding. */
const activity = (view: ReportView): Block => ({
  kind: 'activity',
  caption: 'Calls over time; a dark foot marks calls that a finding names.',
  alternative: `${plural(view.activity.bins.length, 'slice')} of ${durationText(view.activity.binSeconds)}, ${plural(view.json.coverage.calls, 'call')} in all, ${plural(
    view.activity.bins.reduce((sum, bin) => sum + bin.inFindings, 0),
    'call',
  )} named by findings.`,
  barHeight: barHeight(toldIncidents(view).told.length),
  bins: view.activity.bins,
});

/** One page for those who decide: what happened, how bad, how sure, what now; one picture; the numbers, defined in an annex. */
export const summary: Section = {
  id: 'summary',
  title: 'Executive summary',
  part: 'body',
  build: (view) => [
    { kind: 'answer', question: 'What happened', inlines: whatHappened(view) },
    ...incidentTable(view),
    { kind: 'answer', question: 'How bad is it', inlines: howBad(view) },
    { kind: 'answer', question: 'How sure are we', inlines: howSure(view) },
    { kind: 'answer', question: 'What now', inlines: whatNow(view) },
    ...(view.activity.bins.length === 0 ? [] : [activity(view)]),
    { kind: 'heading', level: 3, id: 'numbers', text: 'The numbers' },
    { kind: 'numbers', items: figuresOf(view).slice(0, figuresBeside(toldIncidents(view).told.length)) },
    // Beside a table of incidents there is no line to spare; the contents name the annex, too.
    ...(toldIncidents(view).told.length > 1
      ? []
      : [
          {
            kind: 'paragraph',
            inlines: sentence('What each of them counts stands in ', link('figures', 'Figures and definitions'), '.'),
          } as const,
        ]),
  ],
};
