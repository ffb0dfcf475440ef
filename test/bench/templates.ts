import { prefixed } from './truth/score.ts';
import { scoreBench } from './truth/score-bench.ts';
import { templateScores } from './truth/templates.ts';

/** Endpoints against operations, with the descriptions of the APIs and without. */
export const templatesBench = scoreBench({
  id: 'templates',
  question: 'Are the calls of an operation one endpoint, with its description and without?',
  score: async ({ truth, read }) => ({
    ...prefixed('described', templateScores(truth, await read('whole'))),
    ...prefixed('bare', templateScores(truth, await read('bare'))),
  }),
  what: Object.fromEntries(
    [
      ['described', 'descriptions imported'],
      ['bare', 'without descriptions'],
    ].flatMap(([row = '', words = '']) => [
      [`${row}.grouping`, `calls in exactly the right group, ${words}`],
      [`${row}.template.f1`, `templates spelled right, F1, ${words}`],
      [`${row}.literals`, `literals beside a parameter kept, ${words}`],
    ]),
  ),
});
