import type { Comparison, ComparedFinding, ComparedSide, Differences } from '../../../contract/compare.ts';
import { goneCounts, goneState } from '../../../model/gone-finding.ts';
import { dataName } from '../../../model/data-words.ts';
import type { Block, Cell } from '../blocks.ts';
import type { BuiltSection } from '../html/document.ts';
import { code, count, minuteText, plural, severityMark, text, words } from '../text.ts';
import { changeText, endpointText, principalText } from './comparison-words.ts';

/** Rows of one table; a tagged table of more rows takes a browser minutes to print. */
const ROWS = 2000;

const sideName = (side: ComparedSide, fallback: string): string => (side.title === '' ? fallback : side.title);

const sideText = ({ window, calls }: ComparedSide): string =>
  `${plural(calls, 'call')}${window === undefined ? ', without times' : `, ${minuteText(window[0])} to ${minuteText(window[1])} UTC`}`;

function findingTable(caption: string, findings: readonly ComparedFinding[], note?: (finding: ComparedFinding) => string): Block {
  return {
    kind: 'table',
    caption: `${caption}: ${count(findings.length)}`,
    head: [
      { text: 'Severity', align: 'start', width: 'fit' },
      { text: 'Finding', align: 'start' },
      { text: 'Rule', align: 'start', width: 'fit' },
      ...(note === undefined ? [] : [{ text: 'How sure', align: 'start' } as const]),
    ],
    rows: findings
      .slice(0, ROWS)
      .map((finding) => [
        [severityMark(finding.severity)],
        [text(finding.title)],
        [code(finding.detector)],
        ...(note === undefined ? [] : [words(note(finding))]),
      ]),
    omitted: Math.max(0, findings.length - ROWS),
  };
}

/** How a table of differences names a thing, and what it says of it. */
interface Told<T> {
  readonly name: (item: T) => string;
  readonly about: (item: T) => string;
}

function differenceTable<T>(caption: string, all: Differences<T>, { name, about }: Told<T>): Block {
  const rows: readonly (readonly Cell[])[] = [
    ...all.new.map((item) => [words('new'), [code(name(item))], words(about(item))]),
    ...all.gone.map((item) => [words('gone'), [code(name(item))], words(about(item))]),
    ...all.changed.map(({ after, changes }) => [words('changed'), [code(name(after))], words(changes.map(changeText).join('; '))]),
  ];
  return {
    kind: 'table',
    caption: `${caption}: ${count(all.new.length)} new, ${count(all.gone.length)} gone, ${count(all.changed.length)} changed, ${count(all.same)} the same`,
    head: [
      { text: '', align: 'start', width: 'fit' },
      { text: 'Which', align: 'start', width: 'half' },
      { text: 'What', align: 'start' },
    ],
    rows: rows.slice(0, ROWS),
    omitted: Math.max(0, rows.length - ROWS),
  };
}

function figureBlocks(figures: NonNullable<Comparison['figures']>): readonly Block[] {
  const [before, after] = figures.versions;
  return [
    {
      kind: 'table',
      caption: `Figures: definitions of version ${String(before)}${before === after ? '' : ` earlier and ${String(after)} later, so that those that changed cannot be compared`}`,
      head: [
        { text: 'Figure', align: 'start' },
        { text: 'Earlier', align: 'end', width: 'fit' },
        { text: 'Later', align: 'end', width: 'fit' },
        { text: 'What it counts', align: 'start' },
      ],
      rows: figures.rows.map((row) => [
        words(row.label),
        words(row.before ?? 'no input'),
        words(row.after ?? 'no input'),
        words(row.definition),
      ]),
      omitted: 0,
    },
  ];
}

/** Why a finding that is gone is fixed, or why nothing shows that it is. */
function howSure(finding: NonNullable<Comparison['findings']>['fixed'][number]): string {
  const { endpoints, calledAgain } = finding;
  switch (goneState(finding)) {
    case 'fixed':
      return endpoints.length === 0
        ? 'fixed: it names no endpoint, and the rule found nothing'
        : `fixed: ${endpoints.length === 1 ? 'its endpoint was' : `all of its ${count(endpoints.length)} endpoints were`} called again, and the rule found nothing`;
    case 'partly called again':
      return `not shown to be fixed: ${count(calledAgain)} of its ${count(endpoints.length)} endpoints were called again`;
    case 'not called again':
      return `not shown to be fixed: ${endpoints.length === 1 ? 'its endpoint was' : `its ${count(endpoints.length)} endpoints were`} not called again`;
  }
}

function findingBlocks(findings: NonNullable<Comparison['findings']>): readonly Block[] {
  const again = new Map(findings.fixed.map((finding) => [finding.id, howSure(finding)]));
  return [
    findingTable('New', findings.new),
    findingTable('Persisting', findings.persisting),
    findingTable('Not found any more', findings.fixed, ({ id }) => again.get(id) ?? ''),
  ];
}

/** Parts with their numbers, none for what the comparison does not have. */
const numbered = (parts: readonly (readonly [id: string, title: string, blocks: readonly Block[]])[]): readonly BuiltSection[] =>
  parts.map(([id, title, blocks], index) => ({ id, title, part: 'body', label: String(index + 1), blocks }));

/** A comparison of two bundles as parts of a document: what is fixed, new and persisting, then what else changed. */
export function comparisonSections(comparison: Comparison): readonly BuiltSection[] {
  const { before, after, endpoints, principals, dataTypes, findings } = comparison;
  const title: Block = {
    kind: 'title',
    eyebrow: 'Comparison of two bundles',
    text: `${sideName(before, 'Earlier')} and ${sideName(after, 'later')}`,
    rows: [
      { name: 'Earlier', value: words(sideText(before)) },
      { name: 'Later', value: words(sideText(after)) },
      ...(findings === undefined
        ? []
        : [
            {
              name: 'Findings',
              value: words(
                `${goneCounts(findings.fixed, count)}, ${count(findings.new.length)} new, ${count(findings.persisting.length)} persisting`,
              ),
            },
          ]),
    ],
  };
  const limits =
    (findings === undefined ? 'Findings and figures are of a whole case and are not compared between windows of one. ' : '') +
    'Things are joined by their ids, which follow from what they are. ' +
    (findings === undefined
      ? ''
      : 'A finding that is gone is fixed only where all of its endpoints were called again; a rule that lacked its input later finds nothing either, which the limits of each report say. ') +
    'What is new on one side may have been out of sight on the other, where they were recorded in other places.';
  return [
    { id: 'cover', title: 'Cover', part: 'front', label: '', blocks: [title] },
    ...numbered([
      ...(findings === undefined ? [] : [['compared-findings', 'Findings', findingBlocks(findings)] as const]),
      ...(comparison.figures === undefined ? [] : [['compared-figures', 'Figures', figureBlocks(comparison.figures)] as const]),
      [
        'operations',
        'Endpoints',
        [
          differenceTable('Endpoints', endpoints, { name: ({ id }) => id, about: endpointText }),
          {
            kind: 'paragraph',
            inlines: words(
              `Kinds of data: new ${dataTypes.new.map(dataName).join(', ') || 'none'}; gone ${dataTypes.gone.map(dataName).join(', ') || 'none'}.`,
            ),
          },
        ],
      ],
      ['callers', 'Principals', [differenceTable('Principals', principals, { name: ({ label }) => label, about: principalText })]],
      ['limits', 'Limits', [{ kind: 'paragraph', inlines: words(limits) }]],
    ]),
  ];
}
