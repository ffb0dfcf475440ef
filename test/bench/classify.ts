import { classifyScores } from './truth/classify.ts';
import { scoreBench } from './truth/score-bench.ts';

/** Data types of fields against what was put into them. */
export const classifyBench = scoreBench({
  id: 'classify',
  question: 'What stands in the fields of recorded bodies?',
  score: async ({ truth, read }) => classifyScores(truth, await read('whole')),
  what: {
    'fields.precision': 'types of fields: right, of what is said',
    'fields.recall': 'types of fields: found',
    'secrets.precision': 'keys, passwords and tokens in fields: right, of what is said',
    'secrets.recall': 'keys, passwords and tokens in fields: found',
  },
});
