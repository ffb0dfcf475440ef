import { detectorsOf } from '../../../model/also-told.ts';
import type { Block, Cell } from '../blocks.ts';
import type { PrintedView, Section } from '../section.ts';
import { code, count, link, nameText, plural, text, words } from '../text.ts';

type Rule = PrintedView['detectorSettings'][number];

/** What came of a rule: its findings, nothing, or that it could not look; the limits say why. */
function outcome({ json }: PrintedView, { detector }: Rule): Cell {
  const found = json.findings.filter((finding) => detectorsOf(finding).includes(detector)).length;
  if (found > 0) return words(plural(found, 'finding'));
  const isMissing = json.coverage.notEvaluable.some((entry) => entry.detector === detector);
  return isMissing ? [link('limits', 'not evaluable')] : words('nothing found');
}

const questions = (view: PrintedView): Block => ({
  kind: 'table',
  caption: `Questions put to the evidence: ${count(view.detectorSettings.length)}`,
  head: [
    { text: 'Rule', align: 'start', width: 'fit' },
    { text: 'Version', align: 'end', width: 'fit' },
    { text: 'Question', align: 'start' },
    { text: 'Answer', align: 'start', width: 'fit' },
  ],
  rows: view.detectorSettings.map((rule) => [
    [code(rule.detector)],
    words(String(rule.version)),
    words(rule.question),
    outcome(view, rule),
  ]),
  omitted: 0,
});

/** Rules that found something are told with their thresholds; the others by name and version, which fix them as well. */
const thresholds = (view: PrintedView): Block => ({
  kind: 'table',
  caption: 'Thresholds of the rules that found something; those of the others are the defaults of their version',
  head: [
    { text: 'Rule', align: 'start', width: 'fit' },
    { text: 'Threshold', align: 'start', width: 'fit' },
    { text: 'Value', align: 'start' },
    { text: 'Reason', align: 'start' },
  ],
  rows: view.detectorSettings
    .filter(
      ({ detector, settings }) => settings.length > 0 && view.json.findings.some((finding) => detectorsOf(finding).includes(detector)),
    )
    .flatMap(({ detector, settings }) =>
      settings.map(({ name, value, why }, index) => [
        index === 0 ? [code(detector)] : [],
        [text(nameText(name))],
        [text(String(value))],
        [text(why)],
      ]),
    ),
  omitted: 0,
});

/** Every question that was put, what came of it, and from where on a rule speaks: enough to repeat it. */
export const rules: Section = {
  id: 'rules',
  title: 'Rules and thresholds',
  part: 'annex',
  build: (view) => [questions(view), thresholds(view)],
};
