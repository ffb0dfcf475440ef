import { durationText } from '../../../lib/duration.ts';
import type { FindingJson } from '../../../contract/report-json.ts';
import type { Block, Cell } from '../blocks.ts';
import { figuresOf } from '../figures.ts';
import type { ReportView, Section } from '../section.ts';
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

/** Four rows of four fit the page beside four answers and a picture. */
const SUMMARY_FIGURES = 12;

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
  const scene = sentence(
    window === undefined ? 'The evidence carries no times. In it, ' : `Between ${minuteText(window[0])} and ${minuteText(window[1])} UTC, `,
    `${plural(json.principals.length, 'principal')}${agents === 0 ? '' : ` (${plural(agents, 'agent')} among them)`} made ${plural(json.coverage.calls, 'call')}${overview.hosts === 0 ? '' : ` to ${plural(overview.hosts, 'host')}`}. `,
    agents === 0 ? '' : agentsText(overview),
  );
  const [first] = incidentFindings(view);
  if (first === undefined) return [...scene, text(noIncidentText(view))];
  return [...scene, ...linkTo(view, first), text('.')];
}

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
  const window = worst.window;
  return sentence(
    'The evidence supports ',
    named,
    ' findings. ',
    types.length === 0 ? '' : `The endpoints involved carry ${listed(types.slice(0, 6))}. `,
    window === undefined
      ? ''
      : `The most urgent one lasted ${durationText(secondsBetween(window[0], window[1]))} and took ${plural(worst.calls.length, 'call')}.`,
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
  return sentence(
    worst === undefined ? '' : sentence('The most urgent finding is ', strong(meaning[worst.confidence]), '. '),
    `Links between calls that rest on marks or values in the records themselves: ${count(proved)}. `,
    `${attributedText(view)}; ${plural(overview.records.rejected, 'record')} and ${plural(overview.unreadSources, 'whole file')} could not be read`,
    json.coverage.notEvaluable.length === 0 ? '' : `, and ${plural(json.coverage.notEvaluable.length, 'rule')} lacked input`,
    ' (',
    link('limits', 'limits'),
    ').',
  );
}

function whatNow(view: ReportView): Cell {
  const steps = [...new Set(incidentFindings(view).flatMap((finding) => finding.remediation))];
  if (steps.length === 0)
    return sentence('Nothing follows from an incident. Weaknesses and their remedies are in ', link('actions', 'actions'), '.');
  return sentence(
    steps.slice(0, 3).map((step, index) => text(`${index === 0 ? '' : ' '}${step.replace(/[.\s]*$/, '')}.`)),
    ' ',
    link('actions', `All ${plural(new Set(view.json.findings.flatMap((finding) => finding.remediation)).size, 'action')}`),
    '.',
  );
}

/** "a", "a and b", "a, b and c". */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;

/** The one picture: what stands out over time. A chain fills a page of its own and stands with its finding. */
const activity = (view: ReportView): Block => ({
  kind: 'activity',
  caption: 'Calls over time in slices of equal length; a dark foot marks calls that a finding names.',
  alternative: `${plural(view.activity.bins.length, 'slice')} of ${durationText(view.activity.binSeconds)}, ${plural(view.json.coverage.calls, 'call')} in all, ${plural(
    view.activity.bins.reduce((sum, bin) => sum + bin.inFindings, 0),
    'call',
  )} named by findings.`,
  bins: view.activity.bins,
});

/** One page for those who decide: what happened, how bad, how sure, what now; one picture; the numbers, defined in an annex. */
export const summary: Section = {
  id: 'summary',
  title: 'Executive summary',
  part: 'body',
  build: (view) => [
    { kind: 'answer', question: 'What happened', inlines: whatHappened(view) },
    { kind: 'answer', question: 'How bad is it', inlines: howBad(view) },
    { kind: 'answer', question: 'How sure are we', inlines: howSure(view) },
    { kind: 'answer', question: 'What now', inlines: whatNow(view) },
    ...(view.activity.bins.length === 0 ? [] : [activity(view)]),
    { kind: 'heading', level: 3, id: 'numbers', text: 'The numbers' },
    { kind: 'numbers', items: figuresOf(view).slice(0, SUMMARY_FIGURES) },
    { kind: 'paragraph', inlines: sentence('What each of them counts stands in ', link('figures', 'Figures and definitions'), '.') },
  ],
};
