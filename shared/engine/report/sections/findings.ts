import type { Fact, FindingJson } from '../../../contract/report-json.ts';
import type { Provenance } from '../../../contract/rows.ts';
import type { Block, Cell, FactRow } from '../blocks.ts';
import type { ReportView, Section } from '../section.ts';
import {
  code,
  codeList,
  count,
  durationText,
  findingAnchor,
  plural,
  secondsBetween,
  sentence,
  strong,
  text,
  timeText,
  words,
  nameText,
} from '../text.ts';
import { assessment } from './assessment.ts';
import { exhibitBlocks } from './finding-exhibits.ts';
import { chainBlocks } from './finding-chain.ts';
import { callCell, spread } from './timeline.ts';

/** Full cards; the rest are a table. A reader of paper gets no further, and a PDF stays below its page limit. */
export const CARDS = 40;
/** Evidence rows of one card. */
export const CALL_ROWS = 20;

const CONFIDENCE = { observed: 'observed', inferred: 'inferred', suspected: 'suspected' } as const;

/** A plain value of `observed` or `expected`, as evidence text where it is text. */
function factCell(fact: Fact | undefined): Cell {
  if (fact === undefined) return words('–');
  if (typeof fact === 'boolean') return words(fact ? 'yes' : 'no');
  if (typeof fact === 'number') return words(Number.isInteger(fact) ? count(fact) : String(Math.round(fact * 10_000) / 10_000));
  if (typeof fact === 'string') return [code(fact)];
  return codeList(fact.map(String), 8);
}

function comparison(finding: FindingJson): readonly Block[] {
  const names = [...new Set([...Object.keys(finding.observed), ...Object.keys(finding.expected)])];
  if (names.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Observed and expected',
      head: [
        { text: 'Measure', align: 'start' },
        { text: 'Observed', align: 'start' },
        { text: 'Expected or threshold', align: 'start' },
      ],
      rows: names.map((name) => [words(nameText(name)), factCell(finding.observed[name]), factCell(finding.expected[name])]),
      omitted: 0,
    },
  ];
}

/** The stretch of the file that the record is, first and last byte, counted from 0. */
const bytesOf = (place: Provenance | undefined): Cell =>
  place === undefined ? [] : words(` bytes ${String(place.byteStart)}–${String(place.byteStart + Math.max(0, place.byteLength - 1))}`);

function evidenceTable(view: ReportView, finding: FindingJson): Block {
  const shown = spread(finding.calls, CALL_ROWS);
  return {
    kind: 'table',
    caption: `Evidence: ${plural(finding.calls.length, 'call')}${shown.length < finding.calls.length ? ', evenly picked' : ''}`,
    head: [
      { text: 'Time (UTC)', align: 'start', width: 'fit' },
      { text: 'Call', align: 'start' },
      { text: 'Status', align: 'end', width: 'fit' },
      { text: 'File, record and bytes', align: 'start' },
    ],
    rows: shown.map((ref) => {
      const call = view.call(ref);
      return [
        words(timeText(call?.time)),
        call === undefined ? words('–') : callCell(call),
        words(call?.status === undefined ? '–' : String(call.status)),
        [code(ref), ...bytesOf(view.place(ref))],
      ];
    }),
    omitted: finding.calls.length - shown.length,
  };
}

const MAPS: readonly (readonly [keyof FindingJson['maps'], string])[] = [
  ['owaspApi', 'OWASP API Security'],
  ['owaspLlm', 'OWASP LLM'],
  ['owaspAgentic', 'OWASP Agentic'],
  ['attack', 'MITRE ATT&CK'],
  ['atlas', 'MITRE ATLAS'],
  ['cwe', 'CWE'],
];

function factsOf(view: ReportView, finding: FindingJson): readonly FactRow[] {
  const labels = new Map(view.json.principals.map((principal) => [principal.id, principal.label]));
  const masks = new Map(view.json.credentials.map((credential) => [credential.id, `${credential.id} ${credential.masked}`]));
  const window = finding.window;
  const maps = MAPS.flatMap(([key, name]) => (finding.maps[key].length === 0 ? [] : [`${name} ${finding.maps[key].join(', ')}`]));
  return [
    {
      name: 'Callers',
      value: codeList(
        finding.principals.map((id) => labels.get(id) ?? id),
        6,
      ),
    },
    {
      name: 'Credentials',
      value: codeList(
        finding.credentials.map((id) => masks.get(id) ?? id),
        6,
      ),
    },
    { name: 'Operations', value: codeList(finding.endpoints, 8) },
    ...(window === undefined
      ? []
      : [
          {
            name: 'When',
            value: words(`${timeText(window[0])} to ${timeText(window[1])} UTC (${durationText(secondsBetween(window[0], window[1]))})`),
          },
        ]),
    ...(finding.detectedAt === undefined ? [] : [{ name: 'Crossed the line', value: words(`${timeText(finding.detectedAt)} UTC`) }]),
    { name: 'Severity', value: words(finding.severityWhy) },
    {
      name: 'Rule',
      value: sentence(
        code(finding.detector),
        ` version ${String(finding.version)}, score ${String(Math.round(finding.score * 1000) / 1000)}`,
      ),
    },
    { name: 'Frameworks', value: words(maps.length === 0 ? 'none' : maps.join(' · ')) },
    { name: 'Id', value: [code(finding.id)] },
  ];
}

const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`;

/** The query that comes back empty once the remedy works; undefined where the finding names no operation. */
function verification(finding: FindingJson): string | undefined {
  const [endpoint] = finding.endpoints;
  const [principal] = finding.principals;
  if (endpoint === undefined || principal === undefined || finding.family !== 'incident') return undefined;
  return `principal:${quoted(principal)} and endpoint:${quoted(endpoint)} and status < 400`;
}

function card(view: ReportView, finding: FindingJson, index: number): readonly Block[] {
  const question = view.detectorSettings.find((detector) => detector.detector === finding.detector)?.question;
  const check = verification(finding);
  const anchor = findingAnchor(index);
  return [
    { kind: 'heading', level: 3, id: anchor, text: `${String(index + 1)}. ${finding.title}` },
    {
      kind: 'verdict',
      severity: finding.severity,
      inlines: sentence(
        finding.family === 'incident' ? 'incident' : 'weakness',
        ' · confidence: ',
        strong(CONFIDENCE[finding.confidence]),
        ` · ${finding.status}`,
        finding.reason === '' ? '' : `: ${finding.reason}`,
      ),
    },
    { kind: 'heading', level: 4, id: `${anchor}-facts`, text: 'What happened (from the evidence)' },
    {
      kind: 'paragraph',
      inlines: words(
        finding.story === ''
          ? `The rule asks: ${question ?? finding.detector} The answer rests on ${plural(finding.calls.length, 'call')}.`
          : finding.story,
      ),
    },
    { kind: 'facts', rows: factsOf(view, finding) },
    { kind: 'heading', level: 4, id: `${anchor}-why`, text: 'Why it matters (assessment, not evidence)' },
    { kind: 'list', ordered: false, items: assessment(view.json, finding) },
    ...comparison(finding),
    ...exhibitBlocks(finding),
    ...chainBlocks(view, finding, anchor),
    evidenceTable(view, finding),
    ...(finding.benignTested.length === 0
      ? []
      : ([
          {
            kind: 'table',
            caption: 'Harmless explanations that were tested',
            head: [
              { text: 'Explanation', align: 'start' },
              { text: 'Result', align: 'start' },
            ],
            rows: finding.benignTested.map((entry) => [words(entry.explanation), words(entry.result)]),
            omitted: 0,
          },
        ] as const)),
    ...(finding.remediation.length === 0
      ? []
      : ([
          { kind: 'heading', level: 4, id: `${anchor}-remedy`, text: 'Remedy' },
          { kind: 'list', ordered: true, items: finding.remediation.map(words) },
        ] as const)),
    ...(check === undefined
      ? []
      : [
          {
            kind: 'note',
            tone: 'plain',
            inlines: sentence('To verify: after the remedy, in records from then on, this query should find nothing: ', code(check)),
          } as const,
        ]),
  ];
}

/** Every finding as a card: the claim, its facts, its assessment, its chain as picture and list, evidence, remedy. */
export const findings: Section = {
  id: 'findings',
  title: 'Findings',
  part: 'body',
  build: (view) => {
    const open = view.json.findings.filter((finding) => finding.status !== 'dismissed');
    if (open.length === 0)
      return [{ kind: 'paragraph', inlines: words('None: no rule found what it looks for. The limits say what could not be seen.') }];
    const indexed = open.map((finding) => [finding, view.json.findings.indexOf(finding)] as const);
    return [
      {
        kind: 'table',
        caption: 'All findings, incident before weakness, then the most urgent first',
        head: [
          { text: 'No.', align: 'end', width: 'fit' },
          { text: 'Severity', align: 'start', width: 'fit' },
          { text: 'Finding', align: 'start' },
          { text: 'Confidence', align: 'start', width: 'fit' },
          { text: 'Calls', align: 'end', width: 'fit' },
        ],
        rows: indexed.map(([finding, index]) => [
          words(String(index + 1)),
          [{ kind: 'severity', severity: finding.severity }],
          index < CARDS ? [{ kind: 'link', to: findingAnchor(index), text: finding.title }] : [text(finding.title)],
          words(finding.confidence),
          words(count(finding.calls.length)),
        ]),
        omitted: 0,
      },
      ...(indexed.length > CARDS
        ? [
            {
              kind: 'note',
              tone: 'plain',
              inlines: words(`The first ${count(CARDS)} follow as cards; report.json and findings.csv have all.`),
            } as const,
          ]
        : []),
      ...indexed.slice(0, CARDS).flatMap(([finding, index]) => card(view, finding, index)),
    ];
  },
};
