import type { Section } from '../section.ts';
import { codeList, count, minuteText, plural, sentence, text, timeText, words } from '../text.ts';

const LABELS = { human: 'people', service: 'services', agent: 'agents', unknown: 'not known' } as const;

/** What was looked at, for which period, which questions were put, and what was not provided. */
export const scope: Section = {
  id: 'scope',
  title: 'Scope and questions',
  part: 'body',
  build: (view) => {
    const { json, overview } = view;
    const hosts = [...new Set(json.endpoints.map((endpoint) => endpoint.host).filter((host) => host !== ''))].sort();
    const kinds = (['human', 'service', 'agent', 'unknown'] as const).map(
      (kind) => `${LABELS[kind]} ${count(overview.principalsByKind[kind])}`,
    );
    const missing = [
      ...(overview.specs === 0 ? ['No API description was provided, so undocumented operations cannot be told from documented ones.'] : []),
      ...(json.coverage.withBodies === 0 ? ['No bodies were provided, so what was read or sent is known by operation and size only.'] : []),
      ...(json.coverage.withTraceId === 0
        ? ['No trace context was provided, so calls are linked by values, protocol marks and time.']
        : []),
      ...(json.case.window === undefined ? ['No record carries a time.'] : []),
      ...gaps(view.activity.bins.map((bin) => bin.calls)),
    ];
    const span = (pair: readonly [string, string] | undefined, absent: string): string =>
      pair === undefined ? absent : `${timeText(pair[0])} to ${timeText(pair[1])} UTC`;
    return [
      {
        kind: 'facts',
        rows: [
          { name: 'Period covered', value: words(span(json.case.window, 'no record carries a time')) },
          { name: 'Taken as usual', value: words(span(json.case.baseline, 'no baseline period was chosen')) },
          { name: 'Taken as incident', value: words(span(json.case.incident, 'no incident period was chosen')) },
          { name: 'Systems', value: codeList(hosts, 20) },
          { name: 'Callers', value: words(kinds.join(', ')) },
          { name: 'API descriptions', value: words(plural(overview.specs, 'description')) },
        ],
      },
      { kind: 'heading', level: 3, id: 'questions', text: 'Questions put to the evidence' },
      {
        kind: 'list',
        ordered: false,
        columns: 2,
        items: view.detectorSettings.map((detector) => {
          const reason = json.coverage.notEvaluable.find((entry) => entry.detector === detector.detector)?.reason;
          return sentence(detector.question, reason === undefined ? '' : text(` Not answered: ${reason}`));
        }),
      },
      { kind: 'heading', level: 3, id: 'not-provided', text: 'What was not provided' },
      {
        kind: 'list',
        ordered: false,
        items: missing.length === 0 ? [words('Nothing that the rules ask for was missing.')] : missing.map(words),
      },
      ...(view.activity.bins.length === 0
        ? []
        : ([
            {
              kind: 'activity',
              caption: `Calls over time, ${json.case.window === undefined ? '' : `${minuteText(json.case.window[0])} to ${minuteText(json.case.window[1])} UTC`}. A dark foot marks calls that a finding names.`,
              alternative: `${plural(view.activity.bins.length, 'slice')} of equal length, ${plural(json.coverage.calls, 'call')} in all.`,
              bins: view.activity.bins,
            },
          ] as const)),
    ];
  },
};

const gaps = (calls: readonly number[]): readonly string[] => {
  const empty = calls.filter((value) => value === 0).length;
  return empty === 0
    ? []
    : [
        `${count(empty)} of ${plural(calls.length, 'slice')} of the period hold no call: quiet time or missing records, which the evidence cannot tell apart.`,
      ];
};
