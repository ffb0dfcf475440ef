import type { EndpointJson } from '../../../contract/report-json.ts';
import { detectorsOf } from '../../../model/also-told.ts';
import type { Block } from '../blocks.ts';
import type { PrintedView, Section } from '../section.ts';
import { codeList, count, findingAnchor, link, plural, sentence, text, timeText, words } from '../text.ts';

/** A network and a browser are no person: such ones stand apart from those that a credential names. */
function principalsText({ principalsByKind, visitors, agents }: PrintedView['overview']): string {
  const people = principalsByKind.human - visitors;
  return [
    `${LABELS.human} ${count(people)}`,
    ...(visitors === 0 ? [] : [`visitors told apart by network and browser only ${count(visitors)}`]),
    ...(['service', 'agent', 'unknown'] as const).map(
      (kind) =>
        `${LABELS[kind]} ${count(principalsByKind[kind])}${kind === 'agent' && agents.programs < principalsByKind.agent ? ` (${plural(agents.programs, 'program')} for ${plural(agents.users, 'user')})` : ''}`,
    ),
  ].join(', ');
}

const LABELS = { human: 'people', service: 'services', agent: 'agents', unknown: 'not known' } as const;

/** The questions that were answered with a finding, and how many were not; all of them stand in an annex. */
function questions(view: PrintedView): readonly Block[] {
  const { json, detectorSettings } = view;
  const indexOf = (detector: string): readonly number[] =>
    json.findings.flatMap((finding, index) => (detectorsOf(finding).includes(detector) && finding.status !== 'dismissed' ? [index] : []));
  const answered = detectorSettings.filter(({ detector }) => indexOf(detector).length > 0);
  const missing = json.coverage.notEvaluable.length;
  return [
    {
      kind: 'paragraph',
      inlines: sentence(
        `${plural(detectorSettings.length, 'question was', 'questions were')} put to the evidence: ${count(answered.length)} led to findings, ${count(missing)} could not be answered (`,
        link('limits', 'limits'),
        `), the others found nothing. `,
        link('rules', 'All of them with their rules'),
        '.',
      ),
    },
    ...(answered.length === 0
      ? []
      : ([
          {
            kind: 'list',
            ordered: false,
            columns: 2,
            items: answered.map(({ detector, question }) =>
              sentence(
                `${question} `,
                ...indexOf(detector).flatMap((index, at, all) => [
                  text(at > 0 ? ', ' : all.length === 1 ? 'Finding ' : 'Findings '),
                  link(findingAnchor(index), String(index + 1)),
                ]),
              ),
            ),
          },
        ] as const)),
  ];
}

function missingOf({ json, overview, activity }: PrintedView): readonly string[] {
  const empty = activity.bins.filter(({ calls }) => calls === 0).length;
  return [
    ...(overview.specs === 0 ? ['No API description was provided, so undocumented endpoints cannot be told from documented ones.'] : []),
    ...(json.coverage.withBodies === 0 ? ['No bodies were provided, so what was read or sent is known by endpoint and size only.'] : []),
    ...(json.coverage.withTraceId === 0 ? ['No trace context was provided, so calls are linked by values, protocol marks and time.'] : []),
    ...(json.case.window === undefined ? ['No record carries a time.'] : []),
    ...(json.coverage.notEvaluable.length === 0
      ? []
      : [`${plural(json.coverage.notEvaluable.length, 'question')} lacked input of another kind; the limits name each with its reason.`]),
    ...(empty === 0
      ? []
      : [
          `${count(empty)} of ${plural(activity.bins.length, 'slice')} of the period hold no call: quiet time or missing records, which the evidence cannot tell apart.`,
        ]),
  ];
}

/** What was looked at, for which period, which questions were put, and what was not provided. */
export const scope: Section = {
  id: 'scope',
  title: 'Scope and questions',
  part: 'body',
  build: (view) => {
    const { json, overview } = view;
    // An endpoint that only further sightings of other calls name has no call of its own, and was called all the same.
    const isCalled = ({ calls, firstSeen }: EndpointJson): boolean => calls > 0 || firstSeen !== undefined;
    const hostsOf = (endpoints: readonly EndpointJson[]): readonly string[] =>
      [...new Set(endpoints.map(({ host }) => host).filter((host) => host !== ''))].sort();
    const called = hostsOf(json.endpoints.filter(isCalled));
    const silent = hostsOf(json.endpoints).filter((host) => !called.includes(host));
    const missing = missingOf(view);
    const span = (pair: readonly [string, string] | undefined, absent: string): string =>
      pair === undefined ? absent : `${timeText(pair[0])} to ${timeText(pair[1])} UTC`;
    return [
      {
        kind: 'facts',
        rows: [
          { name: 'Period covered', value: words(span(json.case.window, 'no record carries a time')) },
          { name: 'Taken as usual', value: words(span(json.case.baseline, 'no baseline period was chosen')) },
          { name: 'Taken as incident', value: words(span(json.case.incident, 'no incident period was chosen')) },
          { name: 'Systems', value: called.length === 0 ? words('no record names a host') : codeList(called, 20) },
          ...(silent.length === 0 ? [] : [{ name: 'Described, never called', value: codeList(silent, 20) }]),
          { name: 'Principals', value: words(principalsText(overview)) },
          { name: 'API descriptions', value: words(plural(overview.specs, 'description')) },
        ],
      },
      { kind: 'heading', level: 3, id: 'questions', text: 'Questions put to the evidence' },
      ...questions(view),
      { kind: 'heading', level: 3, id: 'not-provided', text: 'What was not provided' },
      {
        kind: 'list',
        ordered: false,
        items:
          missing.length === 0
            ? [words('Descriptions, bodies, trace context, times and all that the questions need were there.')]
            : missing.map(words),
      },
    ];
  },
};
