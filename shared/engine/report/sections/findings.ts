import type { FindingJson } from '../../../contract/report-json.ts';
import type { Block, Cell } from '../blocks.ts';
import type { ReportView, Section } from '../section.ts';
import { code, count, findingAnchor, link, plural, sentence, strong, text, words } from '../text.ts';
import { assessment } from './assessment.ts';
import { chainBlocks } from './finding-chain.ts';
import { evidenceTable } from './finding-evidence.ts';
import { exhibitBlocks } from './finding-exhibits.ts';
import { factsOf, measures } from './finding-facts.ts';

/** Full cards; the rest are a table. A reader of paper gets no further, and a PDF stays below its page limit. */
export const CARDS = 40;

/** What cards before this one have said, so that it is said once. */
interface Said {
  /** Anchors of the findings that a chain was drawn with, by chain. */
  readonly chains: Map<string, string>;
  /** Anchors of the findings that a statement of the assessment stands with, by its text. */
  readonly statements: Map<string, string>;
}

const numberOf = (anchor: string): string => anchor.replace(/^\D+/, '');

/** Statements that an earlier card has are told by its number. */
function assessmentItems(view: ReportView, finding: FindingJson, anchor: string, { statements }: Said): readonly Cell[] {
  const all = assessment(view.json, finding).map((cell) => ({ cell, key: JSON.stringify(cell) }));
  const fresh = all.filter(({ key }) => !statements.has(key));
  const earlier = [...new Set(all.flatMap(({ key }) => statements.get(key) ?? []))];
  for (const { key } of fresh) statements.set(key, anchor);
  if (earlier.length === 0) return fresh.map(({ cell }) => cell);
  const links = earlier.flatMap((each, at): Cell => [text(at === 0 ? '' : ' and '), link(each, `finding ${numberOf(each)}`)]);
  return [...fresh.map(({ cell }) => cell), sentence('What ', links, ` ${earlier.length === 1 ? 'says' : 'say'} of the same principals, credentials and data holds here, too.`)];
} // prettier-ignore

/** The query that finds nothing once the remedy works: the finding has its id from what it is about, not from when. */
const verificationQuery = ({ id }: Pick<FindingJson, 'id'>): string => `finding:"${id.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`;

function verification(finding: FindingJson): Block {
  const query = code(verificationQuery(finding));
  return {
    kind: 'paragraph',
    inlines:
      finding.calls.length === 0
        ? sentence(strong('To verify: '), 'compare with a case of records from after the remedy; ', query, ' must not be among its findings.')
        : sentence(strong('To verify: '), query, ` names ${plural(finding.calls.length, 'call')} here, and must name none after the remedy.`),
  };
} // prettier-ignore

const explanations = (finding: FindingJson): readonly Block[] =>
  finding.benignTested.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'Harmless explanations that were tested',
          head: [
            { text: 'Explanation', align: 'start', width: 'wide' },
            { text: 'Result', align: 'start' },
          ],
          rows: finding.benignTested.map((entry) => [words(entry.explanation), words(entry.result)]),
          omitted: 0,
        },
      ];

const remedies = (finding: FindingJson, anchor: string): readonly Block[] =>
  finding.remediation.length === 0
    ? []
    : [
        { kind: 'heading', level: 4, id: `${anchor}-remedy`, text: 'Remedy' },
        { kind: 'list', ordered: true, items: finding.remediation.map(words) },
      ];

function card(view: ReportView, finding: FindingJson, index: number, said: Said): readonly Block[] {
  const question = view.detectorSettings.find((detector) => detector.detector === finding.detector)?.question;
  const anchor = findingAnchor(index);
  return [
    { kind: 'heading', level: 3, id: anchor, text: `${String(index + 1)}. ${finding.title}` },
    {
      kind: 'verdict',
      severity: finding.severity,
      inlines: sentence(
        finding.family === 'incident' ? 'incident' : 'weakness',
        ' · confidence: ',
        strong(finding.confidence),
        ` · ${finding.status}`,
        finding.reason === '' ? '' : `: ${finding.reason}`,
      ),
    },
    { kind: 'heading', level: 4, id: `${anchor}-facts`, text: 'What happened (from the evidence)' },
    ...(finding.summary === undefined ? [] : [{ kind: 'paragraph' as const, inlines: words(`${finding.summary}.`) }]),
    ...(finding.note === undefined
      ? []
      : [{ kind: 'paragraph' as const, inlines: sentence(strong('Note of the analyst: '), finding.note) }]),
    {
      kind: 'paragraph',
      inlines: words(
        `The rule asks: ${question ?? finding.detector} The answer rests on ${plural(finding.calls.length, 'call')}${/\d/.test(finding.title) && finding.calls.length > 1 ? '; a number in the title may count some of them only' : ''}.${finding.story === '' ? '' : ` It is told as part of “${finding.story}”.`}`,
      ),
    },
    { kind: 'facts', rows: factsOf(view, finding) },
    { kind: 'heading', level: 4, id: `${anchor}-why`, text: 'Why it matters (assessment, not evidence)' },
    { kind: 'list', ordered: false, items: assessmentItems(view, finding, anchor, said) },
    ...measures(finding, anchor),
    ...exhibitBlocks(finding),
    ...evidenceTable(view, finding),
    ...(finding.family === 'incident' ? chainBlocks(view, finding, anchor, said.chains) : []),
    ...explanations(finding),
    ...remedies(finding, anchor),
    verification(finding),
  ];
}

const listOf = (indexed: readonly (readonly [FindingJson, number])[]): Block => ({
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
    index < CARDS ? [link(findingAnchor(index), finding.title)] : [text(finding.title)],
    words(finding.confidence),
    words(count(finding.calls.length)),
  ]),
  omitted: 0,
});

/** How to read the cards and to check a remedy, said once for all of them. */
const reading = (open: number): Block => ({
  kind: 'note',
  tone: 'plain',
  inlines: sentence(
    open > CARDS ? `The first ${count(CARDS)} follow as cards; report.json and findings.csv have all. ` : '',
    'To verify a remedy, read records from after it into a case of their own: the query at the end of a finding must name no call there. ',
    code('spoor compare BEFORE AFTER'),
    ' lists what is fixed.',
  ),
});

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
    const said: Said = { chains: new Map(), statements: new Map() };
    return [
      listOf(indexed),
      reading(open.length),
      ...indexed.slice(0, CARDS).flatMap(([finding, index]) => card(view, finding, index, said)),
    ];
  },
};
