import { clockWords, type ClockOffsets } from '../../../model/clock-offsets.ts';
import { findLearntIncidents, learntWords } from '../../../model/learning.ts';
import { describeScope } from '../../../contract/suppression-words.ts';
import type { PartlyEvaluable, SuppressionJson } from '../../../contract/report-json.ts';
import { groupBy } from '../../../lib/group-by.ts';
import type { Block } from '../blocks.ts';
import { ruleName, ruleTitles } from '../rule-title.ts';
import type { Section } from '../section.ts';
import { code, codeList, count, minuteText, partNumber, percent, plural, sentence, strong, text, words } from '../text.ts';

/** Rules of the analyst that set findings aside, with how many: nothing is hidden in silence. */
function suppressions(rules: readonly SuppressionJson[]): readonly Block[] {
  if (rules.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: `Suppression rules of the analyst: ${count(rules.length)}; findings set aside by them: ${count(rules.reduce((sum, { hides }) => sum + hides, 0))}`,
      head: [
        { text: 'Rule', align: 'start', width: 'fit' },
        { text: 'About', align: 'start' },
        { text: 'Reason', align: 'start' },
        { text: 'Until', align: 'start', width: 'fit' },
        { text: 'Set aside', align: 'end' },
        { text: 'Shown again since', align: 'end' },
      ],
      rows: rules.map(({ id, scope, reason, until, hides, expired }) => [
        [code(id)],
        words(describeScope(scope)),
        [text(reason)],
        words(until ?? 'no end'),
        words(count(hides)),
        words(count(expired)),
      ]),
      omitted: 0,
    },
  ];
}

/** Rules that answered for a part of the evidence, one line for each thing that is missing: many rules need the same. */
function partly(entries: readonly PartlyEvaluable[]): readonly Block[] {
  if (entries.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: `Rules that could look at a part of the evidence only: ${count(new Set(entries.map(({ detector }) => detector)).size)}`,
      head: [
        { text: 'Missing', align: 'start', width: 'half' },
        { text: 'Rules', align: 'start' },
      ],
      rows: [...groupBy(entries, ({ reason }) => reason)].map(([reason, group]) => [
        words(reason),
        codeList(
          group.map(({ detector }) => detector),
          group.length,
        ),
      ]),
      omitted: 0,
    },
  ];
}

/** What was done about clocks, from the account that linking left. */
const clocksOf = (clocks: ClockOffsets | undefined): string =>
  clocks === undefined
    ? ' Clocks of different systems were not compared.'
    : clocks.corrected === 0
      ? ' No clock was found to need correction; where systems share no traffic, their clocks cannot be compared.'
      : ` For linking, ${clockWords(clocks)}, and each link that rests on it says so; every time shown is as it was stamped.`;

/** What this report cannot say and why. Never empty: "none" is a statement too. */
export const limits: Section = {
  id: 'limits',
  title: 'Limits',
  part: 'body',
  build: (view) => {
    const { json, overview, issuesByCode, clocks } = view;
    const titleOf = ruleTitles(view);
    const calls = json.coverage.calls;
    const learnt = findLearntIncidents(json.findings, json.case.baseline);
    const inferred = (overview.edgesByKind['nesting'] ?? 0) + (overview.edgesByKind['adjacent'] ?? 0);
    const assumed = json.sources.filter((source) => source.timezone === 'assumed UTC');
    const unread = json.sources.filter((source) => source.format === undefined);
    const warnings = issuesByCode.filter((issue) => issue.severity === 'warning');
    return [
      {
        kind: 'list',
        ordered: false,
        items: [
          ...(overview.info.analyzed
            ? []
            : [
                sentence(
                  strong('Analysis. '),
                  'The analysis of this case is unfinished or out of date: principals, chains and findings are missing or of an earlier state. Run it again before this report is relied on.',
                ),
              ]),
          sentence(
            strong('Principals. '),
            `Calls that could not be given to any principal: ${count(calls - json.coverage.withPrincipal)} (${percent(calls - json.coverage.withPrincipal, calls)}). Calls of principals whose kind is not known: ${count(overview.callsByKind.unknown)}.`,
          ),
          sentence(
            strong('Bodies. '),
            `Calls without a body in the evidence: ${count(calls - json.coverage.withBodies)} (${percent(calls - json.coverage.withBodies, calls)}). What they carried is not known, and no value flow can be proved from or to their bodies.`,
          ),
          sentence(
            strong('Links. '),
            `Calls in no chain with a proven link: ${count(calls - overview.linkedCalls)}. Of ${plural(overview.chains, 'chain')}, ${count(overview.chains - overview.provenChains)} are sessions that time and order alone hold together. Links that rest on time and address alone, marked as inferred: ${count(inferred)}.`,
          ),
          sentence(
            strong('Times. '),
            assumed.length === 0
              ? 'No zone had to be assumed.'
              : `Files whose times carry no zone and were taken as UTC: ${count(assumed.length)}.`,
            clocksOf(clocks),
          ),
          ...(learnt === undefined ? [] : [sentence(strong('Baseline. '), learntWords(learnt, `${minuteText(learnt.first)} UTC`))]),
          sentence(
            strong('Files. '),
            unread.length === 0
              ? 'Every file was recognised.'
              : sentence(
                  `Files not recognised and not read: ${count(unread.length)}, namely `,
                  unread.slice(0, 10).flatMap((source, index) => [...words(index === 0 ? '' : ', '), code(source.name)]),
                  unread.length > 10 ? ' and others.' : '.',
                ),
          ),
          sentence(
            strong('Records. '),
            overview.records.rejected === 0
              ? 'No record was rejected.'
              : sentence(
                  `Records that could not be read: ${count(overview.records.rejected)}; `,
                  partNumber('rejected'),
                  ' says which and why.',
                ),
            ` ${warnings.length === 0 ? 'No record was read with a warning.' : `Records read with a warning: ${count(warnings.reduce((sum, issue) => sum + issue.count, 0))}.`}`,
          ),
          sentence(
            strong('Secrets. '),
            'Credentials are told apart by a keyed fingerprint and shown masked; a secret itself is nowhere in this report or in the case.',
          ),
          sentence(
            strong('Silence. '),
            'That a rule found nothing is not proof that nothing happened: it saw only what these files record.',
          ),
        ],
      },
      ...suppressions(json.suppressions),
      {
        kind: 'table',
        caption: `Rules that could not be evaluated: ${count(json.coverage.notEvaluable.length)}`,
        head: [
          { text: 'Rule', align: 'start', width: 'wide' },
          { text: 'Why', align: 'start' },
        ],
        rows: json.coverage.notEvaluable.map((entry) => [ruleName(entry.detector, titleOf(entry.detector)), words(entry.reason)]),
        omitted: 0,
      },
      ...partly(json.coverage.partlyEvaluable),
    ];
  },
};
