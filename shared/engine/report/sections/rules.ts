import { detectorsOf } from '../../../model/also-told.ts';
import { factName } from '../../../model/fact-names.ts';
import type { Block, Cell } from '../blocks.ts';
import { ruleName } from '../rule-title.ts';
import type { PrintedView, Section } from '../section.ts';
import { count, link, plural, sentence, text, words } from '../text.ts';

type Rule = PrintedView['detectorSettings'][number];

/** What came of a rule: its findings, nothing, or that it could not look; the limits say why. */
function outcome({ json }: PrintedView, { detector }: Rule): Cell {
  const found = json.findings.filter((finding) => detectorsOf(finding).includes(detector)).length;
  if (found > 0) return words(plural(found, 'finding'));
  const isMissing = json.coverage.notEvaluable.some((entry) => entry.detector === detector);
  if (isMissing) return [link('limits', 'not evaluable')];
  const isPartly = json.coverage.partlyEvaluable.some((entry) => entry.detector === detector);
  return isPartly ? sentence('nothing found, ', link('limits', 'in a part')) : words('nothing found');
}

const questions = (view: PrintedView): Block => ({
  kind: 'table',
  caption: `Questions put to the evidence: ${count(view.detectorSettings.length)}`,
  head: [
    { text: 'Rule', align: 'start', width: 'wide' },
    { text: 'Version', align: 'end', width: 'fit' },
    { text: 'Question', align: 'start' },
    { text: 'Answer', align: 'start', width: 'fit' },
  ],
  rows: view.detectorSettings.map((rule) => [
    ruleName(rule.detector, rule.title),
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
    { text: 'Rule', align: 'start', width: 'wide' },
    { text: 'Threshold', align: 'start', width: 'fit' },
    { text: 'Value', align: 'start' },
    { text: 'Reason', align: 'start' },
  ],
  rows: view.detectorSettings
    .filter(
      ({ detector, settings }) => settings.length > 0 && view.json.findings.some((finding) => detectorsOf(finding).includes(detector)),
    )
    .flatMap(({ detector, title, settings }) =>
      settings.map(({ name, value, why }, index) => [
        index === 0 ? ruleName(detector, title) : [],
        [text(factName(name))],
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
