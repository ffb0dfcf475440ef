import { greatest } from '../../../lib/extremes.ts';
import type { FindingJson } from '../../../contract/report-json.ts';
import type { Block, Cell } from '../blocks.ts';
import { peopleText } from '../people-text.ts';
import type { PrintedView, ReportView, Section } from '../section.ts';
import { codeList, findingAnchor, link, minuteText, plural, sentence, text, words } from '../text.ts';
import { incidentFindings } from './summary.ts';

/** Levels of data about people. */
const PERSONAL = new Set(['S2', 'S3']);

interface Line {
  readonly question: string;
  readonly answer: Cell;
  readonly sure: string;
}

/** The least sure of the findings that an answer rests on. */
function confidenceOf(findings: readonly FindingJson[]): string {
  if (findings.length === 0) return '–';
  return (['suspected', 'inferred'] as const).find((word) => findings.some(({ confidence }) => confidence === word)) ?? 'observed';
}

/** Findings that the sheet tells; the others stand in their own part. */
const TOLD = 3;
/** Receivers outside that the sheet tells. */
const SENDINGS = 6;

/** One word where all are as sure, else that each has its own. */
const sureEach = (findings: readonly FindingJson[]): string =>
  new Set(findings.map(({ confidence }) => confidence)).size === 1 ? confidenceOf(findings) : 'each as it says';

/** Kinds of data that may tell where somebody lives. */
const TELLS_COUNTRY = new Set(['postal-address', 'iban', 'phone', 'national-id', 'us-ssn']);

/** Where the people concerned are is a question of law that records do not answer; they may hold what answers it. */
function jurisdictions(types: readonly string[], hosts: readonly string[]): Cell {
  const telling = types.filter((type) => TELLS_COUNTRY.has(type));
  return sentence(
    'No record says where the people concerned live. ',
    telling.length === 0 ? '' : sentence('It may follow from their ', codeList(telling, 6), '. '),
    'Hosts involved: ',
    codeList(hosts, 6, 'not recorded'),
    '; where they stand was not looked up.',
  );
}

/** A measure of a finding as texts; none where it is a number or absent. */
function factTexts({ observed }: FindingJson, name: string): readonly string[] {
  const fact = observed[name];
  if (typeof fact === 'string') return [fact];
  return fact === undefined || typeof fact === 'boolean' || typeof fact === 'number' ? [] : fact.map(String);
}

/** Each receiver outside with what it was sent and how sure that is, so that a sure one is not mixed with a mere suspicion. */
function whatLeft(findings: readonly FindingJson[]): Cell {
  const sending = findings.filter((finding) => factTexts(finding, 'receiver').length > 0);
  if (sending.length === 0) return words('No rule saw data sent to a host outside; answers went to the principals above.');
  return sending.slice(0, SENDINGS).flatMap((finding, at) => {
    const sent = factTexts(finding, 'sentData');
    return sentence(
      at === 0 ? 'To ' : ' To ',
      codeList(factTexts(finding, 'receiver'), 3),
      sent.length === 0 ? '' : `: ${sent.slice(0, 8).join(', ')}`,
      ` (${finding.confidence}).`,
    );
  });
}

/** Of each incident, since two may have reached the same people; what was within reach is of its credentials. */
function people({ json }: ReportView, findings: readonly FindingJson[]): Cell {
  const reached = json.incidents.filter(({ people: n, listsOfPeople }) => n > 0 || listsOfPeople > 0);
  const credentials = new Set(findings.flatMap((finding) => finding.credentials));
  const reach = greatest(
    json.revocation.filter((entry) => credentials.has(entry.credential)).map(({ blastRadius }) => blastRadius.reachable.people),
    0,
  );
  const within = reach === 0 ? '' : ` At least ${plural(reach, 'record')} about people were within reach of one of its credentials in all of the evidence.`;
  if (reached.length === 0) return words(`Not known: no answer to a call of an incident was seen to tell of a person, and no path of one names any.${within}`);
  const each = reached.slice(0, TOLD).map((incident) => `${json.incidents.length === 1 ? '' : `incident ${String(incident.number)}: `}${peopleText(incident)}`);
  return words(`In the answers to its calls, ${each.join('; ')}.${within}`);
} // prettier-ignore

function when({ json }: ReportView, findings: readonly FindingJson[]): Cell {
  const span = json.case.incident;
  const detected = findings.flatMap(({ detectedAt }) => detectedAt ?? []).sort()[0];
  return sentence(
    span === undefined ? 'The evidence carries no times.' : `From ${minuteText(span[0])} to ${minuteText(span[1])} UTC.`,
    detected === undefined ? '' : ` It could have been noticed from ${minuteText(detected)} UTC on.`,
    ' When somebody noticed is not in the evidence.',
  );
}

function lines(view: ReportView, findings: readonly FindingJson[]): readonly Line[] {
  const { json } = view;
  const named = new Set(findings.flatMap((finding) => finding.endpoints));
  const personal = json.endpoints.filter(({ id, sensitivity }) => named.has(id) && PERSONAL.has(sensitivity));
  const types = [...new Set(personal.flatMap(({ dataTypes }) => dataTypes.map(({ type }) => type)))].sort();
  const labels = new Map(json.principals.map(({ id, label }) => [id, label]));
  const callers = [...new Set(findings.flatMap(({ principals }) => principals.map((id) => labels.get(id) ?? id)))];
  const sending = findings.filter(({ observed }) => 'receiver' in observed);
  const guessed = personal.every(({ classifiedFrom }) => classifiedFrom === 'names');
  return [
    {
      question: 'What happened',
      answer: findings
        .slice(0, TOLD)
        .flatMap((finding, at) => [
          text(`${at === 0 ? '' : ' '}${String(at + 1)}. `),
          link(findingAnchor(json.findings.indexOf(finding)), finding.title),
          text(` (${finding.confidence}).`),
        ]),
      sure: sureEach(findings.slice(0, TOLD)),
    },
    { question: 'Who did it', answer: codeList(callers, 6, 'not known'), sure: 'identity as the records state it' },
    { question: 'When', answer: when(view, findings), sure: json.case.incident === undefined ? '–' : 'observed' },
    {
      question: 'Which kinds of data',
      answer: codeList(types, 12, 'none about people seen in the endpoints involved'),
      sure: types.length === 0 ? '–' : guessed ? 'inferred from names of fields' : 'observed in bodies',
    },
    { question: 'Whose, and how many', answer: people(view, findings), sure: 'lower bound' },
    {
      question: 'Did data leave',
      answer: whatLeft(findings),
      sure: sending.length === 0 ? '–' : sureEach(sending),
    },
    {
      question: 'Which jurisdictions',
      answer: jurisdictions(
        types,
        [...new Set(json.endpoints.filter(({ id, host }) => named.has(id) && host !== '').map(({ host }) => host))].sort(),
      ),
      sure: 'to be decided by counsel',
    },
    {
      question: 'Is it over',
      answer: words(
        json.kpis.pivot.stillValid.usable > 0
          ? 'Not shown: credentials of the incident were good, or of unknown end, when the evidence ended.'
          : 'No credential of the incident is known to be good after the evidence.',
      ),
      sure: 'as of the end of the evidence',
    },
    { question: 'What was done', answer: sentence('Planned: ', link('actions', 'actions'), '.'), sure: 'to be filled in' },
  ];
}

const BY_HAND = [
  'Controller or processor',
  'Jurisdictions',
  'Authority and contact',
  'Deadline, counted from',
  'People to be told',
  'Decision, by whom, when',
];

const handTable = (): Block => ({
  kind: 'table',
  caption: 'To be filled in by counsel',
  head: [
    { text: 'Question', align: 'start', width: 'fit' },
    { text: 'Answer', align: 'start', width: 'write' },
  ],
  rows: BY_HAND.map((question) => [words(question), []]),
  omitted: 0,
});

function build(view: PrintedView): readonly Block[] {
  const findings = incidentFindings(view);
  const intro: Block = {
    kind: 'note',
    tone: 'plain',
    inlines: words(
      'Whether a duty to notify exists, whom to tell and until when are legal questions that this evidence cannot answer. Under Art. 33 GDPR, for one, the clock is 72 hours from becoming aware. The sheet holds what the records say and how sure that is.',
    ),
  };
  if (findings.length === 0)
    return [intro, { kind: 'paragraph', inlines: words('No incident was found, so the sheet has no facts to offer.') }, handTable()];
  return [
    intro,
    {
      kind: 'table',
      caption: 'What the evidence says',
      head: [
        { text: 'Question', align: 'start', width: 'fit' },
        { text: 'Answer', align: 'start' },
        { text: 'How sure', align: 'start', width: 'blank' },
      ],
      rows: lines(view, findings).map(({ question, answer, sure }) => [words(question), answer, words(sure)]),
      omitted: 0,
    },
    handTable(),
  ];
}

/** The facts that a notification of a breach asks for, with room for what only people know. */
export const notification: Section = { id: 'notification', title: 'Breach notification worksheet', part: 'annex', build };
