import { seededRandom } from '#test/support/large/random.ts';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ratioFigure } from './ratio.ts';
import { sayRatio } from './truth/table.ts';
import { typesOfProduct } from './truth-text/feed.ts';
import { makeFields, type LabelledField } from './truth-text/fields.ts';
import { addCounts, countKind, f1Of, precisionOf, recallOf, type Counts, type Decision } from './truth-text/score.ts';

const SEEDS = ['one', 'two', 'three'];
const SEEDS_SMALL = ['one'];
/** What must not stand in a URL. */
const SECRETS = new Set(['secret', 'jwt']);

interface Judged extends Decision {
  readonly field: LabelledField;
}

const say = (counts: Counts): string =>
  `precision ${sayRatio(precisionOf(counts), 3)}, recall ${sayRatio(recallOf(counts), 3)}, F1 ${sayRatio(f1Of(counts), 3)} (right ${String(counts.right)}, wrong ${String(counts.wrong)}, missed ${String(counts.missed)})`;

/** Failures by kind of value and style, with one value of each. */
function sayFailures(context: BenchContext, judged: readonly Judged[]): void {
  const groups = new Map<string, { count: number; readonly example: string }>();
  for (const { field, truth, said } of judged) {
    const wrong = [...said].filter((type) => type !== truth);
    const what = [...(truth !== undefined && !said.has(truth) ? [`missed ${truth}`] : []), ...wrong.map((type) => `said ${type}`)];
    for (const fault of what) {
      const key = `${fault}: ${field.what}, ${field.style}`;
      const known = groups.get(key);
      const shown = field.label !== undefined && SECRETS.has(field.label) ? `${field.key}=…` : `${field.key}=${field.values[0] ?? ''}`;
      if (known === undefined) groups.set(key, { count: 1, example: shown });
      else known.count += 1;
    }
  }
  for (const [key, { count, example }] of [...groups].sort(([, a], [, b]) => b.count - a.count))
    context.say(`  ${key}: ${String(count)} fields, e.g. ${example}`);
}

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const judged: Judged[] = [];
  for (const seed of context.small ? SEEDS_SMALL : SEEDS) {
    const fields = makeFields(seededRandom(`labelled ${seed}`));
    const said = await typesOfProduct(fields);
    judged.push(...fields.map((field, index) => ({ field, truth: field.label, said: said[index] ?? new Set<string>() })));
  }
  const labels = [...new Set(judged.flatMap(({ truth, said }) => [...(truth === undefined ? [] : [truth]), ...said]))].sort();
  context.say(
    `${String(judged.length)} fields of 6 values, ${String(judged.filter(({ truth }) => truth === undefined).length)} of them with look-alikes`,
  );
  for (const label of labels) context.say(`${label}: ${say(countKind(judged, label))}`);
  for (const style of ['named', 'vague', 'sentence', 'query', 'path'] as const) {
    const own = judged.filter(({ field }) => field.style === style);
    context.say(`${style}: ${say(addCounts(labels.map((label) => countKind(own, label))))}`);
  }
  sayFailures(context, judged);
  const all = addCounts(labels.map((label) => countKind(judged, label)));
  const isUrl = ({ field }: Judged): boolean => field.style === 'query' || field.style === 'path';
  const secrets = (of: readonly Judged[]): Counts => addCounts([...SECRETS].map((label) => countKind(of, label)));
  const inUrls = secrets(judged.filter(isUrl));
  const inAnswers = secrets(judged.filter((each) => !isUrl(each)));
  context.say(`secrets in URLs: ${say(inUrls)}`);
  context.say(`secrets in answers: ${say(inAnswers)}`);
  const figure = (id: string, value: number | undefined, what: string): readonly Figure[] =>
    ratioFigure(`labelled-text.${id}`, value, what);
  return [
    ...figure('precision', precisionOf(all), 'kinds said of fields that are right, all kinds together'),
    ...figure('recall', recallOf(all), 'labelled fields whose kind is said'),
    ...figure('secrets-urls-precision', precisionOf(inUrls), 'secrets said of URLs that are right'),
    ...figure('secrets-urls-recall', recallOf(inUrls), 'secrets in URLs that are said'),
    ...figure('secrets-answers-precision', precisionOf(inAnswers), 'secrets said of answers that are right'),
    ...figure('secrets-answers-recall', recallOf(inAnswers), 'secrets in answers that are said'),
  ];
}

/** Personal data and secrets, labelled, beside what looks like them. */
export const labelledTextBench: Bench = {
  id: 'labelled-text',
  question: 'Which fields with personal data and secrets are told from those that only look like them?',
  run,
};
